"""The files of a published dataset: what is in them, and that the same tables always give the same bytes."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import json
import os
import struct
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
import yaml
from frictionless import Package, system

from publish import write_dataset
from publish.card import DatasetCard, version_of
from publish.database import DatabaseError, checksum, take_chance_out
from publish.dataset import DESCRIPTIONS
from publish.reading import read
from schemas.tables import TABLES, SchemaViolation, validate

Tables = dict[str, pd.DataFrame]
HERE = Path(__file__).parent
CSV_FILES = [f"{name}.csv" for name in TABLES]
PROGRAM = (
    "import sys; from pathlib import Path; from sample_tables import sample_tables; from publish import write_dataset\n"
    "tables = {name: frame.sample(frac=1, random_state=int(sys.argv[2])) for name, frame in sample_tables().items()}\n"
    "write_dataset(tables, Path(sys.argv[1]), attachments={'ontology.ttl': b'# Turtle of the scheme\\n'})"
)


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def csv_rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def database(dataset: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(dataset / "klachtenatlas.duckdb"), read_only=True)


def test_same_tables_give_same_bytes_in_any_process_folder_and_row_order(dataset: Path, tmp_path: Path) -> None:
    folder = tmp_path / "a longer" / "name of a folder"
    path = os.pathsep.join([str(HERE), str(HERE.parents[1])])
    environment = {**os.environ, "PYTHONHASHSEED": "17", "PYTHONPATH": path, "TZ": "UTC-11"}
    subprocess.run([sys.executable, "-c", PROGRAM, str(folder), "1"], env=environment, check=True)
    assert digests(folder) == digests(dataset)


def test_every_table_is_there_as_csv_and_parquet_with_the_same_rows(dataset: Path, tables: Tables) -> None:
    for name in TABLES:
        frame = read(dataset, name)
        pd.testing.assert_frame_equal(validate(name, frame), frame)
        assert len(csv_rows(dataset, name)) == len(frame)
        if name in tables:
            assert len(frame) == len(tables[name]) > 0


def test_csv_follows_the_rfc_and_reads_back_as_published(dataset: Path) -> None:
    text = (dataset / "cases.csv").read_bytes().decode("utf-8")
    assert text.startswith("case_id,report_id,") and text.endswith("\r\n")
    assert '"Vuilniszakken ""vergeten"""' in text
    (case, *_) = csv_rows(dataset, "cases")
    assert case["complaint"] == "De zakken bleven staan,\ntwee weken lang."
    assert (case["date"], case["follow_up"], case["page_first"]) == ("2022-05-04", "", "7")
    numbers = {row["observation_id"]: row for row in csv_rows(dataset, "observations")}
    assert numbers["aandorp-2022/p4-1/totaal/aantal"]["is_total"] == "true"
    assert numbers["aandorp-2022/prose/1"]["value"] == "0.4"
    assert list(numbers) == sorted(numbers)


def test_parquet_has_real_types_and_descriptions(dataset: Path) -> None:
    schema = pq.read_schema(dataset / "observations.parquet")
    types = {field.name: str(field.type) for field in schema}
    assert (types["period_start"], types["is_total"], types["page"], types["value"]) == (
        "date32[day]", "bool", "int64", "double",
    )  # fmt: skip
    assert all(field.metadata[b"description"] for field in schema)
    assert b"pandas" not in schema.metadata


def test_an_empty_text_and_a_missing_value_stay_apart_in_parquet(dataset: Path) -> None:
    prose = read(dataset, "observations", [("kind", "==", "prose")])
    assert (prose["column_label"] == "").all() and prose["table_id"].isna().all()


def test_the_data_package_is_valid_and_tells_size_and_hash_of_every_file(dataset: Path) -> None:
    with system.use_context(trusted=True):
        report = Package(str(dataset / "datapackage.json")).validate()
    assert report.valid, report.flatten(["title", "fieldName", "message"])
    package = json.loads((dataset / "datapackage.json").read_text(encoding="utf-8"))
    described = {entry["path"]: entry for entry in (*package["resources"], *package["files"])}
    assert set(described) == set(digests(dataset)) - {*DESCRIPTIONS, "SHA256SUMS"}
    for name, entry in described.items():
        assert entry["hash"] == f"sha256:{digests(dataset)[name]}"
        assert entry["bytes"] == (dataset / name).stat().st_size


def test_the_data_package_notices_a_foreign_key_that_leads_nowhere(dataset: Path, tmp_path: Path) -> None:
    for name in ("datapackage.json", *(f"{name}.csv" for name in TABLES)):
        (tmp_path / name).write_bytes((dataset / name).read_bytes())
    package = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        del resource["hash"], resource["bytes"]
    (tmp_path / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")
    path = tmp_path / "labels.csv"
    path.write_bytes(path.read_bytes().replace(b"subject:waste,", b"subject:wasted,"))
    errors = Package(str(tmp_path / "datapackage.json")).validate().flatten(["type"])
    assert ["foreign-key"] in errors


def test_checksums_name_every_other_file(dataset: Path) -> None:
    lines = (dataset / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    told = {line.split("  ")[1]: line.split("  ")[0] for line in lines}
    assert told == {name: digest for name, digest in digests(dataset).items() if name != "SHA256SUMS"}


def test_the_database_holds_all_tables_and_describes_every_column(
    database: duckdb.DuckDBPyConnection, dataset: Path
) -> None:
    for name in TABLES:
        (count,) = database.execute(f'SELECT count(*) FROM "{name}"').fetchone() or (None,)
        assert count == len(read(dataset, name)), name
    for kind in ("tables", "columns", "views"):
        condition = "NOT internal" + (" AND table_name <> 'about'" if kind == "columns" else "")
        where = condition + (" AND table_name IN (SELECT table_name FROM duckdb_tables())" if kind == "columns" else "")
        assert database.execute(f"SELECT * FROM duckdb_{kind}() WHERE {where} AND comment IS NULL").fetchall() == []


def test_the_database_file_is_sound_without_its_chance_parts(dataset: Path, tmp_path: Path) -> None:
    data = (dataset / "klachtenatlas.duckdb").read_bytes()
    for start in (0, 4096, 8192):
        assert struct.unpack_from("<Q", data, start)[0] == checksum(data[start + 8 : start + 4096])
    copy = tmp_path / "copy.duckdb"
    copy.write_bytes(data)
    take_chance_out(copy)
    assert copy.read_bytes() == data
    copy.write_bytes(b"\1" + data[1:])
    with pytest.raises(DatabaseError, match=r"requirements\.lock"):
        take_chance_out(copy)
    assert copy.read_bytes() == b"\1" + data[1:], "a file that is not understood is left as it is"


def test_views_count_nothing_twice(database: duckdb.DuckDBPyConnection) -> None:
    numbers = database.execute("SELECT count(*) FROM numbers WHERE is_total OR quoted_from IS NOT NULL").fetchone()
    assert numbers == (0,)
    subjects = database.execute(
        "SELECT subject, value, narrower_listed FROM complaints_by_subject WHERE report_id = 'aandorp-2022' ORDER BY 1"
    ).fetchall()
    assert subjects == [
        ("subject:mobility.parking", 30.0, False), ("subject:waste", 10.0, True),
        ("subject:waste.fly_tipping", 20.0, False),
    ]  # fmt: skip
    (founded, unfounded, share) = database.execute(
        "SELECT founded, unfounded, founded_share FROM founded_share WHERE report_id = 'aandorp-2022'"
    ).fetchone() or (None, None, None)
    assert (founded, unfounded) == (24.0, 36.0) and share == pytest.approx(0.4)
    shares = database.execute("SELECT sum(share) FROM channel_mix GROUP BY report_id").fetchall()
    assert [row[0] for row in shares] == pytest.approx([1.0, 1.0, 1.0])
    assert database.execute("SELECT unit, value FROM lead_time WHERE report_id = 'aandorp-2022'").fetchall() == [
        ("days", 27.5)
    ]


def test_mappings_read_as_sssom(dataset: Path, tables: Tables) -> None:
    lines = (dataset / "mappings.sssom.tsv").read_text(encoding="utf-8").splitlines()
    header = yaml.safe_load("\n".join(line[1:] for line in lines if line.startswith("#")))
    rows = list(csv.DictReader([line for line in lines if not line.startswith("#")], delimiter="\t"))
    assert {"mapping_set_id", "license", "curie_map"} <= set(header)
    assert len(rows) == len(tables["labels"])
    for row in rows:
        for entity in (row["subject_id"], row["subject_source"]):
            assert entity.partition(":")[0] in header["curie_map"]
        assert row["mapping_justification"].startswith("semapv:")
        assert row["object_id"] == "sssom:NoTermFound" or row["object_id"].partition(":")[0] in header["curie_map"]
    unmapped = [row for row in rows if row["object_id"] == "sssom:NoTermFound"]
    assert {row["subject_label"] for row in unmapped} == {"varia, zie bijlage"}


def test_the_readme_says_which_reports_are_no_originals(dataset: Path) -> None:
    text = (dataset / "README.md").read_text(encoding="utf-8")
    assert text.index("What the numbers do not mean") < text.index("## Files")
    assert "1 facsimile editions" in text and "`beekstad-2023`" in text


def test_the_version_names_day_and_contents(dataset: Path, tables: Tables) -> None:
    sums = {name: digest for name, digest in digests(dataset).items() if name in ("ontology.ttl", *CSV_FILES)}
    told = json.loads((dataset / "datapackage.json").read_text(encoding="utf-8"))["version"]
    card = DatasetCard()
    assert told == version_of(card, tables["reports"], sums)
    assert told.startswith("2023.0.0+")
    assert told != version_of(card, tables["reports"], {**sums, "reports.csv": sums["cases.csv"]})
    released = version_of(replace(card, released=dt.date(2026, 11, 4)), tables["reports"], sums)
    assert released == told.replace("2023.0.0", "2026.11.4")


def test_a_dataset_without_rows_can_be_published(tmp_path: Path) -> None:
    published = write_dataset({}, tmp_path / "out")
    assert published.version.startswith("0.")
    assert set(published.files) == set(digests(tmp_path / "out")) - {"SHA256SUMS"}


def test_tables_that_do_not_fit_leave_the_old_dataset(tables: Tables, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_dataset(tables, out)
    before = digests(out)
    observations = tables["observations"].copy()
    observations.loc[3, "unit"] = "pieces"
    with pytest.raises(SchemaViolation, match="'pieces'"):
        write_dataset({**tables, "observations": observations}, out)
    with pytest.raises(SchemaViolation, match=r"reports\.report_id has no such value"):
        write_dataset({**tables, "reports": tables["reports"].iloc[:2]}, out)
    assert digests(out) == before
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("name", ["../x.ttl", ".hidden", "README.md", "observations.csv", "a/b"])
def test_an_attachment_must_have_a_plain_name_of_its_own(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="cannot be attached"):
        write_dataset({}, tmp_path / "out", attachments={name: b""})


def test_an_unknown_table_is_refused(tmp_path: Path, tables: Tables) -> None:
    with pytest.raises(ValueError, match="no published table 'observation'"):
        write_dataset({"observation": tables["observations"]}, tmp_path / "out")


def test_a_mapping_set_beside_the_tables_is_described_by_its_own_title(tables: Tables, tmp_path: Path) -> None:
    walk = b"#mapping_set_title: Categories of Beekstad\nsubject_id\tobject_id\n"
    write_dataset(tables, tmp_path / "out", attachments={"crosswalk-beekstad.sssom.tsv": walk})
    assert (tmp_path / "out" / "crosswalk-beekstad.sssom.tsv").read_bytes() == walk
    for name in ("datapackage.json", "dcat.ttl", "ro-crate-metadata.json", "croissant.json"):
        text = (tmp_path / "out" / name).read_text(encoding="utf-8")
        assert "crosswalk-beekstad.sssom.tsv" in text, name
        assert "Crosswalk (SSSOM): Categories of Beekstad" in text, name
