"""What speaks against publishing a new build, and how next year's report is held against last year's."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.series import _longest_increasing, _moved, plain, predecessor, series


def table(table_id: str, title: str, rows: dict[str, tuple[float, float]], year: int, page: int = 1) -> pd.DataFrame:
    """Observations of a table of rows by the year before and the year; the last row is the total."""
    cells = []
    for number, (label, values) in enumerate(rows.items()):
        for column, value in zip((year - 1, year), values, strict=True):
            cells.append({
                "kind": "cell", "table_id": table_id, "table_title": title, "row_label": label,
                "column_label": str(column), "value": value, "unit": "count", "period_start": date(column, 1, 1),
                "is_total": label == "Totaal", "page": page, "top": 100.0 + 20 * number, "x0": float(column),
            })  # fmt: skip
    return pd.DataFrame(cells)


SUBJECTS = {"Geluid": (10.0, 12.0), "Sluikstort": (30.0, 28.0), "Parkeren": (8.0, 9.0), "Totaal": (48.0, 49.0)}
CHANNELS = {"E-mail": (20.0, 25.0), "Brief": (18.0, 14.0), "Balie": (10.0, 10.0), "Totaal": (48.0, 49.0)}


def year_1() -> pd.DataFrame:
    return pd.concat([table("a", "Per onderwerp", SUBJECTS, 2023), table("b", "Per kanaal", CHANNELS, 2023, page=2)])


def test_a_renamed_label_is_known_by_the_figure_that_last_years_column_repeats() -> None:
    rows = {"Nachtlawaai": (12.0, 15.0), "Sluikstort": (28.0, 20.0), "Parkeren": (9.0, 9.0), "Totaal": (49.0, 44.0)}
    [pair] = series(
        table("a", "Per onderwerp", SUBJECTS, 2023), 2023, table("x", "Per onderwerp", rows, 2024), 2024
    ).pairs
    [rename] = pair.renames
    assert (pair.old.shown[rename.old], pair.new.shown[rename.new]) == ("Geluid", "Nachtlawaai")
    assert "last year's column repeats its figure, 12" in rename.why
    assert not pair.gone
    assert not pair.come


def test_a_label_that_nothing_speaks_for_is_new_and_the_old_one_gone() -> None:
    rows = {"Sluikstort": (28.0, 20.0), "Parkeren": (9.0, 9.0), "Huisvesting": (40.0, 44.0), "Totaal": (77.0, 73.0)}
    [pair] = series(
        table("a", "Per onderwerp", SUBJECTS, 2023), 2023, table("x", "Per onderwerp", rows, 2024), 2024
    ).pairs
    assert (pair.renames, pair.gone, pair.come) == ((), ("geluid",), ("huisvesting",))


def test_tables_are_known_again_wherever_they_stand() -> None:
    new = pd.concat([table("x", "Per kanaal", CHANNELS, 2024), table("y", "Per onderwerp", SUBJECTS, 2024, page=2)])
    found = series(year_1(), 2023, new, 2024)
    assert [(pair.old.title, pair.new.title) for pair in found.pairs] == [("Per onderwerp",) * 2, ("Per kanaal",) * 2]
    assert any(pair.moved for pair in found.pairs)


def test_a_table_that_is_nowhere_is_gone() -> None:
    found = series(year_1(), 2023, table("x", "Per onderwerp", SUBJECTS, 2024), 2024)
    assert [table.title for table in found.gone] == ["Per kanaal"]


@pytest.mark.parametrize(
    ("places", "moved"),
    [([0, 1, 2, 3], set()), ([3, 0, 1, 2], {3}), ([1, 2, 3, 0], {0}), ([1, 0, 2, 3], {0, 1}), ([], set())],
)
def test_what_left_the_order_has_moved(places: list[int], moved: set[int]) -> None:
    assert _moved(places) == moved


@given(st.permutations(range(7)))
def test_what_stays_is_in_order(places: list[int]) -> None:
    kept = [place for place in places if place in _longest_increasing(places)]
    assert kept == sorted(kept)
    assert len(kept) >= 2 or places == sorted(places, reverse=True)


def test_years_accents_and_case_do_not_tell_labels_apart() -> None:
    assert plain("Klachten  2023") == plain("klachten 2024")
    assert plain("Médiation") == plain("mediation")
    assert plain("Klachten 2023") != plain("Klachten")


def test_the_predecessor_is_the_same_bodys_last_report_of_a_few_years() -> None:
    rows = [
        ("a-2020", "Gent", "Ombudsdienst Stad Gent", 2020, "ok"),
        ("a-2022", "Gent", "Ombudsdienst Stad Gent", 2022, "ok"),
        ("b-2022", "Gent", "Politiezone Gent", 2022, "ok"),
        ("c-2023", "Gent", "Ombudsdienst Stad Gent", 2023, "failed"),
        ("d-2022", "Brugge", "Ombudsdienst Stad Gent", 2022, "ok"),
    ]
    reports = pd.DataFrame(rows, columns=["report_id", "city", "publisher", "reporting_year", "status"]).assign(
        country="BE"
    )
    new = {"city": "Gent", "country": "BE", "publisher": "Ombudsdienst stad Gent", "reporting_year": 2024}
    assert predecessor(new, reports) == "a-2022"
    assert predecessor(new | {"reporting_year": 2020}, reports) is None
    assert predecessor(new | {"reporting_year": 2030}, reports) is None
