"""Serves the stewards' page on this machine, or elsewhere behind a token."""

from __future__ import annotations

import os
import secrets
import socket
import sys
import threading
import webbrowser
from pathlib import Path

from review.security import Rules, is_loopback

TOKEN_VARIABLE = "KLACHTENATLAS_REVIEW_TOKEN"  # noqa: S105 - a name, not a secret


_AT_ONCE = 250
"""Connections at one time; more are answered with 503. A browser opens six, so this is forty stewards."""


class CannotServe(OSError):
    """The address is taken or not this machine's; the message says what to do."""


def serve(
    data: Path,
    raw: Path,
    *,
    port: int = 8765,
    host: str = "127.0.0.1",
    decisions: Path | None = None,
    browse: bool = True,
    second_opinions: bool = False,
) -> None:
    """Serves the page until it is stopped. `port` 0 takes any free one; raises CannotServe.

    Off loopback every request must carry a token: that of the environment variable KLACHTENATLAS_REVIEW_TOKEN, or one
    made up at the start and printed.
    """
    import uvicorn  # noqa: PLC0415 - half a second, not for those who import this module to test it

    from ontology.decisions import FOLDER  # noqa: PLC0415
    from review.app import create_app  # noqa: PLC0415
    from review.desk import Desk  # noqa: PLC0415

    listening = listen(host, port)
    bound = int(listening.getsockname()[1])
    token = None if is_loopback(host) else os.environ.get(TOKEN_VARIABLE) or secrets.token_urlsafe(24)
    desk = Desk(data, raw, decisions or FOLDER, second_opinions=second_opinions)
    app = create_app(desk, rules_for(host, bound, token))
    desk.start()
    address = f"http://{shown(host)}:{bound}/" + (f"?token={token}" if token else "")
    print(
        f"The stewards' page: {address}\nStop it with Ctrl-C; every decision is saved at once.",
        file=sys.stderr,
        flush=True,
    )
    if browse and is_loopback(host) and sys.stderr.isatty():
        threading.Timer(0.3, webbrowser.open, [address]).start()
    config = uvicorn.Config(
        app, log_level="warning", lifespan="off", timeout_graceful_shutdown=2, limit_concurrency=_AT_ONCE
    )
    server = uvicorn.Server(config)
    try:
        server.run(sockets=[listening])
    finally:
        desk.close()


def rules_for(host: str, port: int, token: str | None) -> Rules:
    """Under which names the page answers when it listens on `host` and `port`."""
    if is_loopback(host):
        return Rules(frozenset(f"{name}:{port}" for name in ("127.0.0.1", "localhost", "[::1]", host.lower())), token)
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound; the token guards it
        return Rules(None, token)
    return Rules(frozenset({f"[{host}]:{port}" if ":" in host else f"{host.lower()}:{port}"}), token)


def shown(host: str) -> str:
    """How `host` is written in an address that a person may open."""
    return "localhost" if host in ("0.0.0.0", "::") else f"[{host}]" if ":" in host else host  # noqa: S104


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; raises CannotServe."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(family, kind, protocol)
        if sys.platform != "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
        listening.listen(64)
    except OSError as error:
        raise CannotServe(
            f"{host}, port {port}, cannot be used: {error.strerror}. Give another one (--port 0 takes any free one)."
        ) from error
    return listening
