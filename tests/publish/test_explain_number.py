"""Where a number comes from, told from the published files."""

from __future__ import annotations

from pathlib import Path

import pytest

from publish.explain import UnknownObservation, explain
from publish.reading import NotADataset


def test_a_number_is_told_with_report_page_labels_concepts_and_mapping(dataset: Path) -> None:
    text = explain(dataset, "aandorp-2022/p4-1/Afval/gegrond")
    for words in (
        'printed "4" in a table', "Jaarverslag klachten 2022 [aandorp-2022]", "as the city published it",
        "page 4 of 12, box 300, 212 to 312.25, 222", "aandorp-2022.pdf#page=4&xywh=300,212,12.25,10", "row     Afval",
        "column  gegrond", "subject:waste (waste)", "outcome:founded (founded)", "97 % sure",
        '"Afval" in Klachten per thema → subject:waste', "--image cell.png",
    ):  # fmt: skip
        assert words in text, words


def test_totals_quotations_findings_and_corrections_are_told(dataset: Path) -> None:
    text = explain(dataset, "aandorp-2022/p4-1/totaal/aantal")
    assert "leave it out of sums" in text
    assert "it is repeated by aandorp-2022/prose/2" in text
    assert "error, total_mismatch: The total says 60, its rows add up to 61." in text
    assert (
        "should be 61: Erratum of the publisher. Source: a letter of 8 January 2024, data steward, 2024-01-09" in text
    )
    assert "it repeats aandorp-2022/p4-1/totaal/aantal" in explain(dataset, "aandorp-2022/prose/2")


def test_a_facsimile_is_called_one(dataset: Path) -> None:
    assert "facsimile" in explain(dataset, "beekstad-2023/p4-1/Afval/aantal")


def test_an_unknown_id_is_answered_with_the_nearest(dataset: Path) -> None:
    with pytest.raises(UnknownObservation) as caught:
        explain(dataset, "aandorp-2022/p4-1/afval/gegrnd")
    assert str(caught.value).splitlines()[1].strip() == "aandorp-2022/p4-1/Afval/gegrond"


def test_a_folder_without_a_dataset_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotADataset, match="klachtenatlas build"):
        explain(tmp_path, "x")
