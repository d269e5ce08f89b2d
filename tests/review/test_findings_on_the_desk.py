"""Contradictions on the stewards' page: which corrections are offered, and what becomes of a misread number."""

from __future__ import annotations

import hashlib
import io
import shutil
from pathlib import Path

import pandas as pd
import pytest
from desk_material import browser
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from starlette.testclient import TestClient

from extractors.report import read_report
from flows.corrections import load_corrections
from ontology.decisions import Decisions
from ontology.interpret import interpret
from ontology.matching import Matcher
from reconciliation import reconcile
from review.desk import Desk
from schemas.catalogue import Entry

FINDING = "waterstad-2022:total_mismatch:1"


def desk_of(data: Path, raw: Path, warm: Desk, decisions: Path) -> tuple[Desk, TestClient]:
    desk = Desk(data, raw, decisions)
    desk.proposer = warm.proposer
    client = browser(desk)
    client.post("/who", data={"author": "A. Steward", "back": "/"})
    return desk, client


def test_each_number_that_may_be_wrong_is_offered_with_what_it_would_be(
    material: Path, warm_desk: Desk, tmp_path: Path
) -> None:
    shutil.copytree(material / "raw", tmp_path / "raw")
    shutil.copytree(material / "data", tmp_path / "data")
    numbers = pd.read_csv(tmp_path / "data" / "observations.csv")["observation_id"].tolist()[:3]
    findings = pd.read_csv(tmp_path / "data" / "findings.csv")
    findings = findings.assign(
        printed=60, expected=61, observation_ids=" ".join(numbers), candidates=" ".join(numbers[:2])
    )
    findings.assign(candidate_values="61 13.5").to_csv(tmp_path / "data" / "findings.csv", index=False)
    desk, client = desk_of(tmp_path / "data", tmp_path / "raw", warm_desk, tmp_path / "decisions")
    page = client.get(f"/finding/{FINDING}").text
    assert page.count('name="offer"') == 2 and "Any one of 2 numbers" in page
    assert f'value="{numbers[1]} 13.5"' in page and "should be 13.5" in page
    assert client.post(f"/finding/{FINDING}/judge", data={"offer": f"{numbers[1]} 13.5"}).status_code == 303
    (record,), refused = load_corrections(desk.raw)
    assert refused == [] and (record.correct, record.who) == (13.5, "A. Steward")
    assert record.printed == desk.read()[0].numbers[numbers[1]].printed


def test_nobody_is_offered_a_number_for_another_findings_number(
    material: Path, warm_desk: Desk, tmp_path: Path
) -> None:
    shutil.copytree(material / "raw", tmp_path / "raw")
    _, client = desk_of(material / "data", tmp_path / "raw", warm_desk, tmp_path / "decisions")
    for offer in ("elsewhere 3", "nothing", " "):
        assert client.post(f"/finding/{FINDING}/judge", data={"offer": offer}).status_code == 400


@pytest.fixture(scope="module")
def lying(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report whose page shows a number that its text does not hold: one cell is a picture of its digits."""
    raw = tmp_path_factory.mktemp("lying")
    rows = {"Afval": (41, 26, 13), "Parkeren": (37, 47, 22), "Geluid": (58, 19, 34), "Wegen": (29, 63, 17)}
    columns = ("gegrond", "ongegrond", "in behandeling", "Totaal")
    lines = [(label, (*values, sum(values))) for label, values in rows.items()]
    lines.append(("Totaal", tuple(sum(line[1][k] for line in lines) for k in range(4))))
    canvas = Canvas(str(raw / "lekestad-2023.pdf"), pagesize=(595, 842), invariant=True)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(60, 760, "Klachten per onderwerp in 2023")
    for c, head in enumerate(("Onderwerp", *columns)):
        canvas.drawString(60 if c == 0 else 110 + 90 * c, 730, head)
    canvas.line(60, 724, 540, 724)
    for r, (label, values) in enumerate(lines):
        base = 706 - 18 * r
        canvas.drawString(60, base, label)
        for c, value in enumerate(values):
            if (label, c) != ("Parkeren", 1):
                canvas.drawRightString(240 + 90 * c, base, str(value))
    picture = Image.new("L", (120, 80), 255)
    ImageDraw.Draw(picture).text((10, 0), "47", fill=0, font=ImageFont.load_default(64))
    held = io.BytesIO()
    picture.save(held, "PNG")
    canvas.drawImage(ImageReader(held), 314, 685, 18, 12)
    canvas.save()
    return raw


def test_a_number_that_the_reader_missed_goes_to_the_steward_and_not_to_the_publisher(
    lying: Path, warm_desk: Desk, tmp_path: Path
) -> None:
    path = lying / "lekestad-2023.pdf"
    entry = Entry(
        "lekestad-2023", "Lekestad", "BE", "Stad Lekestad", "Klachten 2023", 2023, "nl", "synthetic", file=path.name
    )
    read = interpret(read_report(path, "nl"), entry, Matcher(decisions=Decisions()))
    assert not (
        (read.observations["row_label"] == "Parkeren") & (read.observations["column_label"] == "ongegrond")
    ).any()
    found = reconcile(read.observations)
    assert set(found["severity"]) == {"warning"} and set(found["culprit"]) == {"reading"}
    raw, data = tmp_path / "raw", tmp_path / "data"
    shutil.copytree(lying, raw)
    data.mkdir()
    sha = hashlib.sha256(path.read_bytes()).hexdigest()
    source = {"report_id": entry.id, "city": entry.city, "publisher": entry.publisher, "title": entry.title}
    source |= {"reporting_year": 2023, "language": "nl", "edition": "synthetic", "file": path.name, "sha256": sha}
    pd.DataFrame([source | {"pages": 1, "status": "ok", "reason": ""}]).to_csv(data / "reports.csv", index=False)
    read.observations.to_csv(data / "observations.csv", index=False)
    read.labels.to_csv(data / "labels.csv", index=False)
    found.to_csv(data / "findings.csv", index=False)
    pd.DataFrame([], columns=["report_id", "page", "severity", "what"]).to_csv(data / "problems.csv", index=False)
    desk, client = desk_of(data, raw, warm_desk, tmp_path / "decisions")
    assert "likelier our reading" in client.get("/findings").text
    finding = found["finding_id"][0]
    assert client.get(f"/finding/{finding}.png").headers["content-type"] == "image/png"
    form = {"verdict": "misread", "comment": "er staat 47"}
    assert client.post(f"/finding/{finding}/judge", data=form).status_code == 303
    (said,) = desk.verdicts.misread()  # the extraction report: where the reader is to be mended
    assert (said.about, said.page, said.note) == (finding, "1", "er staat 47")
    assert not (raw / "corrections.yaml").exists(), "nothing is said of the publisher"
