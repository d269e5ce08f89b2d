from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from reconciliation.comparability import comparability
from schemas.tables import conform, validate

CONCEPTS = pd.DataFrame(
    [
        {"key": "signal:complaint", "label_en": "Complaint", "label_nl": "Klacht"},
        {"key": "signal:report", "label_en": "Report", "label_nl": "Melding"},
    ]
)
NONE = pd.DataFrame(columns=["finding_id", "kind", "observation_ids"])


def number(name: str, **changed: Any) -> dict[str, Any]:
    facets = dict.fromkeys(("subject", "ground", "outcome", "channel", "timeliness", "service"))
    return {
        "observation_id": name,
        "report_id": "town-2023",
        "organisation": "Town",
        "organisation_concept": "service:city_administration",
        "period_start": date(2023, 1, 1),
        "period_end": date(2023, 12, 31),
        "measure": "cases",
        "unit": "count",
        "value": 5.0,
        "is_total": False,
        "quoted_from": None,
        "signal": "signal:complaint",
        **facets,
        **changed,
    }


def rows(*numbers: dict[str, Any], findings: pd.DataFrame = NONE, status: str = "ok") -> pd.DataFrame:
    names = sorted({n["report_id"] for n in numbers})
    reports = pd.DataFrame({"report_id": names, "status": status, "edition": "original"})
    return validate(
        "comparability", conform("comparability", comparability(pd.DataFrame(numbers), reports, findings, CONCEPTS))
    )


def test_a_year_with_a_printed_total_is_whole() -> None:
    row = rows(number("a"), number("t", value=9.0, is_total=True)).iloc[0]
    assert (row["total"], row["numbers"], row["complete"], row["counted"]) == (9, 1, "whole", "cases: complaint")
    assert row["counted_nl"] == "dossiers: klacht"


def test_less_than_a_year_and_half_read_reports_are_parts_and_say_why() -> None:
    half = number("a", period_end=date(2023, 6, 30))
    assert rows(half).iloc[0][["complete", "incomplete_because"]].tolist() == [
        "part", "the numbers are of 2023-01-01 to 2023-06-30 only",
    ]  # fmt: skip
    assert "could not be read" in rows(number("a"), status="partial").iloc[0]["incomplete_because"]


def test_a_contradicted_total_makes_it_unknown_and_names_the_finding() -> None:
    doubt = pd.DataFrame([{"finding_id": "f1", "kind": "series_break", "observation_ids": "t x"}])
    row = rows(number("t", value=9.0, is_total=True), findings=doubt).iloc[0]
    assert (row["complete"], row["finding_ids"]) == ("unknown", "f1")
    assert "contradicted" in row["not_comparable"]


def test_two_years_of_one_body_and_two_cities_that_count_alike_share_a_group() -> None:
    earlier = number("b", period_start=date(2022, 1, 1), period_end=date(2022, 12, 31))
    city = number("c", report_id="city-2023", organisation="City")
    found = rows(number("a"), earlier, city)
    assert list(found["others_in_group"]) == [2, 2, 2]


def test_other_units_signals_bodies_and_lengths_are_other_groups() -> None:
    found = rows(
        number("a"),
        number("b", unit="percent", measure="share"),
        number("c", organisation="Police", organisation_concept="service:police"),
        number("d", organisation="Desk", signal="signal:report"),
        number("e", period_end=date(2023, 6, 30)),
    )
    assert list(found["others_in_group"]) == [0] * 5
    mine = found[(found["organisation"] == "Town") & (found["unit"] == "count") & (found["complete"] != "part")].iloc[0]
    assert "shares (percent)" in mine["not_comparable"]
    assert "aandelen (percent)" in mine["not_comparable_nl"]


def test_several_totals_are_no_total() -> None:
    row = rows(number("t", value=9.0, is_total=True), number("u", value=8.0, is_total=True)).iloc[0]
    assert pd.isna(row["total"])
    assert "several totals for the period (8, 9)" in row["not_comparable"]


def test_labels_that_name_no_signal_are_compared_within_their_report_only() -> None:
    found = rows(number("a", signal=None), number("b", signal=None, report_id="city-2023", organisation="City"))
    assert list(found["others_in_group"]) == [0, 0]
    assert "within this report only" in found.iloc[0]["not_comparable"]
