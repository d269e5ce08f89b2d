"""Commands that look at a built dataset: explain, findings, status."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.errors import CommandError

if TYPE_CHECKING:
    import pandas as pd

_WRONG_USAGE = 2
_NOTHING = 3


def explanation(data: Path, observation_id: str, raw: Path, image: Path | None) -> str:
    """Where a number comes from, as text; with `image` its page is written there, the number marked."""
    built(data)
    from publish.explain import UnknownObservation, explain

    try:
        text = explain(data, observation_id)
    except UnknownObservation as error:
        raise CommandError(str(error), _WRONG_USAGE) from error
    if image is not None:
        _draw(data, observation_id, raw, image)
    return text


def write_workbook(data: Path, out: Path) -> None:
    """The dataset as an Excel workbook."""
    built(data)
    from publish.spreadsheet import TooLarge, write_spreadsheet

    try:
        write_spreadsheet(data, out)
    except (TooLarge, OSError) as error:
        raise CommandError(f"{out} was not written: {error}", _NOTHING) from error


def findings_text(data: Path, report_id: str | None, language: str) -> str:
    """The findings, most severe first, one paragraph each."""
    if language not in ("en", "nl"):
        raise CommandError(f"--language {language}: the sentences are written in en and nl.", _WRONG_USAGE)
    findings, reports = _table(data, "findings"), _table(data, "reports")
    if report_id is not None:
        if report_id not in set(reports["report_id"]):
            known = ", ".join(reports["report_id"])
            raise CommandError(f"{data} holds no report {report_id}; it holds {known}.", _WRONG_USAGE)
        findings = findings[findings["report_id"] == report_id]
    if not len(findings):
        return "No contradictions were found."
    order = {"error": 0, "warning": 1, "info": 2}
    ranked = findings.assign(rank=findings["severity"].map(order)).sort_values(["rank", "report_id", "page"])
    lines = []
    for row in ranked.to_dict("records"):
        message = row.get("message_nl") if language == "nl" and row.get("message_nl") else row["message"]
        head = f"{row['severity']}  {row['kind']}  {row['report_id']}, page {row['page']}"
        lines.append(head + "\n" + textwrap.fill(str(message), 110, initial_indent="  ", subsequent_indent="  "))
    counts = ", ".join(f"{count} {name}" for name, count in findings["severity"].value_counts().items())
    return "\n".join([*lines, "", f"{len(findings)} findings: {counts}."])


def status_text(raw: Path, data: Path) -> str:
    """What is catalogued, fetched, built, and waiting for a person, as a text table."""
    from flows.catalogue import CatalogueError, load
    from flows.steps import STALE, stale
    from flows.store import Store, results_place

    try:
        catalogue = load(raw)
    except CatalogueError as error:
        raise CommandError(str(error), _NOTHING) from error
    built: dict[str, dict[str, Any]] = {}
    if (data / "reports.parquet").is_file():
        built = {row["report_id"]: row for row in json.loads(_table(data, "reports").to_json(orient="records"))}
    store = Store(results_place())
    rows = [("report", "year", "edition", "file", "built", "review", "next build")]
    for source in catalogue.sources:
        entry, row = source.entry, built.get(source.entry.id)
        state = "not built" if row is None else row["status"] if row["sha256"] == source.sha256 else "changed since"
        waiting = str(row["needs_review"]) if row else ""
        why = stale(source, store)
        ahead = "new here" if why is None else "; ".join(STALE[name] for name in why) or "fresh"
        rows.append((entry.id, str(entry.reporting_year), entry.edition, "present", str(state), waiting, ahead))
    rows += [(e.id, str(e.reporting_year), e.edition, "not fetched", "", "", "") for e in catalogue.not_fetched]
    rows += [(path.name, "", "", "present", "no entry", "", "") for path, _ in catalogue.loose]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines += [f"refused: {refused.reason}" for refused in catalogue.refused]
    lines += [f"note: {note}" for note in catalogue.notes]
    return "\n".join(lines)


def _draw(data: Path, observation_id: str, raw: Path, image: Path) -> None:
    from extractors.sandbox import ReadFailure, Sandbox

    observations, reports = _table(data, "observations"), _table(data, "reports")
    row = json.loads(observations[observations["observation_id"] == observation_id].to_json(orient="records"))[0]
    path = raw / reports.loc[reports["report_id"] == row["report_id"], "file"].iloc[0]
    if not path.is_file():
        raise CommandError(f"{path} is missing, so no picture can be made; fetch it or give its folder with --raw.", 3)
    place = (row["page"], row["x0"], row["top"], row["x1"], row["bottom"])
    with Sandbox() as sandbox:
        answer = sandbox.call(path.name, sandbox.limits.seconds(1), draw_place, path, place, image)
    if isinstance(answer, ReadFailure):
        raise CommandError(answer.reason, _NOTHING)


def draw_place(path: Path, place: tuple[int, float, float, float, float], image: Path) -> None:
    """Writes the page with a box (points) marked as PNG; runs in a child."""
    from extractors.render import render_page
    from schemas.printed import Box

    render_page(path, place[0], marks=[(Box(*place[1:]), "crimson")]).save(image, format="PNG")


def built(data: Path) -> None:
    """Raises CommandError when `data` holds no built dataset."""
    if not (data / "observations.parquet").is_file():
        raise CommandError(
            f"{data} holds no built dataset; run `klachtenatlas build` or name its folder.", _WRONG_USAGE
        )


def _table(data: Path, name: str) -> pd.DataFrame:
    import pandas as pd

    built(data)
    return pd.read_parquet(data / f"{name}.parquet", dtype_backend="numpy_nullable")
