"""Commands that build again: diff (why two builds differ), crate (pack a build), prove (make it anew)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from datetime import date
from pathlib import Path

from flows.crate import CrateError, pack, prove, strange_code, unpacked
from flows.errors import CommandError
from flows.inputs import Inputs, found_in, recalled
from flows.store import default_folder

Say = Callable[[str], None]
_WRONG_USAGE = 2
_NOTHING = 3


def difference(
    old: Path, new: Path, say: Say, *, as_json: bool, day: str | None, likely: bool, foreign_code: bool
) -> str:
    """What changed between two builds, for people, as JSON, or as a part of the data's changelog."""
    from publish.attribution import attributed
    from publish.diff import diff
    from publish.diff_text import changelog, summary
    from publish.reading import NotADataset

    if day is not None:
        _check_day(day)
    cache = default_folder() / "results"
    with ExitStack() as stack:
        before, first = _opened(stack, old, cache, foreign_code=foreign_code)
        after, second = _opened(stack, new, cache, foreign_code=foreign_code)
        try:
            found = diff(before, after)
        except NotADataset as error:
            raise CommandError(str(error), _WRONG_USAGE) from error
        if found and not likely:
            if isinstance(first, Inputs) and isinstance(second, Inputs):
                from flows.swaps import NotComparable, stages

                try:
                    on_the_way = stack.enter_context(stages((before, first), (after, second), cache, say))
                    found = attributed(found, [(stage.causes, stage.dataset) for stage in on_the_way])
                except NotComparable as error:
                    found = replace(found, unproved=str(error))
            else:
                found = replace(found, unproved="; ".join(why for why in (first, second) if isinstance(why, str)))
        if day is not None:
            return changelog(found, before, after, day)
        return found.to_json() if as_json else summary(found)


def _opened(stack: ExitStack, place: Path, cache: Path, *, foreign_code: bool) -> tuple[Path, Inputs | str]:
    """A build's dataset, and its inputs or why they are not to be had."""
    if (place / "datapackage.json").is_file():
        found = recalled(place, cache)
        return place, found or f"what {place} was made of is not in the cache; give its crate"
    if not place.is_file() and not (place / "ro-crate-metadata.json").is_file():
        raise CommandError(
            f"{place} holds no built dataset and is no crate; run `klachtenatlas build` or name its folder.",
            _WRONG_USAGE,
        )
    try:
        tree = stack.enter_context(unpacked(place))
    except CrateError as error:
        raise CommandError(str(error), _WRONG_USAGE) from error
    if not foreign_code and strange_code(tree):
        return tree / "dataset", f"{place} has another program in it than this one; allow it with --foreign-code"
    return tree / "dataset", found_in(tree)


def _check_day(day: str) -> None:
    try:
        date.fromisoformat(day)
    except ValueError as error:
        raise CommandError(f"--changelog {day}: give a day such as 2026-11-24.", _WRONG_USAGE) from error


def pack_crate(data: Path, out: Path, say: Say) -> None:
    """Packs the dataset in `data` with its inputs."""
    if not (data / "SHA256SUMS").is_file():
        raise CommandError(
            f"{data} holds no built dataset; run `klachtenatlas build` or name its folder.", _WRONG_USAGE
        )
    inputs = recalled(data, default_folder() / "results")
    if inputs is None:
        raise CommandError(
            f"It is not known here what {data} was made of. Run `klachtenatlas build --out {data}` first; where "
            "nothing changed it takes seconds and leaves the dataset as it is.",
            _NOTHING,
        )
    try:
        pack(data, inputs, out)
    except CrateError as error:
        raise CommandError(str(error), _NOTHING) from error
    say(f"{out} holds {data} and the {len(inputs.places)} files it was made of. `klachtenatlas prove {out}` proves it.")


def proof(file: Path, *, foreign_code: bool) -> tuple[str, bool]:
    """Whether the crate's dataset follows from the crate, with the sentence for a person."""
    if not file.exists():
        raise CommandError(f"{file} does not exist. Give a crate that `klachtenatlas crate` made.", _WRONG_USAGE)
    try:
        found = prove(file, foreign_code=foreign_code)
    except CrateError as error:
        raise CommandError(str(error), _NOTHING) from error
    return found.render(), bool(found)
