"""Any file of decisions that is read can be written and read again; any other is refused with the declared error."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ontology.decisions import COLUMNS, NO_TERM, PREDICATES, DecisionError, read, write
from ontology.scheme import FACETS, load_scheme

SCHEME = load_scheme()
NEEDED = ("subject_label", "object_id", "author_id", "mapping_date")
# Characters that tear tables apart, or are blanks in one place and ends of lines in another, come often.
TEXTS = st.text(
    st.one_of(st.characters(codec="utf-8"), st.sampled_from('"#\t\n\r\x0b\x0c\x1c\x85\u2028\ufeff\x00 ')), max_size=12
)
YEARS = st.one_of(st.just(""), st.integers(1000, 2999).map(str))
LIMITED = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@st.composite
def good_rows(draw: st.DrawFn) -> dict[str, str]:
    """A row as a person or a program may write one."""
    concept = draw(st.sampled_from([NO_TERM, "ground:attitude", "outcome:founded", "subject:of.a.later.scheme"]))
    facet = draw(st.sampled_from(FACETS)) if concept == NO_TERM else concept.split(":")[0]
    given_texts = {c: draw(TEXTS) for c in ("context", "organisation", "comment", "reviewer_id", "seen_in", "findings")}
    return {
        "subject_label": draw(TEXTS),
        "object_id": concept,
        "author_id": "orcid:" + draw(TEXTS),
        "mapping_date": draw(st.dates(min_value=date(1000, 1, 1))).isoformat(),
        "predicate_id": draw(st.sampled_from(["", *PREDICATES])),
        "confidence": draw(st.one_of(st.just(""), st.floats(0, 1).map(repr))),
        "facet": facet,
        "valid_from": draw(YEARS),
        "valid_until": draw(YEARS),
        **given_texts,
    }


def as_file(rows: list[dict[str, str]], columns: list[str]) -> str:
    """Rows as SSSOM TSV. A table's lines end where `str.splitlines` ends them, so no cell may hold such an end."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([" ".join(row.get(c, "").splitlines()) for c in columns] for row in rows)
    return "# sssom_version: '1.1'\n" + out.getvalue()


@LIMITED
@given(st.lists(good_rows(), max_size=5), st.permutations(COLUMNS), st.integers(0, len(COLUMNS)))
def test_what_the_reader_accepts_is_written_and_read_back(
    tmp_path: Path, rows: list[dict[str, str]], order: list[str], kept: int
) -> None:
    columns = ["subject_id", *(c for i, c in enumerate(order) if c != "subject_id" and (i < kept or c in NEEDED))]
    if "facet" not in columns:
        columns.append("facet")
    path = tmp_path / "gent.sssom.tsv"
    path.write_text(as_file(rows, columns), encoding="utf-8", newline="")
    first = read(path)
    assert len(first) == len(rows)
    write(path, first, SCHEME)
    text = path.read_bytes()
    again = read(path)
    assert sorted(again, key=repr) == sorted(first, key=repr)
    assert [[d for d in again if d.subject == s] for s in {d.subject for d in first}] == [
        [d for d in first if d.subject == s] for s in {d.subject for d in first}
    ]  # what is newer stays newer
    write(path, again, SCHEME)
    assert path.read_bytes() == text


GOOD = as_file(
    [{"subject_label": "Bejegening", "object_id": "ground:attitude", "author_id": "a", "mapping_date": "2024-05-01"}],
    list(COLUMNS),
).encode()


@LIMITED
@given(st.integers(0, len(GOOD)), st.integers(0, len(GOOD)), st.binary(max_size=8))
@example(0, len(GOOD), b"\xff\xfe")
@example(len(GOOD), len(GOOD), b"x" * 200_000)
def test_a_damaged_file_is_read_or_refused_with_its_name(tmp_path: Path, start: int, end: int, put: bytes) -> None:
    path = tmp_path / "gent.sssom.tsv"
    path.write_bytes(GOOD[: min(start, end)] + put + GOOD[max(start, end) :])
    try:
        read(path)
    except DecisionError as error:
        assert "gent.sssom.tsv" in str(error)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"confidence": "nan"}, "between 0 and 1"),
        ({"confidence": "1.5"}, "between 0 and 1"),
        ({"object_id": ""}, "object_id is empty"),
        ({"author_id": " "}, "author_id is empty"),
        ({"mapping_date": "1 May"}, "1 May"),
        ({"facet": "colour"}, "facet 'colour'"),
        ({"predicate_id": "skos:closeMatch"}, "predicate_id"),
        ({"valid_from": "99"}, "no year"),
        ({"comment": "x" * 200_000}, "field larger"),
    ],
)
def test_a_row_that_is_not_sound_is_named_with_its_line(tmp_path: Path, change: dict[str, str], said: str) -> None:
    row = {
        "subject_label": "Bejegening",
        "object_id": "ground:attitude",
        "author_id": "a",
        "mapping_date": "2024-05-01",
    }
    path = tmp_path / "gent.sssom.tsv"
    path.write_text(as_file([row, row | change], list(COLUMNS)), encoding="utf-8")
    with pytest.raises(DecisionError, match=r"gent\.sssom\.tsv, line 4") as raised:
        read(path)
    assert said in str(raised.value)


def test_a_row_that_ends_early_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "gent.sssom.tsv"
    path.write_text(
        "subject_label\tobject_id\tauthor_id\tmapping_date\nBejegening\tground:attitude\n", encoding="utf-8"
    )
    with pytest.raises(DecisionError, match="ends before author_id"):
        read(path)
