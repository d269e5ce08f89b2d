"""A dataset and all it was made of in one file, and the proof that the one follows from the other.

`pack` writes a ZIP (stored, every date the same, so the same parts give the same bytes): the dataset, the reports, the
records beside them, the program with its scheme and decisions, and an RO-Crate description of all that. `prove` unpacks
it, checks every hash, runs the program in it over the reports in it, and compares what comes out byte for byte.
"""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from flows.inputs import CODE, RAW, Inputs, found_in
from flows.rebuild import CannotRebuild, rebuilt
from schemas.files import Scratch, sha256_of

DATASET = "dataset"
METADATA = "ro-crate-metadata.json"
_PARTS = (DATASET, RAW, CODE)
_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest that ZIP knows
_MOST_BYTES = 20_000_000_000
_REQUIREMENT = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


class CrateError(Exception):
    """The crate cannot be used or does not prove what it says; the message is a sentence with what to do."""


@dataclass(frozen=True, slots=True)
class Proof:
    """What a rebuild gave: files with the same bytes, with others, missing, and new; packages of other versions."""

    same: tuple[str, ...]
    other: tuple[str, ...]
    missing: tuple[str, ...]
    more: tuple[str, ...]
    packages: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.same) and not (self.other or self.missing or self.more)

    def render(self) -> str:
        """The outcome in a few lines."""
        if self:
            lines = [f"Proved: all {len(self.same)} files were made again, byte for byte, from what is in the crate."]
        else:
            lines = [f"Not proved: {len(self.same)} files are the same."]
            named = (("other bytes", self.other), ("not made again", self.missing), ("not in the crate", self.more))
            lines += [f"{what}: {', '.join(names)}" for what, names in named if names]
        if self.packages:
            lines.append(
                f"{len(self.packages)} packages here are not those of the crate's requirements.lock (bytes may hang on "
                f"them): {', '.join(self.packages[:8])}{' and more' if len(self.packages) > 8 else ''}"
            )
        return "\n".join(lines)


def pack(dataset: Path, inputs: Inputs, out: Path) -> None:
    """Writes the crate of `dataset` and the `inputs` that it was made of to the file `out`."""
    files = {f"{DATASET}/{path.name}": path for path in sorted(dataset.iterdir()) if not path.name.startswith(".")}
    files |= dict(sorted(inputs.places.items()))
    described = _described(json.loads((dataset / METADATA).read_text(encoding="utf-8")), files)
    new = out.with_name(f".{out.name}.part")
    try:
        with zipfile.ZipFile(new, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(_member(METADATA), described)
            for name, path in files.items():
                with path.open("rb") as source, archive.open(_member(name), "w", force_zip64=True) as target:
                    shutil.copyfileobj(source, target)
        new.replace(out)
    except OSError as error:
        new.unlink(missing_ok=True)
        raise CrateError(f"{out} cannot be written: {error.strerror}. Give another file with --out.") from error


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _DAY)
    member.external_attr = 0o644 << 16
    return member


def _described(dataset: dict[str, object], files: dict[str, Path]) -> str:
    """The dataset's own description, widened to everything in the crate."""
    graph = dataset["@graph"]
    assert isinstance(graph, list)
    own = {entity["@id"]: entity for entity in graph}
    written = {part["@id"] for part in own["./"]["hasPart"]}
    entities = [own[METADATA], {**own["./"], "hasPart": [{"@id": name} for name in files]}]
    for name, path in files.items():
        within = name.removeprefix(f"{DATASET}/")
        known = own[within] if within != name and within in written else {}
        facts = {"@id": name, "contentSize": str(path.stat().st_size), "sha256": sha256_of(path)}
        entities.append({"@type": "File", "name": name, "encodingFormat": _kind(name), **known, **facts})
    for entity in graph:
        if entity["@id"] in (METADATA, "./", *written):
            continue
        if entity["@id"] == "#build":
            inputs = [{"@id": name} for name in files if not name.startswith(f"{DATASET}/")]
            results = [{"@id": name} for name in files if name.startswith(f"{DATASET}/")]
            entities.append({**entity, "object": [*entity["object"], *inputs], "result": results})
        else:
            entities.append(entity)
    return json.dumps({**dataset, "@graph": entities}, ensure_ascii=False, indent=2) + "\n"


def _kind(name: str) -> str:
    known = {"pdf": "application/pdf", "py": "text/x-python", "json": "application/json", "yaml": "application/yaml",
             "ttl": "text/turtle", "md": "text/markdown", "toml": "application/toml"}  # fmt: skip
    return known.get(name.rpartition(".")[2], "text/plain")


@contextmanager
def unpacked(crate: Path) -> Iterator[Path]:
    """A folder with the crate's files, each checked against its hash; raises CrateError. A folder is taken as it is."""
    with Scratch("crate") as tree:
        try:
            if crate.is_dir():
                shutil.copytree(crate, tree, dirs_exist_ok=True)
            else:
                _extract(crate, tree)
        except (OSError, zipfile.BadZipFile, KeyError) as error:
            raise CrateError(
                f"{crate} is no crate that can be opened ({error}). Make one with `klachtenatlas crate`."
            ) from error
        _check(crate, tree)
        yield tree


def _extract(crate: Path, tree: Path) -> None:
    with zipfile.ZipFile(crate) as archive:
        if sum(member.file_size for member in archive.infolist()) > _MOST_BYTES:
            raise CrateError(f"{crate} holds more than {_MOST_BYTES // 10**9} GB; it is not opened.")
        for member in archive.infolist():
            path = PurePosixPath(member.filename)
            if path.is_absolute() or ".." in path.parts or "\\" in member.filename:
                raise CrateError(f"{crate} holds {member.filename!r}, a file outside of itself; it is not opened.")
            archive.extract(member, tree)


def _check(crate: Path, tree: Path) -> None:
    path = tree / METADATA
    if not path.is_file():
        raise CrateError(f"{crate} holds no {METADATA}, so it is no crate. Make one with `klachtenatlas crate`.")
    graph = json.loads(path.read_text(encoding="utf-8"))["@graph"]
    told = {entity["@id"]: entity["sha256"] for entity in graph if entity.get("@type") == "File"}
    found = {file.relative_to(tree).as_posix() for file in tree.rglob("*") if file.is_file()} - {METADATA}
    if absent := [part for part in _PARTS if not any(name.startswith(f"{part}/") for name in told)]:
        raise CrateError(f"{crate} has no {' and no '.join(absent)}; make it anew with `klachtenatlas crate`.")
    if strays := sorted(found ^ set(told)):
        raise CrateError(f"{crate} does not hold the files that it lists: {', '.join(strays[:5])}. Get it again.")
    if wrong := sorted(name for name in told if sha256_of(tree / name) != told[name]):
        raise CrateError(f"{crate} is damaged: {', '.join(wrong[:5])} have other bytes than it says. Get it again.")


def prove(crate: Path, *, foreign_code: bool = False) -> Proof:
    """Builds the crate's dataset again from the crate alone.

    The program in a crate is run only where it is, file for file, the one that is installed, or with `foreign_code`: a
    crate may come from anyone. Raises CrateError.
    """
    with unpacked(crate) as tree, Scratch("proof") as work:
        if not foreign_code and (strange := strange_code(tree)):
            raise CrateError(
                f"{crate} was made by another program than this one ({', '.join(strange[:3])}"
                f"{' and more' if len(strange) > 3 else ''}). Prove it with that version, or run the program in it "
                "with --foreign-code if you trust where it comes from."
            )
        out = work / DATASET
        try:
            rebuilt(tree, out, work / "cache")
        except CannotRebuild as error:
            raise CrateError(f"{crate}: the program in it could not build the dataset: {error}") from error
        published, again = _digests(tree / DATASET), _digests(out)
        packages = other_packages((tree / CODE / "requirements.lock").read_text(encoding="utf-8"))
    common = sorted(set(published) & set(again))
    return Proof(
        tuple(name for name in common if published[name] == again[name]),
        tuple(name for name in common if published[name] != again[name]),
        tuple(sorted(set(published) - set(again))),
        tuple(sorted(set(again) - set(published))),
        packages,
    )


def strange_code(tree: Path) -> list[str]:
    """The files of a tree's program that are not, byte for byte, those of the one that runs now."""
    from flows.catalogue import Catalogue
    from flows.inputs import gathered

    def code(inputs: Inputs) -> dict[str, str]:
        return {path: digest for path, digest in inputs.digests.items() if path.startswith(f"{CODE}/")}

    mine, theirs = code(gathered(Catalogue(tree / RAW))), code(found_in(tree))
    return sorted(path for path in mine.keys() | theirs.keys() if mine.get(path) != theirs.get(path))


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: sha256_of(path) for path in sorted(folder.iterdir()) if not path.name.startswith(".")}


def other_packages(lock: str) -> tuple[str, ...]:
    """The packages of a lock that are installed here in another version (`pandas 3.1.1, here 3.2.0`)."""
    wanted: dict[str, set[str]] = {}  # several versions of one package are for several versions of Python
    for name, version in _REQUIREMENT.findall(lock):
        wanted.setdefault(name, set()).add(version)
    found = []
    for name, versions in wanted.items():
        try:
            here = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # of another platform or an extra; what the build needs it will ask for itself
        if here not in versions:
            found.append(f"{name} {' or '.join(sorted(versions))}, here {here}")
    return tuple(found)
