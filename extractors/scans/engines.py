"""The OCR engines: a picture in, words with boxes and confidence out.

RapidOCR comes with the installation and carries its weights, so every machine reads a scan alike. Tesseract, where the
system has it, is used on request (`KLACHTENATLAS_OCR=tesseract`): it takes a fifth of the time but loses most lone
digits of ruled tables. Which of them read a page is part of the result (`method`). Nothing is downloaded here.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import numpy as np

VARIABLE = "KLACHTENATLAS_OCR"
CHOICES = ("rapidocr", "tesseract", "none")
_TESSERACT_SECONDS = 120
_LANGUAGES = {"nl": "nld", "fr": "fra", "de": "deu", "en": "eng"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A word in a picture: pixels from the top left corner, confidence from 0 to 1."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float
    line: int = 0
    """words of one line as the engine found it share this"""


class Engine(Protocol):
    """Reads pictures. `name` is what `method` says of it."""

    name: str

    def read(self, picture: np.ndarray, language: str | None) -> list[Seen]:
        """The words of an upright grey picture (rows, columns; 0 is black)."""
        ...


class OcrUnusable(Exception):
    """The engine that was asked for cannot be used; the message is a sentence for a person."""


def chosen() -> str:
    """The name of the engine that will be used: `rapidocr`, `tesseract <version>` or `none`; raises OcrUnusable."""
    wanted = os.environ.get(VARIABLE, "").strip().casefold() or CHOICES[0]
    if wanted not in CHOICES:
        raise OcrUnusable(f"{VARIABLE}={wanted} names no OCR engine; use one of {', '.join(CHOICES)}.")
    if wanted != "tesseract":
        return wanted
    version = _tesseract_version()
    if version is None:
        raise OcrUnusable(
            f"{VARIABLE}=tesseract, but there is no tesseract with the languages nld, fra, deu or eng on the PATH; "
            "install it (Debian: tesseract-ocr tesseract-ocr-nld) or unset the variable."
        )
    return f"tesseract {version}"


@cache
def engine(name: str) -> Engine | None:
    """The engine of that name (see `chosen`), loaded once a process; None for `none`."""
    if name == "none":
        return None
    return _Tesseract(name) if name.startswith("tesseract") else _RapidOcr()


@cache
def _tesseract_version() -> str | None:
    """The version of a Tesseract that can read one of our languages."""
    if shutil.which("tesseract") is None or not _tesseract_languages():
        return None
    hit = re.search(r"tesseract v?(\d+(?:\.\d+)*)", _tesseract("--version"))
    return hit[1] if hit else None


@cache
def _tesseract_languages() -> tuple[str, ...]:
    listed = _tesseract("--list-langs").split() if shutil.which("tesseract") else []
    return tuple(code for code in _LANGUAGES.values() if code in listed)


def _tesseract(*arguments: str, given: bytes = b"") -> str:
    """What the program prints; raises subprocess.SubprocessError when it fails or takes too long."""
    said = subprocess.run(  # noqa: S603
        [shutil.which("tesseract") or "tesseract", *arguments],
        input=given,
        capture_output=True,
        check=True,
        timeout=_TESSERACT_SECONDS,
        env={**os.environ, "OMP_THREAD_LIMIT": "1"},  # its threads mostly wait for each other
    )
    return said.stdout.decode("utf-8", "replace")


class _Tesseract:
    """Tesseract's LSTM as a program of the system, its page segmentation mode 3 (6 fails on ruled tables)."""

    def __init__(self, name: str) -> None:
        self.name = name

    def read(self, picture: np.ndarray, language: str | None) -> list[Seen]:
        import cv2

        installed = _tesseract_languages()
        wanted = _LANGUAGES.get(language or "", "")
        languages = wanted if wanted in installed else "+".join(installed)
        done, encoded = cv2.imencode(".png", picture)
        if not done:
            raise OcrUnusable("A page's picture could not be handed to tesseract.")
        said = _tesseract("stdin", "stdout", "--psm", "3", "-l", languages, "tsv", given=encoded.tobytes())
        rows = csv.DictReader(said.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
        words: list[Seen] = []
        lines: dict[tuple[str, ...], int] = {}
        for row in rows:
            text = (row["text"] or "").strip()
            if row["level"] != "5" or not text:
                continue
            left, top, width, height = (float(row[k]) for k in ("left", "top", "width", "height"))
            line = lines.setdefault(tuple(row[k] for k in ("block_num", "par_num", "line_num")), len(lines))
            sure = max(0.0, float(row["conf"])) / 100
            words.append(Seen(text, left, top, left + width, top + height, sure, line))
        return words


class _RapidOcr:
    """PP-OCR's small models in ONNX, as the wheel `rapidocr` carries them.

    One thread, so that the floats do not depend on how the work was divided. No direction classifier: pages are turned
    upright before. Lines that it is unsure of are kept, with their low confidence.
    """

    name = "rapidocr"

    def __init__(self) -> None:
        # Off before it is loaded: ONNX Runtime reports its use to Microsoft by default.
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"
        import rapidocr

        models = Path(rapidocr.__file__).parent / "models"
        self._read = rapidocr.RapidOCR(
            params={
                "Global.log_level": "error",
                "Global.use_cls": False,
                "Global.max_side_len": 4000,
                "Global.text_score": 0.3,
                "Det.model_path": str(_one(models, "*det*.onnx")),
                "Rec.model_path": str(_one(models, "*rec*.onnx")),
                "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def read(self, picture: np.ndarray, language: str | None) -> list[Seen]:
        found = self._read(picture[:, :, None].repeat(3, axis=2), return_word_box=True)
        words: list[Seen] = []
        if not len(found):  # what it then holds is a placeholder, not lines
            return words
        lines: Any = getattr(found, "word_results", None) or ()
        for number, line in enumerate(lines):
            for text, confidence, corners in (word for word in line if len(word) == 3):  # a line without words: ()
                xs, ys = [p[0] for p in corners], [p[1] for p in corners]
                if text.strip():
                    words.append(Seen(text.strip(), min(xs), min(ys), max(xs), max(ys), float(confidence), number))
        return words


def _one(folder: Path, pattern: str) -> Path:
    """The model of that name in the wheel. A path of its own keeps the library from fetching another one."""
    found = sorted(folder.glob(pattern))
    if not found:
        raise OcrUnusable(f"The OCR models are missing from {folder}; run `make setup` again.")
    return found[0]
