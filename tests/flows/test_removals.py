"""Requests to remove a case, and the YAML files in which people record things."""

from __future__ import annotations

import itertools
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from flows.catalogue import CatalogueError, load
from flows.corrections import load_corrections
from flows.plain_yaml import BadYaml
from flows.plain_yaml import load as load_yaml
from flows.removals import Removal, load_removals, without_removed

RECORD = {"report": "a-2023", "page": 4, "who": "dpo", "when": date(2026, 11, 24)}
CASES = pd.DataFrame(
    {"case_id": ["c1", "c2", "c3"], "report_id": ["a-2023", "a-2023", "b-2023"], "page_first": [4, 5, 4]}
)


def records(folder: Path, *entries: object, **more: object) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "removals.yaml").write_text(yaml.safe_dump({"removals": list(entries), **more}), encoding="utf-8")
    return folder


def test_a_case_is_left_out_and_that_is_said_without_its_text(tmp_path: Path) -> None:
    found = load_removals(records(tmp_path, {**RECORD, "case": "c1"}))
    kept, said, lost = without_removed(CASES, found.records, set())
    assert list(kept["case_id"]) == ["c2", "c3"]
    assert said == [
        {
            "report_id": "a-2023",
            "page": 4,
            "severity": "info",
            "what": "1 case was left out on request (recorded 2026-11-24).",
        }
    ]
    assert not lost


def test_a_case_that_was_renamed_is_found_by_its_page() -> None:
    kept, _, lost = without_removed(CASES, [Removal("r", "a-2023", 4, date(2026, 1, 1), "gone")], set())
    assert list(kept["case_id"]) == ["c2", "c3"]
    assert not lost


def test_a_record_that_finds_nothing_is_said_unless_its_report_was_not_read() -> None:
    record = Removal("removals.yaml, record 1", "a-2023", 9, date(2026, 1, 1))
    assert "page 9" in without_removed(CASES, [record], set())[2][0].reason
    assert not without_removed(CASES, [record], {"a-2023"})[2]


@pytest.mark.parametrize(
    ("entry", "says"),
    [
        ({**RECORD, "page": "vier"}, "page"),
        ({**RECORD, "text": "what was told"}, "no place here"),
        ({"report": "a"}, "lacks page"),
        ("c1", "no mapping"),
    ],
)
def test_a_request_that_is_not_understood_stops_the_build(tmp_path: Path, entry: object, says: str) -> None:
    with pytest.raises(CatalogueError, match=says):
        load_removals(records(tmp_path, entry))


BOMB = "a: &a [x, x, x, x]\n" + "".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in itertools.pairwise("abcdefghij")
)


@pytest.mark.parametrize(
    "text", [BOMB, "[" * 5000, "a: 1\na: 2", "a: !!python/object/apply:os.system ['true']", "a: \0", "? [a]\n: b"]
)
def test_yaml_that_bites_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "odd.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadYaml, match=r"odd\.yaml"):
        load_yaml(path)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.dates() | st.text(max_size=20)
    | st.sampled_from(["../../etc/passwd", "/etc/passwd", "C:\\x", "a\0b", "..", "a/../../b", "\u202e", "-"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(
        ["id", "file", "fetch_to", "report", "place", "printed", "correct", "page", "when", "sha256", "language"]
    ), inner, max_size=6),
    max_leaves=12,
)  # fmt: skip


@given(ANYTHING, st.sampled_from(["catalogue", "corrections", "removals"]))
def test_whatever_stands_in_a_file_of_records_comes_back_as_sentences(
    tmp_path_factory: pytest.TempPathFactory, content: object, name: str
) -> None:
    folder = tmp_path_factory.mktemp("raw")
    key = "reports" if name == "catalogue" else name
    (folder / f"{name}.yaml").write_text(yaml.safe_dump({key: content}, allow_unicode=True), encoding="utf-8")
    try:
        for source in load(folder).sources:
            assert source.path.resolve().is_relative_to(folder.resolve())
        load_corrections(folder)
        load_removals(folder)
    except CatalogueError as error:
        assert str(error)


@given(st.binary(max_size=200))
def test_whatever_bytes_a_catalogue_is_made_of(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("raw")
    (folder / "catalogue.yaml").write_bytes(data)
    try:
        load(folder)
    except CatalogueError as error:
        assert "catalogue.yaml" in str(error)
