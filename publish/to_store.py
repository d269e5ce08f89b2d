"""Publishes a dataset to an object store (S3 and what fsspec knows): a folder a version, and a pointer to the newest.

A store has no step that changes many files at once. So the order says when a dataset is there: first its files, then
its manifest (`SHA256SUMS`), then `latest.json`, each written as a whole. Whoever follows `latest.json`, or takes a
version only when its manifest is there, never meets half a dataset. Files that are there already with the right bytes
are not sent again, so a publication that broke off goes on where it stopped.
"""

from __future__ import annotations

import hashlib
import json
from typing import Any

import fsspec

from publish.folder import MANIFEST
from publish.release import CannotPublish, Release, Sent

POINTER = "latest.json"
_BLOCK = 1 << 20


def publish_to_store(release: Release, address: str, options: dict[str, Any] | None = None) -> Sent:
    """Puts the dataset below `address` (`s3://bucket/folder`); `options` are those of the fsspec file system.

    Raises CannotPublish. Credentials are those that the store's own tools use (for S3 the usual variables and files).
    """
    try:
        files, root = fsspec.core.url_to_fs(address.rstrip("/"), **(options or {}))
    except (ImportError, ValueError) as error:
        raise CannotPublish(
            f"{address} cannot be opened: {error}. For S3 run `pip install 'klachtenatlas[s3]'`."
        ) from error
    try:
        return _sent(release, files, root, address.rstrip("/"))
    except OSError as error:
        raise CannotPublish(
            f"{address} did not take everything: {error}. Run the same command again; it goes on where it stopped."
        ) from error


def _sent(release: Release, files: Any, root: str, address: str) -> Sent:
    folder = f"{root}/{release.version}"
    files.invalidate_cache()
    manifest = release.content(MANIFEST)
    if files.exists(f"{folder}/{MANIFEST}") and files.cat_file(f"{folder}/{MANIFEST}") != manifest:
        raise CannotPublish(
            f"{address}/{release.version} holds another dataset under the same version. A version is never changed: "
            "remove that folder first if it was a mistake."
        )
    files.makedirs(folder, exist_ok=True)
    sent = present = 0
    for name in (*sorted(set(release.files) - {MANIFEST}), MANIFEST):
        place = f"{folder}/{name}"
        if _holds(files, place, release.folder.joinpath(name).stat().st_size, release.files[name]):
            present += 1
            continue
        files.pipe_file(place, release.content(name))
        if not _holds(files, place, None, release.files[name]):
            raise CannotPublish(f"{place} is not what was sent. Run the same command again.")
        sent += 1
    pointer = {"version": release.version, "released": release.day, "path": f"{release.version}/", "manifest": MANIFEST}
    text = (json.dumps(pointer, indent=2) + "\n").encode()
    if not files.exists(f"{root}/{POINTER}") or files.cat_file(f"{root}/{POINTER}") != text:
        files.pipe_file(f"{root}/{POINTER}", text)
        sent += 1
    return Sent(f"{address}/{release.version}", sent, present)


def _holds(files: Any, place: str, size: int | None, sha256: str) -> bool:
    try:
        found = files.info(place, refresh=True) if size is not None and _refreshes(files) else files.info(place)
    except FileNotFoundError:
        return False
    if size is not None and found.get("size") != size:
        return False
    digest = hashlib.sha256()
    with files.open(place, "rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest() == sha256


def _refreshes(files: Any) -> bool:
    protocols = files.protocol if isinstance(files.protocol, tuple | list) else (files.protocol,)
    return "s3" in protocols
