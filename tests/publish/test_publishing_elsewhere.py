"""Publishing to a git repository, an S3 store and Zenodo: done twice it is done once, broken off it goes on, and nobody
sees half of it. The store is moto's own server, Zenodo a stand-in that keeps to the documented deposit API."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pandas as pd
import pytest

from publish import write_dataset
from publish.release import CannotPublish, release
from publish.to_git import publish_to_git
from publish.to_store import publish_to_store
from publish.to_zenodo import publish_to_zenodo


@pytest.fixture(scope="module")
def later(tables: dict[str, pd.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A later version: a licence more, a file (the scheme) fewer."""
    folder = tmp_path_factory.mktemp("later") / "normalized"
    write_dataset({**tables, "reports": tables["reports"].assign(licence="CC0-1.0")}, folder)
    return folder


def test_a_damaged_dataset_is_not_published(dataset: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(dataset, copy)
    (copy / "cases.csv").write_text("a\n")
    with pytest.raises(CannotPublish, match=r"cases\.csv is missing or is not what SHA256SUMS says"):
        release(copy)


# git


def git(repository: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", repository, *arguments], check=True, capture_output=True, text=True).stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git(tmp_path, "init", "--bare", "--quiet", "r.git")
    return tmp_path / "r.git"


def test_a_version_becomes_a_tag_once_with_the_dataset_and_nothing_else(dataset: Path, repository: Path) -> None:
    ready = release(dataset)
    first, second = (publish_to_git(ready, str(repository)) for _ in range(2))
    assert (first.sent, second.sent) == (len(ready.files), 0)
    tag = f"dataset-v{ready.version}"
    assert git(repository, "tag").split() == [tag]
    assert set(git(repository, "ls-tree", "--name-only", tag).split()) == set(ready.files)
    content = subprocess.run(["git", "-C", repository, "show", f"{tag}:cases.parquet"], check=True, capture_output=True)
    assert content.stdout == ready.content("cases.parquet")


def test_a_tag_with_other_files_is_never_moved(dataset: Path, later: Path, repository: Path) -> None:
    ready, other = release(dataset), release(later)
    publish_to_git(other, str(repository))
    git(repository, "tag", f"dataset-v{ready.version}", f"dataset-v{other.version}")
    with pytest.raises(CannotPublish, match="with other files"):
        publish_to_git(ready, str(repository))


def test_a_repository_that_cannot_be_reached_is_named_by_git(dataset: Path, tmp_path: Path) -> None:
    with pytest.raises(CannotPublish, match="git ls-remote failed"):
        publish_to_git(release(dataset), str(tmp_path / "absent.git"))


# an S3-compatible store


@pytest.fixture(scope="module")
def s3() -> Iterator[dict[str, Any]]:
    """The options of a running S3 server with a bucket `atlas`."""
    from moto.server import ThreadedMotoServer
    from s3fs import S3FileSystem

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    options = {"key": "k", "secret": "s", "endpoint_url": f"http://{host}:{port}", "skip_instance_cache": True}
    S3FileSystem(**options).mkdir("atlas")
    yield options
    server.stop()


def listed(s3: dict[str, Any], folder: str) -> dict[str, bytes]:
    from s3fs import S3FileSystem

    files = S3FileSystem(**s3)
    return {path.removeprefix(f"{folder}/"): files.cat_file(path) for path in files.find(folder)}


def test_a_store_gets_each_file_once_and_a_pointer_to_the_newest(
    dataset: Path, later: Path, s3: dict[str, Any]
) -> None:
    ready, other = release(dataset), release(later)
    first, second = (publish_to_store(ready, "s3://atlas/once", s3) for _ in range(2))
    assert (first.sent, first.present) == (len(ready.files) + 1, 0)
    assert (second.sent, second.present) == (0, len(ready.files))
    publish_to_store(other, "s3://atlas/once", s3)
    found = listed(s3, "atlas/once")
    assert {name for name in found if name.startswith(ready.version)} == {f"{ready.version}/{n}" for n in ready.files}
    assert found[f"{ready.version}/observations.csv"] == ready.content("observations.csv")
    assert json.loads(found["latest.json"])["version"] == other.version


def test_until_all_files_are_there_nothing_points_at_them_and_the_next_try_goes_on(
    dataset: Path, s3: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from s3fs import S3FileSystem

    ready, pipe, put = release(dataset), S3FileSystem.pipe_file, []

    def breaks_off(self: S3FileSystem, path: str, *given: object, **named: object) -> object:
        if len(put) == 5:
            raise OSError("connection lost")
        put.append(path)
        return pipe(self, path, *given, **named)

    with monkeypatch.context() as patch:
        patch.setattr(S3FileSystem, "pipe_file", breaks_off)
        with pytest.raises(CannotPublish, match=r"connection lost.*goes on where it stopped"):
            publish_to_store(ready, "s3://atlas/broken", s3)
    half = listed(s3, "atlas/broken")
    assert len(half) == 5
    assert not any(name.endswith(("SHA256SUMS", "latest.json")) for name in half)
    whole = publish_to_store(ready, "s3://atlas/broken", s3)
    assert (whole.sent, whole.present) == (len(ready.files) - 5 + 1, 5)


def test_another_dataset_under_the_same_version_is_refused(dataset: Path, s3: dict[str, Any]) -> None:
    from s3fs import S3FileSystem

    ready = release(dataset)
    S3FileSystem(**s3).pipe_file(f"atlas/taken/{ready.version}/SHA256SUMS", b"other")
    with pytest.raises(CannotPublish, match="another dataset under the same version"):
        publish_to_store(ready, "s3://atlas/taken", s3)


# Zenodo


class StandIn(BaseHTTPRequestHandler):
    """The part of Zenodo's deposit API that is used, as documented; `server.trouble` counts requests to be failed."""

    server: Zenodo

    def log_message(self, *_: object) -> None:
        pass

    def answer(self, status: int, content: object = None) -> None:
        body = b"" if content is None else json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_request(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.log.append(f"{self.command} {self.path}")
        if self.server.trouble:
            self.server.trouble -= 1
            return self.answer(503)
        if self.headers["Authorization"] != "Bearer token":
            return self.answer(401, {"message": "unauthorised"})
        return self.answer(*self.server.handled(self.command, self.path, body))

    do_GET = do_POST = do_PUT = do_DELETE = handle_request


class Zenodo(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), StandIn)
        self.address = f"http://127.0.0.1:{self.server_port}"
        self.held: dict[int, dict[str, Any]] = {}
        self.stored: dict[int, dict[str, bytes]] = {}
        self.log: list[str] = []
        self.trouble = 0
        self.most_files: int | None = None

    def told(self, number: int) -> dict[str, Any]:
        files = [
            {"id": f"f-{name}", "filename": name, "checksum": hashlib.md5(data).hexdigest(), "filesize": len(data)}
            for name, data in self.stored[number].items()
        ]
        links = {"bucket": f"{self.address}/api/files/{number}", "html": f"{self.address}/deposit/{number}"}
        return {**self.held[number], "files": files, "links": {**links, **self.held[number].get("links", {})}}

    def new(self, files: dict[str, bytes], metadata: dict[str, Any]) -> int:
        number = len(self.held) + 1
        self.held[number] = {"id": number, "submitted": False, "metadata": metadata}
        self.stored[number] = files
        return number

    def handled(self, method: str, path: str, body: bytes) -> tuple[int, object]:
        url = urlsplit(path)
        parts = [unquote(part) for part in url.path.strip("/").split("/")]
        if parts[:2] == ["api", "files"]:
            number = int(parts[2])
            if self.held[number]["submitted"]:
                return 403, {"message": "published"}
            if self.most_files is not None and len(self.stored[number]) >= self.most_files:
                return 400, {"message": "broken off"}
            self.stored[number][parts[3]] = body
            return 201, {"key": parts[3], "checksum": f"md5:{hashlib.md5(body).hexdigest()}"}
        rest = parts[3:]
        if not rest and method == "GET":
            query = parse_qs(url.query)
            size, page = int(query["size"][0]), int(query["page"][0])
            return 200, [self.told(n) for n in list(self.held)[(page - 1) * size : page * size]]
        if not rest:
            return 201, self.told(self.new({}, {"title": ""}))
        number = int(rest[0])
        if rest[1:] == ["actions", "newversion"]:
            made = self.new(dict(self.stored[number]), {**self.held[number]["metadata"]})
            self.held[number]["links"] = {"latest_draft": f"{self.address}/api/deposit/depositions/{made}"}
            return 201, self.told(number)
        if rest[1:] == ["actions", "publish"]:
            self.held[number] |= {"submitted": True, "doi_url": f"https://doi.org/10.5072/zenodo.{number}"}
            return 202, self.told(number)
        if rest[1:2] == ["files"] and method == "DELETE":
            del self.stored[number][rest[2].removeprefix("f-")]
            return 204, None
        if method == "PUT":
            self.held[number]["metadata"] = json.loads(body)["metadata"]
        return 200, self.told(number)


@pytest.fixture
def zenodo() -> Iterator[Zenodo]:
    server = Zenodo()
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def contents(dataset: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in dataset.iterdir()}


def test_a_record_is_published_once_and_later_versions_belong_to_it(dataset: Path, later: Path, zenodo: Zenodo) -> None:
    first, second = (publish_to_zenodo(release(dataset), zenodo.address, "token", pause=0) for _ in range(2))
    assert "doi.org/10.5072/zenodo.1" in first.where and (second.sent, "zenodo.1" in second.where) == (0, True)
    assert zenodo.stored[1] == contents(dataset)
    assert zenodo.held[1]["metadata"]["version"] == release(dataset).version
    publish_to_zenodo(release(later), zenodo.address, "token", pause=0)
    assert list(zenodo.held) == [1, 2] and zenodo.stored[2] == contents(later), "a file that is gone is gone there too"
    assert any("actions/newversion" in line for line in zenodo.log)


def test_what_broke_off_is_a_draft_that_the_next_try_completes(dataset: Path, zenodo: Zenodo) -> None:
    zenodo.most_files = 4
    with pytest.raises(CannotPublish, match="broken off"):
        publish_to_zenodo(release(dataset), zenodo.address, "token", pause=0)
    assert not zenodo.held[1]["submitted"] and len(zenodo.stored[1]) == 4
    zenodo.most_files = None
    done = publish_to_zenodo(release(dataset), zenodo.address, "token", pause=0)
    assert done.present == 4 and list(zenodo.held) == [1] and zenodo.held[1]["submitted"]
    assert zenodo.stored[1] == contents(dataset)


def test_a_draft_waits_for_a_person(dataset: Path, zenodo: Zenodo) -> None:
    said = publish_to_zenodo(release(dataset), zenodo.address, "token", draft=True, pause=0).sentence()
    assert not zenodo.held[1]["submitted"] and "It is a draft" in said


def test_a_server_in_trouble_is_asked_again_and_a_wrong_token_is_explained(dataset: Path, zenodo: Zenodo) -> None:
    zenodo.trouble = 2
    assert publish_to_zenodo(release(dataset), zenodo.address, "token", pause=0).sent
    zenodo.trouble = 99
    with pytest.raises(CannotPublish, match=r"failed 4 times \(status 503\)"):
        publish_to_zenodo(release(dataset), zenodo.address, "token", pause=0)
    zenodo.trouble = 0
    with pytest.raises(CannotPublish, match="ZENODO_TOKEN"):
        publish_to_zenodo(release(dataset), zenodo.address, "wrong", pause=0)
