"""What the default install brings along: `python scripts/release/supply_chain.py licences|sbom FILE`.

`licences` fails for a package under the GPL or AGPL, and for one whose licence its metadata do not tell. `sbom` cuts a
CycloneDX document of the whole environment down to what the default install needs, without the tools for development.
"""

from __future__ import annotations

import json
import re
import sys
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = "klachtenatlas"
_FORBIDDEN = re.compile(r"(?<![A-Za-z])A?GPL|Affero|(?<!Lesser )(?<!Library )General Public License", re.IGNORECASE)
_LOOKED_UP = {"text-unidecode": "Artistic-1.0-Perl OR GPL-1.0-or-later"}  # a choice, told as two classifiers
"""Licences of packages whose metadata are silent, or leave open whether both or either holds; read by a person in their
distribution: name and SPDX expression."""


def closure(project: str = PROJECT) -> dict[str, metadata.Distribution]:
    """The installed distributions that `project` needs without extras, by canonical name; without the project."""
    found: dict[str, metadata.Distribution] = {}
    todo = [Requirement(project)]
    while todo:
        wanted = todo.pop()
        name = canonicalize_name(wanted.name)
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # for another system or Python, or an extra nobody installed
        new = name not in found
        found[name] = distribution
        for line in distribution.requires or ():
            requirement = Requirement(line)
            extras = wanted.extras or {""}
            needed = requirement.marker is None or any(requirement.marker.evaluate({"extra": e}) for e in extras)
            known = canonicalize_name(requirement.name) in found and not requirement.extras
            if needed and not known and (new or wanted.extras):
                todo.append(requirement)
    found.pop(canonicalize_name(project), None)
    return dict(sorted(found.items()))


def licence_of(distribution: metadata.Distribution) -> str:
    """The licence as the metadata tell it: SPDX expression, else classifiers, else the field's first line."""
    about = distribution.metadata
    if expression := about.get("License-Expression"):
        return str(expression)
    classifiers = [c.rpartition(" :: ")[2] for c in about.get_all("Classifier") or () if c.startswith("License ::")]
    told = [c for c in classifiers if c != "OSI Approved"]
    if told:
        return " AND ".join(told)
    lines = str(about.get("License") or "").strip().splitlines()
    return lines[0][:120] if lines and lines[0].upper() != "UNKNOWN" else ""


def objection(name: str, licence: str) -> str | None:
    """Why a package with this licence may not be in the default install; None where it may."""
    if not licence:
        return (
            f"{name} does not tell its licence; read it in the distribution and name it in _LOOKED_UP, or do without."
        )
    alternatives = re.split(r"\s+OR\s+", licence.strip("()"))
    if all(_FORBIDDEN.search(one) for one in alternatives):
        return f"{name} is under {licence}; the default install takes nothing under the GPL or AGPL."
    return None


def licences() -> int:
    """Prints what may not come along; gives the exit status."""
    found = {name: _LOOKED_UP.get(name) or licence_of(one) for name, one in closure().items()}
    objections = [said for name, licence in found.items() if (said := objection(name, licence))]
    for said in objections:
        print(said, file=sys.stderr)
    print(f"{len(found)} packages in the default install, {len(objections)} with an objection.")
    return 1 if objections or len(found) < 20 else 0  # fewer were looked at than the project asks for itself


def sbom(path: Path) -> int:
    """Cuts the CycloneDX document at `path` down to the default install; gives the exit status."""
    document = json.loads(path.read_text(encoding="utf-8"))
    needed = set(closure())
    kept = [c for c in document.get("components", ()) if canonicalize_name(c["name"]) in needed]
    refs = {c["bom-ref"] for c in kept} | {document["metadata"]["component"]["bom-ref"]}
    document["components"] = kept
    document["dependencies"] = [
        {**d, "dependsOn": sorted(r for r in d.get("dependsOn", ()) if r in refs)}
        for d in document.get("dependencies", ())
        if d["ref"] in refs
    ]
    path.write_text(json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{path}: {len(kept)} packages")
    return 0 if len(kept) == len(needed) else 1


if __name__ == "__main__":
    sys.exit(licences() if sys.argv[1:] == ["licences"] else sbom(Path(sys.argv[2])))
