"""Short texts as TF-IDF vectors, compared by cosine (Salton and Buckley 1988). Knows no label and no concept."""

from __future__ import annotations

import math
from collections import Counter
from itertools import chain

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


class TermSpace:
    """TF-IDF vectors of many short texts, as postings; log term frequency, unit length (Salton and Buckley 1988)."""

    def __init__(self, texts: list[list[str]]) -> None:
        """`texts` are the terms of each text, repetitions counted."""
        flat = list(chain.from_iterable(texts))
        ids = {word: n for n, word in enumerate(dict.fromkeys(flat))}
        held = np.repeat(np.arange(len(texts)), [len(words_of_text) for words_of_text in texts])
        pairs, times = np.unique(
            np.fromiter(map(ids.__getitem__, flat), np.intp, len(flat)) * len(texts) + held, return_counts=True
        )
        term, where = np.divmod(pairs, max(len(texts), 1))  # by term, and by place within each
        self._size = len(texts)
        idf: Vector = np.log(len(texts) / np.bincount(term, minlength=len(ids))) + 0.1
        weights: Vector = (1 + np.log(times)) * idf[term]
        lengths = np.sqrt(np.bincount(where, weights * weights, minlength=len(texts)))
        weights = weights / lengths[where]
        ends = np.cumsum(np.bincount(term, minlength=len(ids))).tolist()
        self._unknown = math.log(max(len(texts), 1)) + 0.1
        self._idf = dict(zip(ids, idf.tolist(), strict=True))
        self._postings = {
            name: (where[start:end], weights[start:end])
            for name, start, end in zip(ids, [0, *ends[:-1]], ends, strict=True)
        }

    def cosines(self, bag: Counter[str]) -> Vector:
        """The cosine of a text with each of the space's; terms that the space has not lower all of them."""
        places: list[Places] = []
        weights: list[Vector] = []
        square = 0.0
        for term, n in bag.items():
            weight = (1 + math.log(n)) * self._idf.get(term, self._unknown)
            square += weight * weight
            if term in self._postings:
                where, strength = self._postings[term]
                places.append(where)
                weights.append(strength * weight)
        if not places:
            return np.zeros(self._size)
        summed = np.bincount(np.concatenate(places), np.concatenate(weights), minlength=self._size)
        return np.asarray(summed / math.sqrt(square))
