"""Coverage-guided fuzzing (atheris, libFuzzer) of what reads text: numbers, heads of tables, labels, masking.

Each parser runs in a process of its own. It may raise nothing, must end within seconds on a few hundred characters, and
must keep what `CHECKS` says of its results. Atheris is no dependency of the project: it is installed beside the files.
"""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ATHERIS = "atheris==3.0.0"
LANGUAGES = ("nl", "fr", "de", "en")
SEEDS = {
    "numbers": ["1.899", "12,5 %", "€ 1 234,50", "(12)", "-", "1\u202f234", "½", "12 dagen", "1e9", "٣٤"],
    "heads": ["2022 2023\naantal % aantal %\nOverlast 12 15 3 4", "Totaal 1.899 100 %"],
    "labels": ["Klachten 2021-2022 > aantal", "1e kwartaal 2023", "SB/sorteerstraten", "31.12.2022", "Größe"],
    "masking": ["Mevr. Peeters, Kerkstraat 12 bus 3, 2000 Antwerpen", "BE68 5390 0754 7034", "+32 470 12 34 56"],
}
_PIECES = "0123456789.,-% €()/'’\u202f\n>aeinrstÉßöKVPTB@:½²"


def check_number(text: str) -> None:
    """A parsed number is finite, a number word's too, and the unit of a head is known."""
    from extractors.dates import find_date
    from extractors.number_words import mentions, printed_number
    from extractors.numbers import has_decimals, header_unit, parse

    for language in LANGUAGES:
        for decimals in (None, True, False):
            number = parse(text, language, decimals)
            assert number is None or math.isfinite(number.value), number
        value = printed_number(text, language)
        assert value is None or math.isfinite(value), value
        for mention in mentions(text, language):
            assert mention is not None
    has_decimals(text.split("\n"))
    header_unit(text.split("\n"))
    find_date(text)


def check_label(text: str) -> None:
    """A normalised label has single blanks only; a period does not end before it begins."""
    from ontology.periods import combine, read_part, years_in
    from ontology.text import fold, is_code, lemmas, ngrams, normalise, segments

    once = normalise(text)
    assert once == " ".join(once.split()), (text, once)
    fold(text)
    is_code(text)
    for part in segments(text):
        for language in LANGUAGES:
            lemmas(normalise(part), language)
    ngrams(once)
    years_in(text)
    period = combine([read_part(part) for part in text.split(">")], 2023, 2023, "BE")
    assert period.start <= period.end, (text, period)


def check_heads(text: str) -> None:
    """Words laid out in rows become tables whose cells lie in their grid, and figures that are finite."""
    from collections import Counter

    from extractors.page import Page
    from extractors.tables.figures import table_figures
    from extractors.tables.read import read_parts, to_schema

    page = Page(1, 595, 842, words=list(_words(text)))
    parts = read_parts([page])
    for part in to_schema(parts, Counter()):
        for cell in part.cells:
            assert cell.row >= 0 and cell.col >= 0 and cell.rowspan > 0 and cell.colspan > 0, cell
    for figure in table_figures(parts, Counter(), "nl", lambda page, top: ("Stad", None)):
        assert math.isfinite(figure.value), figure


def _words(text: str) -> Iterator[Any]:
    from extractors.page import Word

    for row, line in enumerate(text.split("\n")[:40]):
        x = 40.0
        for word in line.split(" ")[:20]:
            wide = 5.0 * len(word)
            if word.strip():
                top = 60.0 + 14 * row
                yield Word(word, x, top, x + wide, top + 10, top + 9, 10.0, bold=word.isupper(), order=row)
            x += wide + (3 if word else 40)  # two blanks are a gap between columns


def check_masking(text: str) -> None:
    """What is masked stays masked: masking again finds no number again; the second detector reads anything."""
    from extractors.leaks import leak
    from extractors.masking import mask
    from publish.personal import details_in

    for language in LANGUAGES:
        masked, count = mask(text, language)
        assert count >= 0
        leak(masked)
    list(details_in(text))


CHECKS: dict[str, Callable[[str], None]] = {
    "numbers": check_number, "heads": check_heads, "labels": check_label, "masking": check_masking,
}  # fmt: skip


def text_of(data: bytes) -> str:
    """Half of the inputs as UTF-8, half spelled from the characters that reports are made of."""
    if not data:
        return ""
    if data[0] % 2:
        return data[1:].decode("utf-8", errors="replace")
    return "".join(_PIECES[b % len(_PIECES)] for b in data[1:])


def fuzz_one(name: str, arguments: Sequence[str]) -> None:
    """Runs one parser in this process until libFuzzer's time is over; does not return."""
    import atheris
    import simplemma

    with atheris.instrument_imports(include=["extractors", "ontology", "publish"]):
        for module in ("numbers", "number_words", "dates", "masking", "leaks", "tables.read", "tables.figures"):
            __import__(f"extractors.{module}")
        __import__("ontology.periods")
        __import__("publish.personal")
    check = CHECKS[name]
    for language in LANGUAGES:  # dictionaries are loaded now, not within the time of one input
        simplemma.lemmatize("onbekend", lang=language)
    for seed in SEEDS[name]:
        check(seed)
    atheris.Setup(["fuzz", *arguments], lambda data: check(text_of(data)))
    atheris.Fuzz()


def fuzz_all(work: Path, seconds: int, only: str | None, say: Callable[[str], None]) -> str:
    """The parsers side by side for so many seconds of wall time; a table of what came of it.

    What made one fail lies in `work`, and so do the inputs that it came to by way of: a later run goes on from them.
    """
    library = work / "atheris"
    if not library.is_dir():
        install = ["-m", "uv", "pip", "install", "-q", "--python", sys.executable, "--target", str(library), ATHERIS]
        subprocess.run([sys.executable, *install], check=True)
    names = [only] if only else list(CHECKS)
    lines = ["| parser | CPU s | executions | edges | found |", "| --- | --: | --: | --: | --- |"]
    with ThreadPoolExecutor(len(names)) as threads:
        for line in threads.map(lambda name: _fuzzed(name, work, library, seconds), names):
            lines.append(line)
            say(line)
    return "\n".join(lines) + "\n"


def _fuzzed(name: str, work: Path, library: Path, seconds: int) -> str:
    """One parser in a process of its own: a row of the table."""
    corpus, log = work / name, work / f"{name}.log"
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(SEEDS[name]):
        (corpus / f"seed-{number}").write_bytes(b"\1" + seed.encode())
    flags = [
        f"-max_total_time={seconds}", "-timeout=60", "-max_len=400", "-print_final_stats=1",
        f"-artifact_prefix={work}/{name}-",
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(library), str(Path.cwd())])}
    command = [sys.executable, "-m", "benchmarks.robustness.parsers", name, *flags, str(corpus)]
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
        _, status, used = os.wait4(process.pid, 0)
    said = log.read_text(encoding="utf-8", errors="replace")
    runs = re.search(r"number_of_executed_units:\s+(\d+)", said)
    edges = re.findall(r"cov: (\d+)", said)
    counts = [f"{used.ru_utime + used.ru_stime:.0f}", runs[1] if runs else "?", *(edges[-1:] or ["?"])]
    return f"| {' | '.join([name, *counts, 'nothing' if status == 0 else _fault(said)])} |"


def _fault(said: str) -> str:
    errors = re.findall(r"^(?:\w+\.)*\w*(?:Error|Exception)\b.*$|ERROR: libFuzzer: .*$", said, re.MULTILINE)
    return errors[0][:120].replace("|", "/") if errors else "it ended early, see its log"


if __name__ == "__main__":
    fuzz_one(sys.argv[1], sys.argv[2:])
