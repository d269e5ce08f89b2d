"""Looks at PDFs that have no catalogue entry, so that they are read all the same."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from extractors.sandbox import Glance, ReadFailure, Sandbox
from flows.assemble import Failure
from flows.catalogue import Source
from flows.infer import Body, infer_entry
from flows.store import Store, code_version, key_of, library_version


def inferred_source(
    path: Path, root: Path, sha256: str, known: Sequence[Body], sandbox: Sandbox, store: Store
) -> Source | Failure:
    """The PDF at `path` with an entry made up from itself, or why it could not be opened (then from its name).

    `known` are the catalogue's bodies, one of which may have published it.
    """
    key = key_of(
        "glance",
        sha256,
        code_version("extractors/sandbox.py", "extractors/pdfium.py", "extractors/scans"),
        library_version(),
    )
    kept = store.get(key)
    if kept is None:
        answer = sandbox.glance(path)
        if isinstance(answer, ReadFailure):
            entry = infer_entry(path, root, sha256, Glance(0, None, ""))
            return Failure(entry.id, answer.reason, entry, sha256)
        store.put(key, json.dumps(asdict(answer)).encode())
        glance = answer
    else:
        glance = Glance(**json.loads(kept))
    return Source(infer_entry(path, root, sha256, glance, known), path, sha256)
