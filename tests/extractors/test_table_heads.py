"""Heads over columns of numbers: which column each text belongs to, however closely the heads stand."""

from __future__ import annotations

from extractors.page import Page, Word
from extractors.tables import structure
from extractors.tables.alignment import by_gaps, find
from extractors.tables.grid import Grid
from extractors.tables.judge import page_grids
from tests.extractors.made_pages import words_of

SIZE = 8.0


class Set:
    """A table without lines; `ends` are the right edges of its columns of numbers."""

    def __init__(self, ends: list[float]) -> None:
        self.page = Page(1, 595, 842)
        self.ends = ends
        self.y = 100.0

    def heads(self, *texts: str, side: str = "right", start: int = 0, stub: str = "") -> Set:
        """One line of heads, each at its column's right edge or, for `left`, a padding after the column before."""
        self.y += 1.2 * SIZE
        if stub:
            self.page.words += words_of(stub, 60, self.y, SIZE, bold=True)
        for k, text in enumerate(texts, start=start):
            if text:
                wide = words_of(text, 0, self.y, SIZE)[-1].x1
                x = self.ends[k] - wide if side == "right" else (self.ends[k - 1] if k else self.ends[0] - 60) + 5
                self.page.words += words_of(text, x, self.y, SIZE, bold=True)
        return self

    def rows(self, *rows: tuple[str, ...]) -> Set:
        """Lines with a label and its numbers."""
        for label, *values in rows:
            self.y += 1.8 * SIZE
            self.page.words += words_of(label, 60, self.y, SIZE)
            for end, value in zip(self.ends, values, strict=True):
                if value:
                    self.page.words += words_of(value, end - 0.5 * SIZE * len(value), self.y, SIZE)
        return self

    def paths(self) -> list[str]:
        """The head over each column of numbers, its levels parted by a bar."""
        for number, word in enumerate(self.page.words):
            word.order = number
        (grid,) = page_grids(self.page)
        return _paths(grid)


def _paths(grid: Grid) -> list[str]:
    body = structure.read(grid)
    columns = range(body.stub_columns, grid.cols)
    return [
        "|".join(dict.fromkeys(" ".join(body.texts[r][c].split()) for r in range(body.header_rows) if body.texts[r][c]))
        for c in columns
    ]


ROWS = (("Attitude", "16", "10", "88"), ("Wachttijd", "12", "1", "82"), ("Verkeer", "3", "112", "27"),
        ("Overlast", "6", "2", "121"))  # fmt: skip


def test_heads_that_nearly_touch_are_told_apart_by_their_common_right_edge() -> None:
    made = Set([250, 322, 394]).heads("gegrond –", "gegrond –", "").heads("individuele", "organisatorische", "")
    made.heads("disfunctie", "disfunctie", "ongegrond", stub="trefwoord").rows(*ROWS)
    assert made.paths() == ["gegrond – individuele disfunctie", "gegrond – organisatorische disfunctie", "ongegrond"]


def test_heads_at_the_left_of_their_cells_stand_over_the_numbers_at_the_right() -> None:
    made = Set([250, 312, 374]).heads("aantal", "alle", "waarvan", side="left")
    made.heads("signalen", "klachten", "herhaald", side="left", stub="dienst").rows(*ROWS)
    assert made.paths() == ["aantal signalen", "alle klachten", "waarvan herhaald"]


def test_months_a_blank_apart_are_heads_and_no_sentence() -> None:
    names = ("Jan", "Feb", "Maa", "Apr", "Mei", "Jun", "Jul", "Aug", "Sep", "Okt")
    made = Set([200 + 16.5 * k for k in range(len(names))]).heads(*names)
    made.rows(*((f"Dienst {k}", *(str(10 + k + c) for c in range(len(names)))) for k in range(4)))
    assert made.paths() == list(names)


def test_years_at_the_left_of_repeating_units_span_all_of_them() -> None:
    made = Set([220, 260, 320, 360]).heads("2022", "", "2023").heads("aantal", "%", "aantal", "%", stub="Aard")
    made.rows(*((f"Soort {k}", f"{20 + k}", f"{k},5%", f"{30 + k}", f"{k + 4},1%") for k in range(5)))
    assert made.paths() == ["2022|aantal", "2022|%", "2023|aantal", "2023|%"]


def test_a_group_label_between_two_rows_does_not_make_them_one() -> None:
    made = Set([300, 360]).heads("2022", "2023", stub="Lijn")
    for k in range(6):
        made.y += 1.25 * SIZE
        label, first, last = f"team/{'abcdef'[k] * 6}", str(40 + k), str(70 + k)
        made.page.words += words_of(label, 140, made.y, SIZE)
        made.page.words += words_of(first, 300 - SIZE, made.y, SIZE) + words_of(last, 360 - SIZE, made.y, SIZE)
        if k == 2:
            made.page.words += words_of("2e lijn", 60, made.y + 0.6 * SIZE, SIZE)
    (grid,) = page_grids(made.page)
    values = [t for row in structure.read(grid).texts[1:] for t in row[-2:] if t]
    assert sorted(values) == sorted([str(40 + k) for k in range(6)] + [str(70 + k) for k in range(6)])


def test_heads_told_apart_by_white_hardly_wider_than_their_blanks() -> None:
    xs = [60.0, 200.0, 300.0, 400.0, 500.0]
    words = words_of("Aantal signalen", 190, 100, SIZE)
    for text in ("Binnen afgesproken termijn", "Buiten afgesproken termijn"):
        words += words_of(text, words[-1].x1 + 0.5 * SIZE, 100, SIZE)
    runs = [" ".join(w.text for w in run) for run in by_gaps(words, xs)]
    assert runs == ["Aantal signalen", "Binnen afgesproken termijn", "Buiten afgesproken termijn"]
    justified = words_of("Een zin die over de hele breedte loopt en overal even wijd is", 60, 100, SIZE)
    assert by_gaps(justified, xs) == [justified]


def test_the_first_head_of_a_part_without_labels_is_no_caption() -> None:
    made = Set([112, 180, 248])
    made.heads("niet", "", "").heads("ontvankelijk –", "bezwaar-", "").heads("onbevoegd", "schrift", "totaal")
    made.rows(*(("", str(12 + k), str(30 + k), str(50 + k)) for k in range(5)))
    assert made.paths() == ["niet ontvankelijk – onbevoegd", "bezwaar- schrift", "totaal"]


def test_as_many_heads_as_columns_are_theirs_in_order_where_each_stands_before_its_numbers() -> None:
    made = Set([240, 290, 340, 390]).heads("Q1", "Q2", "Q3", "Q4", side="left", stub="dienst")
    made.rows(*((f"Dienst {k}", *(str(7 + k + c) for c in range(4))) for k in range(5)))
    assert made.paths() == ["Q1", "Q2", "Q3", "Q4"]


def _chunks_at(base: float, *texts: tuple[float, str]) -> list[list[Word]]:
    """Chunks of one line, each with its left edge."""
    return [words_of(text, x, base, SIZE) for x, text in texts]


def test_heads_of_several_lines_over_the_first_column_do_not_outvote_where_the_other_columns_heads_begin() -> None:
    lines = [_chunks_at(base, *texts) for base, texts in (
        (74, ((185, "Answered calls"),)), (78, ((295, "Complaints"),)), (83, ((185, "of the desk"),)),
        (87, ((405, "rel %"),)), (92, ((185, "Q3 - Q4"), (295, "Q3 - Q4"))),
    )]  # fmt: skip
    extents = [(60.0, 90.0), (273.0, 285.0), (391.0, 395.0), (489.0, 505.0)]
    found = find(lines, [60, 180, 290, 400, 510], extents, 1)
    assert found is not None
    assert found.side == "left"
    assert found.at[2:] == (295.0, 405.0)


def test_of_two_alignments_the_one_counts_that_explains_all_lines() -> None:
    extents = [(50.0, 160.0), (244.0, 263.0), (436.0, 446.0), (522.0, 537.0)]  # numbers at the left of their cells
    upper = _chunks_at(
        100, (244, "Oproepen bij het stedelijk contactcenter, alle"), (436, "Eerstelijnsklacht"), (522, "rel")
    )
    ends = [part[-1].x1 for part in upper]
    wide = words_of("Q3 - Q4", 0, 112, SIZE)[-1].x1
    lower = _chunks_at(112, *((end - wide, "Q3 - Q4") for end in ends[:2]))
    alignment = find([upper, lower], [50, 200, 420, 510, 560], extents, 1)
    assert alignment is not None
    assert [alignment.column(part) for part in lower] == [1, 2]


def test_heads_at_the_left_are_told_apart_by_a_place_that_nearly_every_column_has() -> None:
    made = Set([250, 300, 350, 400, 441, 482]).heads("deels", "alle", "nog", "al", "onbevoegd", "bekend", side="left")
    made.rows(*((f"Soort {k}", *(str(10 + 7 * k + c) for c in range(6))) for k in range(5)))
    assert made.paths() == ["deels", "alle", "nog", "al", "onbevoegd", "bekend"]


def test_a_year_with_its_share_beside_it_is_a_head() -> None:
    made = Set([220, 270, 320, 370]).heads("2021", "2021 (%)", "2022", "2022 %", side="left")
    made.rows(*((f"Soort {k}", f"{20 + k}", f"{k},5%", f"{30 + k}", f"{k + 4},1%") for k in range(5)))
    assert made.paths() == ["2021", "2021 (%)", "2022", "2022 %"]


def test_labels_on_two_lines_around_their_figures_are_a_column_of_their_own() -> None:
    made = Set([200, 240, 280]).heads("Jan", "Feb", "Maa")
    for k in range(3):
        made.rows(("", f"1{k}", f"2{k}", f"3{k}"))
        for text, y in (("Zorgbedrijf", made.y - 4.5), (f"streek {k}", made.y + 4.5)):
            made.page.words += words_of(text, 60, y, SIZE)
        made.y += 6
    assert made.paths() == ["Jan", "Feb", "Maa"]
