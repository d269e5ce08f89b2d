from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
import yaml
from printed_truth import read, shared_folder

from benchmarks.labels import measure_tables
from ontology.decisions import load
from ontology.interpret import Interpreted, interpret
from ontology.matching import Matcher
from ontology.measures import measure_in_prose
from ontology.scheme import FACETS
from schemas.catalogue import Entry
from schemas.printed import Box, Case, Figure, Place, PrintedReport
from schemas.tables import validate

ENTRY = Entry("stad-2022", "Stad", "BE", "Stad", "Klachtenrapport", 2022, "nl", "synthetic")


def _cell(row: tuple[str, ...], column: tuple[str, ...], value: float, at: tuple[int, int], **more: object) -> Figure:
    place = Place(1, Box(at[1] * 50.0, at[0] * 12.0, at[1] * 50.0 + 30, at[0] * 12.0 + 10))
    figure = Figure(
        "cell", "Politiezone Stad", f"{value:g}", value, "count", row, column, place, "test", table_id="p1-1"
    )
    return replace(figure, **more)  # type: ignore[arg-type]


def _table(rows: list[str], columns: list[str], title: str = "", unit: str = "count") -> tuple[Figure, ...]:
    return tuple(
        _cell(tuple(r.split(" > ")), tuple(c.split(" > ")), 10.0 * i + j, (i, j), table_title=title or None, unit=unit)
        for i, r in enumerate(rows, 1)
        for j, c in enumerate(columns, 1)
    )


def _read(matcher: Matcher, *figures: Figure, cases: tuple[Case, ...] = (), language: str = "nl") -> Interpreted:
    return interpret(PrintedReport(language, (), figures=figures, cases=cases), ENTRY, matcher)


def _one(observations: pd.DataFrame, row: str, column: str) -> pd.Series:
    found = observations[(observations["row_label"] == row) & (observations["column_label"] == column)]
    assert len(found) == 1
    return found.iloc[0]


def test_rows_of_grounds_and_columns_of_outcomes(matcher: Matcher):
    table = _table(
        ["Attitude", "Wachttijd", "Privacy", "Totaal"], ["gegrond", "ongegrond", "totaal"], "Klachten per trefwoord"
    )
    out = _read(matcher, *table).observations
    cell = _one(out, "Wachttijd", "gegrond")
    assert (cell["ground"], cell["outcome"], cell["signal"]) == (
        "ground:waiting_time",
        "outcome:founded",
        "signal:complaint",
    )
    total = _one(out, "Totaal", "gegrond")
    assert total["is_total"]
    assert (pd.isna(total["ground"]), total["outcome"]) == (True, "outcome:founded")


def test_years_and_quarters_come_from_either_axis(matcher: Matcher):
    out = _read(matcher, *_table(["Q1", "Q2"], ["Klachten 2020", "% 2020"])).observations
    cell = _one(out, "Q2", "Klachten 2020")
    assert (cell["period_start"], cell["period_end"]) == (date(2020, 4, 1), date(2020, 6, 30))
    assert cell["signal"] == "signal:complaint"


def test_a_column_that_opens_with_of_which_keeps_the_year_of_the_one_before(matcher: Matcher):
    columns = ["2020 klachten", "waarvan herhaalde klachten", "2021 klachten"]
    out = _read(matcher, *_table(["Technisch"], columns)).observations
    cell = _one(out, "Technisch", "waarvan herhaalde klachten")
    assert cell["period_start"] == date(2020, 1, 1)
    assert cell["signal"] == "signal:complaint.repeated"


def test_without_any_year_the_title_or_the_report_gives_it(matcher: Matcher):
    titled = _read(matcher, *_table(["Attitude"], ["gegrond"], "Klachten 2019")).observations
    bare = _read(matcher, *_table(["Attitude"], ["gegrond"])).observations
    assert titled["period_start"].tolist() == [date(2019, 1, 1)]
    assert bare["period_start"].tolist() == [date(2022, 1, 1)]


def test_general_under_a_parent_stands_for_the_parent(matcher: Matcher):
    rows = ["Overlast > Algemeen", "Overlast > Jongeren", "Overlast > Vuurwerk"]
    out = _read(matcher, *_table(rows, ["2021", "2022"], "Meldingen")).observations
    assert _one(out, "Overlast > Algemeen", "2021")["subject"] == "subject:nuisance"
    assert _one(out, "Overlast > Jongeren", "2021")["subject"] == "subject:nuisance.youth"


def test_a_path_in_one_cell_fills_service_and_subject(matcher: Matcher):
    rows = ["XY", "XY/recyclageparken", "XY/sluikstort", "XY/huisvuilophaling", "QZ"]
    out = _read(matcher, *_table(rows, ["contacten 2022"])).observations
    cell = _one(out, "XY/recyclageparken", "contacten 2022")
    assert cell["subject"] == "subject:waste.recycling_centre"
    assert cell["service"] == "service:waste_cleansing"
    assert cell["mapping_status"] == "review"
    assert _one(out, "QZ", "contacten 2022")["mapping_status"] == "unmapped"


def test_a_department_is_told_by_subjects_two_levels_below(matcher: Matcher):
    rows = ["XY", "XY/balie/paspoort", "XY/balie/rijbewijs", "XY/balie/geboorte", "QZ"]
    out = _read(matcher, *_table(rows, ["contacten 2022"])).observations
    cell = _one(out, "XY/balie/paspoort", "contacten 2022")
    assert (cell["service"], cell["subject"]) == ("service:civil_affairs", "subject:civil_affairs.identity")
    assert _one(out, "XY", "contacten 2022")["service"] == "service:civil_affairs"


def test_a_share_takes_the_period_and_the_signal_of_the_columns_beside_it(matcher: Matcher):
    counts = _table(["Attitude", "Wachttijd"], ["oproepen > Q3 - Q4", "klachten > Q3 - Q4"])
    shares = tuple(
        _cell((label,), ("rel %",), 50.0, (i, 3), unit="percent")
        for i, label in enumerate(["Attitude", "Wachttijd"], 1)
    )
    out = _read(matcher, *counts, *shares).observations
    cell = _one(out, "Attitude", "rel %")
    assert (cell["period_start"], cell["period_end"]) == (date(2022, 7, 1), date(2022, 12, 31))
    assert cell["signal"] == "signal:complaint"


def test_a_label_that_only_names_a_kind_of_signal_is_that_signal(matcher: Matcher):
    rows = ["Ontvangen klachten", "Gegrond", "Ongegrond", "Ingetrokken"]
    out = _read(matcher, *_table(rows, ["2021", "2022"])).observations
    cell = _one(out, "Ontvangen klachten", "2021")
    assert (cell["signal"], cell["mapping_status"]) == ("signal:complaint", "accepted")
    assert pd.isna(cell["outcome"])


def test_what_the_columns_count_comes_before_what_a_row_touches_on(matcher: Matcher):
    rows = ["Schadedossiers", "Graffiti", "Sluikstort", "Recyclagepark"]
    out = _read(matcher, *_table(rows, ["contacten", "eerstelijnsklachten"])).observations
    assert _one(out, "Schadedossiers", "eerstelijnsklachten")["signal"] == "signal:complaint.first_line"


def test_an_unknown_label_leaves_its_cells_unmapped(matcher: Matcher):
    out = _read(matcher, *_table(["Qwxyzzy"], ["2022"], "Klachten")).observations
    assert out["mapping_status"].tolist() == ["unmapped"]
    assert out["row_label"].tolist() == ["Qwxyzzy"]


def test_units_say_what_is_measured(matcher: Matcher):
    share = _read(matcher, *_table(["Attitude"], ["2022"], "Klachten", unit="percent")).observations
    time = _read(matcher, *_table(["Klacht"], ["Gemiddelde doorlooptijd"], unit="days")).observations
    calls = _read(matcher, *_table(["Dienst A"], ["Beantwoorde oproepen"])).observations
    beside = _read(matcher, *_table(["Dienst A"], ["Eerstelijnsklachten"], "2.3. Calls")).observations
    measured = [o["measure"].iloc[0] for o in (share, time, calls, beside)]
    assert measured == ["share", "lead_time", "calls", "cases"]


@pytest.mark.parametrize(
    ("unit", "labels", "measure"),
    [
        ("count", ("klachten over medewerkers",), "cases"),
        ("count", ("operationele medewerkers",), "staff"),
        ("count", ("klachten", "door eigen medewerkers"), "cases"),
        ("count", ("dossiers minder",), "change"),
        ("percent", ("dossiers", "recul"), "change"),
        ("percent", ("ontvankelijke klachten",), "share"),
        ("count", ("telefoonoproepen in eerste lijn",), "calls"),
        ("count", ("incidenten",), "incidents"),
        ("count", ("Fällen",), "cases"),
        ("count", ("bins",), "other"),
        ("count", ("klachten en meldingen per maand",), "rate"),
        ("count", ("réclamations par mois",), "rate"),
    ],
)
def test_what_a_sentence_counts_is_its_first_noun(unit: str, labels: tuple[str, ...], measure: str):
    assert measure_in_prose(unit, labels, "Klachten") == measure


def test_ids_do_not_depend_on_values_and_are_unique(matcher: Matcher):
    table = _table(["Attitude", "Wachttijd"], ["gegrond", "ongegrond"])
    other = tuple(replace(f, value=f.value + 100, printed="x") for f in table)
    one, two = _read(matcher, *table).observations, _read(matcher, *other).observations
    assert one["observation_id"].tolist() == two["observation_id"].tolist()
    assert one["observation_id"].is_unique


def test_a_sentence_that_restates_a_cell_quotes_it(matcher: Matcher):
    table = _table(["Attitude", "Wachttijd"], ["2021", "2022"], "Klachten per trefwoord")
    place = Place(2, Box(0, 0, 9, 9))
    said = Figure(
        "prose", "Politiezone Stad", "22", 22.0, "count", ("klachten over wachttijd",), (), place, "test",
        sentence="In 2022 waren er 22 klachten over wachttijd.", years=("2022",),
    )  # fmt: skip
    chance = replace(said, row_labels=("medewerkers van de dienst",), sentence="De dienst telt 22 medewerkers.")
    out = _read(matcher, *table, said, chance).observations
    cell = _one(out, "Wachttijd", "2022")
    prose = out[out["kind"] == "prose"]
    assert prose["quoted_from"].tolist()[0] == cell["observation_id"]
    assert pd.isna(prose["quoted_from"].tolist()[1])


def test_a_case_gets_its_outcome_and_what_its_section_names(matcher: Matcher):
    case = Case("Sirene in de nacht", "Brandweer", "OVERLAST", "klacht", "antwoord", 3, 3, outcome_label="ongegrond")
    row = _read(matcher, cases=(case,)).cases.iloc[0]
    assert row["outcome"] == "outcome:unfounded"
    assert str(row["subject"]).startswith("subject:nuisance")


@pytest.mark.parametrize(
    ("language", "rows", "columns", "outcome"),
    [
        ("fr", ["Accueil", "Délai"], ["fondées", "non fondées"], "outcome:founded"),
        ("de", ["Freundlichkeit", "Wartezeit"], ["begründet", "unbegründet"], "outcome:founded"),
        ("en", ["Staff attitude", "Delay"], ["Upheld", "Not upheld"], "outcome:founded"),
    ],
)
def test_tables_in_other_languages(matcher: Matcher, language: str, rows: list[str], columns: list[str], outcome: str):
    out = _read(matcher, *_table(rows, columns), language=language).observations
    assert _one(out, rows[0], columns[0])["outcome"] == outcome
    assert _one(out, rows[1], columns[0])["ground"] == "ground:waiting_time"


def test_the_frames_are_those_of_the_published_dataset(matcher: Matcher):
    out = _read(matcher, *_table(["Attitude", "Totaal"], ["2021", "2022"], "Klachten"))
    for name in ("observations", "cases", "labels"):
        validate(name, getattr(out, name))


def test_nothing_printed_gives_empty_frames(matcher: Matcher):
    out = _read(matcher)
    assert len(out.observations) == len(out.cases) == len(out.labels) == 0
    validate("observations", out.observations)


@pytest.mark.shared
def test_a_hand_read_report_is_valid_and_means_what_a_reader_says():
    matcher = Matcher(decisions=load())  # as a build does: the codes of the city's departments were decided
    folder = shared_folder()
    if folder is None:
        pytest.skip("the developers' shared material is not here")
    report, entry = read(folder / "corpus" / "antwerpen-2023.truth.json", 2023, "Antwerpen")
    out = interpret(report, entry, matcher)
    validate("observations", out.observations)
    validate("labels", out.labels)
    cells = out.observations[out.observations["kind"] == "cell"]
    known = measure_tables.readings(yaml.safe_load(measure_tables.TRUTH.read_text(encoding="utf-8")))
    right = period = 0
    for _, own in cells.groupby("table_id"):
        name = measure_tables.table_of(known, list(zip(own["row_label"], own["column_label"], strict=True)))
        for _, cell in own.iterrows():
            wanted = known[name][measure_tables.place(cell["row_label"], cell["column_label"])]
            right += measure_tables.is_right([cell[f] for f in FACETS if pd.notna(cell[f])], wanted)
            period += (str(cell["period_start"]), str(cell["period_end"])) == (wanted.start, wanted.end)
    assert min(right, period) / len(cells) >= 0.95
    years = cells["column_label"].str.extract(r"(20\d\d)")[0]
    printed = cells["period_start"].map(lambda d: str(d.year))
    assert (years.dropna() == printed[years.notna()]).mean() >= 0.95
