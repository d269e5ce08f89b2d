"""Why two builds differ, by experiment: between the old inputs and the new ones, one is swapped at a time.

The swaps pile up in a fixed order, from what comes first on a number's way to what comes last; each tree is built, and
what changes from one to the next is the work of the input that was swapped. The first tree has the old inputs and must
give the old dataset, the last has the new ones: nothing is left over. Where two inputs fit together only (a new reader
gives what an old matcher does not know), they are swapped as one and share what they did.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from flows.catalogue import CATALOGUE, CHECKSUMS
from flows.inputs import CODE, RAW, Inputs
from flows.publication import MANIFEST
from flows.rebuild import CannotRebuild, rebuilt
from schemas.files import Scratch, sha256_of

ENVIRONMENT = "environment"
_REPORTS, _BYTES, _CATALOGUE = "reports", "report bytes", "catalogue"
# Which files make each cause, the first that fits; in the order in which they are swapped.
_FILES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("reading", (f"{CODE}/extractors/", f"{CODE}/schemas/printed.py", f"{CODE}/schemas/limits.py")),
    ("ontology", (f"{CODE}/ontology/scheme/", f"{CODE}/ontology/scheme.json")),
    ("mapping", (f"{CODE}/ontology/decisions/",)),
    ("matching", (f"{CODE}/ontology/",)),
    ("correction", (f"{RAW}/corrections.yaml",)),
    ("findings", (f"{CODE}/reconciliation/",)),
    ("program", (f"{CODE}/",)),
)
ORDER = (_REPORTS, _BYTES, _CATALOGUE, *(cause for cause, _ in _FILES))

Entry = dict[str, Any]
Say = Callable[[str], None]


class NotComparable(Exception):
    """The two builds cannot be compared by experiment; the message says why."""


@dataclass(frozen=True, slots=True)
class Stage:
    """A dataset on the way from old to new, and the causes (of ORDER, or ENVIRONMENT) swapped just before it."""

    causes: tuple[str, ...]
    dataset: Path


@dataclass(frozen=True, slots=True)
class _Side:
    """One build's inputs, its reports taken apart: entry by id, PDF by id, PDFs without an entry."""

    inputs: Inputs
    entries: dict[str, Entry]
    files: dict[str, str]
    loose: frozenset[str]

    def digest(self, report_id: str) -> str | None:
        return self.inputs.digests.get(self.files.get(report_id, ""))


@contextmanager
def stages(old: tuple[Path, Inputs], new: tuple[Path, Inputs], cache: Path, say: Say) -> Iterator[list[Stage]]:
    """The datasets from `old` to `new` (folder and inputs of each), each built with one more input swapped.

    The first stage has no cause: it is the old dataset. Raises NotComparable.
    """
    before, after = _side(old[1]), _side(new[1])
    causes = differing(old[1], new[1])
    with Scratch("swap") as folder:
        builder = _Builder(folder, cache, before, after, _failed(old[0]) | _failed(new[0]))
        say("building the old inputs again")
        try:
            again = builder.build(())
        except CannotRebuild as error:
            raise NotComparable(f"the old inputs cannot be built by this environment: {error}") from error
        found = [Stage((), old[0])]
        faithful = _same(again, old[0])
        if not faithful:
            found.append(Stage((ENVIRONMENT,), again))
        pending: list[str] = []
        for place, cause in enumerate(causes):
            pending.append(cause)
            last = place == len(causes) - 1
            if last and faithful:
                found.append(Stage(tuple(pending), new[0]))
                break
            say(f"swapping {cause}")
            try:
                built = builder.build(causes[: place + 1])
            except CannotRebuild as error:
                if last:
                    raise NotComparable(f"the new inputs cannot be built by this environment: {error}") from error
                continue  # it goes only together with the next
            found.append(Stage(tuple(pending), built))
            pending = []
        if found[-1].dataset != new[0] and not _same(found[-1].dataset, new[0]):
            found.append(Stage((ENVIRONMENT,), new[0]))
        yield found


def differing(old: Inputs, new: Inputs) -> tuple[str, ...]:
    """The causes whose inputs differ at all, in the order of ORDER."""
    before, after = _side(old), _side(new)
    common = before.entries.keys() & after.entries.keys()
    differ = set()
    if before.entries.keys() != after.entries.keys() or before.loose != after.loose:
        differ.add(_REPORTS)
    same_place = before.loose & after.loose
    if any(before.digest(name) != after.digest(name) for name in common) or any(
        old.digests[path] != new.digests[path] for path in same_place
    ):
        differ.add(_BYTES)
    if any(_said(before.entries[name]) != _said(after.entries[name]) for name in common):
        differ.add(_CATALOGUE)
    pdfs = {*before.files.values(), *after.files.values(), *before.loose, *after.loose}
    for path in (old.digests.keys() | new.digests.keys()) - pdfs - {f"{RAW}/{CATALOGUE}", f"{RAW}/{CHECKSUMS}"}:
        if old.digests.get(path) != new.digests.get(path):
            differ.add(_cause(path))
    return tuple(cause for cause in ORDER if cause in differ)


def _cause(path: str) -> str:
    for cause, starts in _FILES:
        if path.startswith(starts):
            return cause
    return _CATALOGUE


def _said(entry: Entry) -> Entry:
    """What an entry says of the report rather than of the file."""
    return {name: value for name, value in entry.items() if name not in ("file", "sha256", "fetch_to")}


def _side(inputs: Inputs) -> _Side:
    place = inputs.places.get(f"{RAW}/{CATALOGUE}")
    content = yaml.safe_load(place.read_text(encoding="utf-8-sig")) if place else None
    listed = (content or {}).get("reports") or []
    entries = {str(entry["id"]): entry for entry in listed if isinstance(entry, dict) and "id" in entry}
    files = {}
    for name, entry in entries.items():
        for path in (entry.get("file"), entry.get("fetch_to"), f"originals/{name}.pdf"):
            if isinstance(path, str) and f"{RAW}/{path}" in inputs.digests:
                files[name] = f"{RAW}/{path}"
                break
    pdfs = {path for path in inputs.digests if path.startswith(f"{RAW}/") and path.lower().endswith(".pdf")}
    return _Side(inputs, entries, files, frozenset(pdfs - set(files.values())))


@dataclass(frozen=True, slots=True)
class _Builder:
    """Lays out trees with some causes from the new side, and builds them."""

    folder: Path
    cache: Path
    old: _Side
    new: _Side
    may_fail: frozenset[str]

    def build(self, swapped: Sequence[str]) -> Path:
        """The dataset with these causes swapped; raises CannotRebuild, also when it loses a report that neither did."""
        tree = self.folder / f"tree-{len(swapped)}"
        out = self.folder / f"built-{len(swapped)}"
        self._mixed(frozenset(swapped)).lay(tree)
        if not {_REPORTS, _BYTES, _CATALOGUE} <= set(swapped) and swapped:
            self._catalogue(tree, frozenset(swapped))
        rebuilt(tree, out, self.cache)
        if lost := _failed(out) - self.may_fail:
            raise CannotRebuild(f"{', '.join(sorted(lost))} cannot be read by the two programs together")
        return out

    def _mixed(self, swapped: frozenset[str]) -> Inputs:
        places: dict[str, Path] = {}
        digests: dict[str, str] = {}
        pdfs = {*self.old.files.values(), *self.new.files.values(), *self.old.loose, *self.new.loose}
        for path in sorted(self.old.inputs.digests.keys() | self.new.inputs.digests.keys()):
            if path in pdfs:
                continue
            side = self.new if _cause(path) in swapped else self.old
            if path in side.inputs.places:
                places[path], digests[path] = side.inputs.places[path], side.inputs.digests[path]
        for path, side in self._pdfs(swapped):
            places[path], digests[path] = side.inputs.places[path], side.inputs.digests[path]
        return Inputs(places, digests)

    def _pdfs(self, swapped: frozenset[str]) -> Iterator[tuple[str, _Side]]:
        for name in self._ids(swapped):
            side = self._side_of_pdf(name, swapped)
            if name in side.files:
                yield side.files[name], side
        for path in self.old.loose | self.new.loose:
            both = path in self.old.loose and path in self.new.loose
            new = _BYTES in swapped if both else _REPORTS in swapped
            side = self.new if new else self.old
            if path in side.loose:
                yield path, side

    def _ids(self, swapped: frozenset[str]) -> list[str]:
        side = self.new if _REPORTS in swapped else self.old
        return sorted(side.entries)

    def _side_of_pdf(self, name: str, swapped: frozenset[str]) -> _Side:
        if name in self.old.entries and name in self.new.entries:
            return self.new if _BYTES in swapped else self.old
        return self.new if name in self.new.entries else self.old

    def _catalogue(self, tree: Path, swapped: frozenset[str]) -> None:
        """A catalogue of mixed origin: entries of one side, each with the file of the side that its bytes are from."""
        listed = []
        for name in self._ids(swapped):
            from_new = _CATALOGUE in swapped or name not in self.old.entries
            entry = dict((self.new if from_new else self.old).entries.get(name) or self.old.entries[name])
            side = self._side_of_pdf(name, swapped)
            entry.pop("file", None)
            if name in side.files:
                entry["file"] = side.files[name].removeprefix(f"{RAW}/")
            if "sha256" in entry and (digest := side.digest(name)):
                entry["sha256"] = digest
            listed.append(entry)
        text = yaml.safe_dump({"reports": listed}, allow_unicode=True, sort_keys=False)
        (tree / RAW).mkdir(parents=True, exist_ok=True)
        (tree / RAW / CATALOGUE).write_text(text, encoding="utf-8")
        (tree / RAW / CHECKSUMS).unlink(missing_ok=True)


def _failed(dataset: Path) -> frozenset[str]:
    from publish.reading import read

    reports = read(dataset, "reports")
    return frozenset(reports.loc[reports["status"] == "failed", "report_id"])


def _same(one: Path, other: Path) -> bool:
    return sha256_of(one / MANIFEST) == sha256_of(other / MANIFEST)
