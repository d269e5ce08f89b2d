"""The stewards' page under a crowd and under attack: does it stay up, refuse what it must, and keep every decision?

    python -m benchmarks.steward.crowd [--clients 50] [--seconds 20]

Fifty clients look and decide at once against a server on loopback; beside them some send their headers one
byte at a time, bodies that are too large, foreign origins and hosts, broken requests. A second server listens as it
would for other machines, and strangers try wrong tokens on it. Afterwards the files of decisions are read again: each
answer that said "saved" must be found in them, and nothing else.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import os
import random
import re
import socket
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from benchmarks.steward.many import make
from benchmarks.steward.page import Server, load
from ontology.decisions import read

REFUSED = {
    "foreign origin": "403", "no origin": "403", "foreign host": "403", "oversized body": "413", "json": "400",
    "broken form": "400", "old version": "409", "no name": "303", "method": "405", "way out": "404",
    "no token": "401", "wrong token": "401", "wrong cookie": "401", "cookie cut off": "401", "token in a form": "401",
}  # fmt: skip
"""What must be answered to each attack; without a name a browser is sent to where it says one. A server that has read
enough of a body closes the connection, which a client that is still sending sees as an error."""
_CLOSED = ("BrokenPipeError", "ConnectionResetError")
CONCEPTS = ("subject:nuisance", "subject:waste", "subject:mobility.parking", "ground:attitude")


@dataclass
class Tally:
    """What came back, and what was said to be saved: (label id, author, concept)."""

    statuses: Counter[str] = field(default_factory=Counter)
    saved: list[tuple[str, str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, status: object) -> None:
        with self.lock:
            self.statuses[f"{kind} {status}"] += 1


def request(
    address: str, method: str, path: str, body: str | bytes = "", **headers: str
) -> tuple[int, dict[str, str], str]:
    """One request on a connection of its own."""
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.hostname or "", where.port, timeout=60)
    try:
        given = {"Host": where.netloc, "Origin": address, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(
            method, path, body or None, {**given, **{k.replace("_", "-"): v for k, v in headers.items()}}
        )
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read().decode("utf-8", "replace")
    finally:
        connection.close()


def steward(address: str, name: str, ids: list[str], until: float, tally: Tally, seed: int) -> None:
    """Looks at labels and decides, as fast as the page answers."""
    chance = random.Random(seed)
    cookie = f"klachtenatlas-author={name}"
    while time.monotonic() < until:
        item = chance.choice(ids)
        began = time.perf_counter()
        status, _, page = request(address, "GET", f"/label/{item}?status=all", Cookie=cookie)
        tally.note("label", status)
        version = re.search(r'name="version" value="(\w+)"', page)
        evidence = re.search(r'name="evidence" value="([^"]+)"', page)
        if not version or not evidence:
            continue
        concept = chance.choice(CONCEPTS)
        form = {"version": version[1], "evidence": evidence[1], "concept": concept, "body": "Stad Veel"}
        status, _, _ = request(address, "POST", f"/label/{item}/decide?status=all", urlencode(form), Cookie=cookie)
        with tally.lock:
            tally.times.append(time.perf_counter() - began)
            if status == 303:
                tally.saved.append((item, name, concept))
        tally.note("decide", status)


def attacker(address: str, item: str, until: float, tally: Tally) -> None:
    """What must be refused, over and over."""
    cookie, form = "klachtenatlas-author=Eve", urlencode({"concept": CONCEPTS[0], "evidence": "n0", "version": "x"})
    path = f"/label/{item}/decide"
    tries = {
        "foreign origin": lambda: request(address, "POST", path, form, Cookie=cookie, Origin="http://evil.example"),
        "no origin": lambda: request(address, "POST", path, form, Cookie=cookie, Origin="null"),
        "foreign host": lambda: request(address, "GET", "/", Host="rebound.example"),
        "oversized body": lambda: request(address, "POST", path, "a" * 3_000_000, Cookie=cookie),
        "json": lambda: request(address, "POST", path, "{}", Cookie=cookie, Content_Type="application/json"),
        "broken form": lambda: request(address, "POST", path, b"\xff=\xfe", Cookie=cookie),
        "old version": lambda: request(address, "POST", path, form, Cookie=cookie),
        "no name": lambda: request(address, "POST", path, form),
        "method": lambda: request(address, "DELETE", path),
        "way out": lambda: request(address, "GET", "/static/..%2fapp.py"),
    }
    while time.monotonic() < until:
        for kind, attempt in tries.items():
            try:
                tally.note(kind, attempt()[0])
            except (OSError, http.client.HTTPException) as error:  # refused while it was still sending
                tally.note(kind, type(error).__name__)
        time.sleep(0.05)


def stranger(address: str, token: str, until: float, tally: Tally) -> None:
    """Who has no token, or another one, at a server that listens for other machines."""
    path, form = (
        "/label/x/decide",
        urlencode({"concept": CONCEPTS[0], "evidence": "n0", "version": "x", "token": token}),
    )
    who = "klachtenatlas-author=Eve"
    tries = {
        "no token": lambda: request(address, "POST", path, form, Cookie=who),
        "wrong token": lambda: request(address, "GET", f"/?token={token[::-1]}x"),
        "wrong cookie": lambda: request(address, "GET", "/", Cookie=f"{who}; klachtenatlas-token={'x' * len(token)}"),
        "cookie cut off": lambda: request(address, "GET", "/", Cookie=f"klachtenatlas-token={token[:-1]}"),
        "token in a form": lambda: request(address, "POST", path, form, Cookie=who),
    }
    while time.monotonic() < until:
        for kind, attempt in tries.items():
            tally.note(kind, attempt()[0])
        tally.note("right token", request(address, "GET", "/", Cookie=f"{who}; klachtenatlas-token={token}")[0])
        time.sleep(0.05)


def unexpected(tally: Tally) -> list[str]:
    """Attacks that were answered otherwise than they must be, and kinds that were never tried."""
    seen: dict[str, dict[str, int]] = {}
    for told, count in tally.statuses.items():
        kind, _, status = told.rpartition(" ")
        seen.setdefault(kind, {})[status] = count
    allowed = {kind: ({status, *_CLOSED} if status == "413" else {status}) for kind, status in REFUSED.items()}
    wrong = [f"{kind} was never tried" for kind in allowed if kind not in seen]
    wrong += [
        f"{kind}: {status} {count} times"
        for kind, may in allowed.items()
        for status, count in seen.get(kind, {}).items()
        if status not in may
    ]
    return wrong + ([] if set(seen.get("right token", {})) == {"200"} else ["the right token was refused"])


def dawdler(address: str, until: float, tally: Tally) -> None:
    """Opens a connection and sends a byte a second."""
    where = urlsplit(address)
    with contextlib.suppress(OSError), socket.create_connection((where.hostname, where.port)) as slow:
        for letter in f"POST /who HTTP/1.1\r\nHost: {where.netloc}\r\nContent-Length: 900\r\n\r\nauthor=slow":
            if time.monotonic() > until:
                break
            slow.sendall(letter.encode())
            time.sleep(0.4)
    tally.note("slow", "ended")


def run(folder: Path, clients: int, seconds: float) -> tuple[Tally, list[str]]:
    """What came back, and what is wrong with the files afterwards."""
    make(folder / "raw", folder / "data", 400)
    server = Server(folder / "data", folder / "raw", folder / "decisions")
    os.environ["KLACHTENATLAS_REVIEW_TOKEN"] = token = "a-token-of-this-run-alone"
    away = Server(folder / "data", folder / "raw", folder / "away", "--host", "0.0.0.0")
    port = urlsplit(away.address).port
    tally = Tally()
    try:
        _, _, page = request(server.address, "GET", "/?status=all", Cookie="klachtenatlas-author=me")
        ids = re.findall(r'href="/label/(\w+)\?', page)[:60]
        until = time.monotonic() + seconds
        threads = [
            threading.Thread(target=steward, args=(server.address, f"S{n}", ids, until, tally, n))
            for n in range(clients)
        ]
        threads += [threading.Thread(target=attacker, args=(server.address, ids[0], until, tally)) for _ in range(3)]
        threads += [
            threading.Thread(target=stranger, args=(f"http://127.0.0.1:{port}", token, until, tally)) for _ in range(3)
        ]
        threads += [threading.Thread(target=dawdler, args=(server.address, until, tally)) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        wrong = ["a server ended" for one in (server, away) if one.process.poll() is not None]
        status, _, _ = request(server.address, "GET", "/", Cookie="klachtenatlas-author=me")
        wrong += [] if status == 200 else [f"the list answered {status} afterwards"]
    finally:
        server.kill()
        away.kill()
    strange = [f"a stranger wrote {path.name}" for path in (folder / "away").glob("*.sssom.tsv") if list(read(path))]
    return tally, [*wrong, *unexpected(tally), *strange, *lost(folder / "decisions", tally)]


def lost(decisions: Path, tally: Tally) -> list[str]:
    """Decisions that were said to be saved and are not in the files, or the other way round."""
    rows = list(read(decisions / "veel.sssom.tsv"))
    aside = decisions / "veel.aside.tsv"
    moved = aside.read_text(encoding="utf-8").splitlines()[1:] if aside.exists() else []
    kept = Counter((d.author, d.concept) for d in rows)
    kept.update((cells[9], cells[6]) for cells in (line.split("\t") for line in moved) if cells[0] == "superseded")
    said = Counter((name, concept) for _, name, concept in tally.saved)
    found = [f"lost: {key} {n} times" for key, n in (said - kept).items()]
    return found + [f"nobody was told: {key} {n} times" for key, n in (kept - said).items()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        tally, wrong = run(Path(folder), given.clients, given.seconds)
    for kind, count in sorted(tally.statuses.items()):
        print(f"{kind:32} {count}")
    tally.times.sort()
    print(f"{len(tally.saved)} decisions saved by {given.clients} clients in {given.seconds:g} s")
    print(f"look and decide: median {tally.times[len(tally.times) // 2]:.2f} s, worst {tally.times[-1]:.2f} s")
    print("\n".join(wrong) or "every decision that was said to be saved is in the files, and no other")
    print(load())


if __name__ == "__main__":
    main()
