"""Publishes a dataset at Zenodo through its deposit API (https://developers.zenodo.org/#rest-api).

A deposition is a draft until it is published, and nobody but its owner sees it: files and metadata are completed and
compared with the dataset first, publishing is the last step. A draft of the same version that an earlier try left is
taken up again; a version that is published is left alone. Later versions are new versions of the same record, so that
the record's own DOI leads to the newest. What was published at Zenodo cannot be taken back.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import httpx

from publish.release import CannotPublish, Release, Sent

SITES = {"zenodo": "https://zenodo.org", "sandbox": "https://sandbox.zenodo.org"}
TOKEN = "ZENODO_TOKEN"  # noqa: S105 - the name of a variable
_PAGE = 100
_TRIES = 4
_AGAIN = frozenset({429, 500, 502, 503, 504})
_SECONDS = 120.0

Deposition = dict[str, Any]


def publish_to_zenodo(release: Release, site: str, token: str, *, draft: bool = False, pause: float = 2.0) -> Sent:
    """Publishes the dataset at `site` (the address of a Zenodo); with `draft`, leaves the last step to a person.

    `pause` is the number of seconds before the first new try of a request that failed. Raises CannotPublish.
    """
    with httpx.Client(base_url=site, headers={"Authorization": f"Bearer {token}"}, timeout=_SECONDS) as client:
        zenodo = _Zenodo(client, pause)
        mine = [each for each in zenodo.depositions() if each["metadata"].get("title") == release.card["title"]]
        for each in mine:
            if each["submitted"] and each["metadata"].get("version") == release.version:
                return Sent(f"{_address(each)}, version {release.version}", 0, len(release.files))
        deposition = _draft(zenodo, mine)
        zenodo.call("PUT", f"/api/deposit/depositions/{deposition['id']}", json={"metadata": _metadata(release)})
        sent, present = _files(zenodo, release, deposition["id"])
        if draft:
            return Sent(_address(deposition), sent, present, " It is a draft; look at it and publish it there.")
        done = zenodo.call("POST", f"/api/deposit/depositions/{deposition['id']}/actions/publish")
        return Sent(f"{_address(done)}, version {release.version}", sent or 1, present)


class _Zenodo:
    """Requests with new tries where the server is in trouble; raises CannotPublish with what the server said."""

    def __init__(self, client: httpx.Client, pause: float) -> None:
        self._client = client
        self._pause = pause

    def call(self, method: str, address: str, **given: Any) -> Any:
        """The JSON of the answer; None where it has none."""
        problem = ""
        for attempt in range(_TRIES):
            if attempt:
                time.sleep(self._pause * 2 ** (attempt - 1))
            try:
                answer = self._client.request(method, address, **given)
            except httpx.HTTPError as error:
                problem = str(error) or type(error).__name__
                continue
            if answer.status_code in _AGAIN:
                problem = f"status {answer.status_code}"
                continue
            if answer.status_code >= 400:
                raise CannotPublish(f"{method} {answer.url} was refused: {_said(answer)}")
            return answer.json() if answer.content else None
        raise CannotPublish(
            f"{method} {address} failed {_TRIES} times ({problem}). Run the same command again later; it goes on where "
            "it stopped."
        )

    def depositions(self) -> Iterator[Deposition]:
        """All depositions of the token's owner."""
        page = 1
        while found := self.call("GET", "/api/deposit/depositions", params={"size": _PAGE, "page": page}):
            yield from found
            if len(found) < _PAGE:
                return
            page += 1


def _said(answer: httpx.Response) -> str:
    hint = (
        f" Check {TOKEN}: it needs the scopes deposit:write and deposit:actions."
        if answer.status_code in (401, 403)
        else ""
    )
    try:
        told = answer.json()
        words = "; ".join([str(told.get("message", "")), *(str(e.get("message", "")) for e in told.get("errors", []))])
    except ValueError:
        words = answer.text[:200]
    return f"status {answer.status_code}, {words}.{hint}"


def _draft(zenodo: _Zenodo, mine: list[Deposition]) -> Deposition:
    """A draft to complete: the one that an earlier try left, else a new version of the record, else a new record."""
    for each in mine:
        if not each["submitted"]:
            return each
    published = sorted((each for each in mine if each["submitted"]), key=lambda each: int(each["id"]))
    if published:
        answer = zenodo.call("POST", f"/api/deposit/depositions/{published[-1]['id']}/actions/newversion")
        made: Deposition = zenodo.call("GET", answer["links"]["latest_draft"])
        return made
    new: Deposition = zenodo.call("POST", "/api/deposit/depositions", json={})
    return new


def _metadata(release: Release) -> dict[str, Any]:
    return {
        "title": release.card["title"],
        "upload_type": "dataset",
        "description": release.card["description"],
        "creators": [{"name": release.card["creator"]}],
        "access_right": "open",
        "license": release.card["licence"].lower(),
        "version": release.version,
        "publication_date": release.day,
        "keywords": list(release.keywords),
    }


def _files(zenodo: _Zenodo, release: Release, number: int) -> tuple[int, int]:
    """Makes the draft's files those of the dataset; how many were sent, how many were right already."""
    deposition = zenodo.call("GET", f"/api/deposit/depositions/{number}")
    there = {file["filename"]: file for file in deposition["files"]}
    sent = present = 0
    for name, file in sorted(there.items()):
        if name not in release.files:
            zenodo.call("DELETE", f"/api/deposit/depositions/{number}/files/{file['id']}")
    for name in sorted(release.files):
        content = release.content(name)
        # MD5 is what Zenodo tells of a file; it guards against accidents here, not against people.
        digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
        if name in there and there[name]["checksum"].removeprefix("md5:") == digest:
            present += 1
            continue
        answer = zenodo.call("PUT", f"{deposition['links']['bucket']}/{quote(name)}", content=content)
        if str(answer["checksum"]).removeprefix("md5:") != digest:
            raise CannotPublish(f"{name} did not arrive at Zenodo as it was sent. Run the same command again.")
        sent += 1
    return sent, present


def _address(deposition: Deposition) -> str:
    return str(deposition.get("doi_url") or deposition.get("links", {}).get("html") or deposition["id"])
