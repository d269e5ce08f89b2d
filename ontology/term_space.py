"""Short texts as TF-IDF vectors, compared by cosine (Salton and Buckley 1988). Knows no label and no concept."""

from __future__ import annotations

import math
from collections import Counter

import numpy as np
import numpy.typing as npt

Vector = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]


class TermSpace:
    """TF-IDF vectors of many short texts, as postings; log term frequency, unit length (Salton and Buckley 1988)."""

    def __init__(self, texts: list[list[str]]) -> None:
        """`texts` are the terms of each text, repetitions counted."""
        ids: dict[str, int] = {}
        terms, places, times = [], [], []
        for place, words_of_text in enumerate(texts):
            for word, n in Counter(words_of_text).items():
                terms.append(ids.setdefault(word, len(ids)))
                places.append(place)
                times.append(n)
        term, where = np.array(terms, dtype=np.intp), np.array(places, dtype=np.intp)
        self._size = len(texts)
        idf: Vector = np.log(len(texts) / np.bincount(term, minlength=len(ids))) + 0.1
        weights: Vector = (1 + np.log(np.array(times, dtype=float))) * idf[term]
        lengths = np.sqrt(np.bincount(where, weights * weights, minlength=len(texts)))
        order = np.argsort(term, kind="stable")
        where, weights = where[order], (weights / lengths[where])[order]
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
