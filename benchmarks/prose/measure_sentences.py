"""`python -m benchmarks.prose.measure_sentences`: our sentence rules beside spaCy's sentencizer on the bundled reports.

Prints the time of both and every boundary at which they differ, for a person to judge.
"""

from __future__ import annotations

import time
from pathlib import Path

import spacy
import yaml

from extractors import outline, textflow
from extractors.report import read_pages
from extractors.sentences import sentences

REPORTS = Path(__file__).parents[2] / "raw_reports"


def paragraphs() -> list[tuple[str, str]]:
    """(language, text) of every paragraph of prose in the bundled reports."""
    entries = yaml.safe_load((REPORTS / "catalogue.yaml").read_text(encoding="utf-8"))["reports"]
    found = []
    for entry in entries:
        if entry.get("file"):
            pages, _ = read_pages(REPORTS / entry["file"])
            structure = outline.read_outline(pages, entry["language"])
            found += [
                (entry["language"], p.text) for p in textflow.paragraphs(pages, (), structure) if p.kind == "body"
            ]
    return found


def main() -> None:
    texts = paragraphs()
    pipelines = {}
    began = time.process_time()
    for language in ("nl", "fr", "de", "en"):
        pipelines[language] = spacy.blank(language)
        pipelines[language].add_pipe("sentencizer")
    loading = time.process_time() - began
    began = time.process_time()
    ours = [{end for _, end in sentences(text, language)} for language, text in texts]
    our_time = time.process_time() - began
    began = time.process_time()
    theirs = [{s.end_char for s in pipelines[language](text).sents} for language, text in texts]
    their_time = time.process_time() - began
    total = sum(len(b) for b in ours)
    differ = 0
    for (language, text), a, b in zip(texts, ours, theirs, strict=True):
        for end in sorted(a ^ b):
            differ += 1
            who = "ours" if end in a else "spaCy"
            print(f"{language} only {who} ends here: …{text[max(0, end - 40) : end]}|{text[end : end + 30]}…")
    print(f"{len(texts)} paragraphs, {total} sentences; {differ} boundaries differ.")
    print(f"ours {our_time * 1000:.0f} ms; spaCy {their_time * 1000:.0f} ms and {loading * 1000:.0f} ms to load.")


if __name__ == "__main__":
    main()
