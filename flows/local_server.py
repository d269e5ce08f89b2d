"""A Prefect server for the length of one build or schedule, for those who run none of their own.

Prefect 3 runs no flow without a server. Its own ephemeral one migrates a new database at each fresh start, runs
services that a build does not need and prints their errors when it is stopped. This one is started before anything
else, so that it comes up while the build's own imports run; it works on a copy of a database that was migrated once,
talks to nobody but this process, and is thrown away. Whoever sets PREFECT_API_URL uses that server and this module does
nothing.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

from flows.errors import CommandError
from schemas.files import Scratch

_START_SECONDS = 120.0
"""How long the server may take to come up: it needs about ten seconds of processor time, more on a busy machine."""

_ANSWER_SECONDS = 10.0
"""How long a server that is not ours may take to answer."""

_LOCAL = "KLACHTENATLAS_LOCAL_SERVER"

_QUIET = {
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_INTERNAL_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_TO_API_ENABLED": "false",
    "PREFECT_CLI_PROMPT": "false",
    "DO_NOT_TRACK": "1",
}
"""For both sides: the build prints its own progress; the server is gone before anybody could look at its logs."""

_SERVER = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_UI_ENABLED": "false",
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_ENABLED": "false",
}
"""What a build makes no use of: automations, the web interface, block types, events."""
_FLEETING = {"PREFECT__SERVER_EPHEMERAL": "1", "PREFECT__SERVER_FINAL": "1"}
"""A server for one build schedules nothing, either."""


class ServerError(CommandError):
    """No server answers; the message says why and what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message, 3)


@contextlib.contextmanager
def prefect_server(cache: Path) -> Iterator[LocalServer | None]:
    """Sets the environment for Prefect and starts a server in the background; enter this before Prefect is imported.

    Gives None when PREFECT_API_URL names a server already, which must answer. `cache` keeps the migrated
    database for the next time.
    """
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    if url := os.environ.get("PREFECT_API_URL"):
        _require_answer(url)
        yield None
        return
    server = LocalServer(cache)
    try:
        yield server
    finally:
        server.stop()


@contextlib.contextmanager
def lasting_server(cache: Path) -> Iterator[LocalServer | None]:
    """A server whose runs are kept in `cache` from one time to the next, for schedules; None when PREFECT_API_URL names
    one. Enter this before Prefect is imported.
    """
    os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
    if url := os.environ.get("PREFECT_API_URL"):
        _require_answer(url)
        yield None
        return
    server = LocalServer(cache, home=cache / "prefect")
    try:
        server.wait()
        yield server
    finally:
        server.stop()


def _require_answer(url: str) -> None:
    """Raises ServerError when nobody answers there; a server that is just being started gets a while for it."""
    import httpx

    until = time.monotonic() + _ANSWER_SECONDS
    while True:
        try:
            httpx.get(f"{url.rstrip('/')}/health", timeout=5)
            return  # whatever it says: it may want a password for that
        except httpx.HTTPError as error:
            if time.monotonic() > until:
                raise ServerError(
                    f"No Prefect server answers at {url} (PREFECT_API_URL): {error}. Start it with `prefect server "
                    "start`, or unset PREFECT_API_URL: then one is started for this run alone."
                ) from error
        time.sleep(0.5)


def local_server_runs() -> bool:
    """Whether Prefect talks to a server of this module, whose records nobody will see."""
    return _LOCAL in os.environ


class LocalServer:
    """A server process with its own database and password. `wait` returns once it answers."""

    def __init__(self, cache: Path, home: Path | None = None) -> None:
        self._kept = home is not None
        self._scratch: Scratch | None = None
        if home is None:
            self._scratch = Scratch("prefect")
            home = self._scratch.path
        home.mkdir(parents=True, exist_ok=True)
        self._folder = home
        self._log = self._folder / "server.log"
        self._database = self._folder / "prefect.db"
        self._template = cache / f"prefect-{version('prefect')}.db"
        self._migrated = False if self._kept else self._copy_template()
        self._process = self._start()
        self._before = {name: os.environ.get(name) for name in self._settings()}
        os.environ.update(self._settings())

    def _settings(self) -> dict[str, str]:
        return {
            **_QUIET,
            **({} if self._kept else {_LOCAL: "1"}),
            "PREFECT_HOME": str(self._folder),
            "PREFECT_API_URL": self.url,
            "PREFECT_API_AUTH_STRING": f"build:{self._password}",
        }

    def _copy_template(self) -> bool:
        with contextlib.suppress(OSError):
            shutil.copyfile(self._template, self._database)
            return True
        return False

    def _keep_template(self) -> None:
        """Keeps the migrated, still empty database for the next build: migrating costs several seconds."""
        if self._migrated or self._kept:
            return
        with contextlib.suppress(OSError, sqlite3.Error):
            self._template.parent.mkdir(parents=True, exist_ok=True)
            unfinished = self._folder / "template.db"
            with (
                contextlib.closing(sqlite3.connect(self._database)) as live,
                contextlib.closing(sqlite3.connect(unfinished)) as copy,
            ):
                live.backup(copy)
            shutil.move(unfinished, self._template)

    def _start(self) -> subprocess.Popen[bytes]:
        self._password = secrets.token_urlsafe(16)
        with socket.create_server(("127.0.0.1", 0)) as taken:
            self._port = taken.getsockname()[1]
        given = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
        environment = {
            **given,
            **_QUIET,
            **_SERVER,
            **({} if self._kept else _FLEETING),
            "PREFECT_HOME": str(self._folder),
            "PREFECT_SERVER_API_AUTH_STRING": f"build:{self._password}",
            "PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{self._database}",
            "PREFECT_API_DATABASE_MIGRATE_ON_START": "false" if self._migrated else "true",
        }
        with self._log.open("wb") as log:
            return subprocess.Popen(  # noqa: S603 - this interpreter, this module
                [sys.executable, "-m", "flows.local_server", str(self._port)],
                env=environment,
                stdin=subprocess.PIPE,  # closed when this process ends, however it ends: the server's sign to end too
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is for the build, which then stops the server itself
            )

    @property
    def url(self) -> str:
        """The address of its API."""
        return f"http://127.0.0.1:{self._port}/api"

    def wait(self) -> None:
        """Blocks until the server answers; raises ServerError when it does not."""
        import httpx

        until = time.monotonic() + _START_SECONDS
        url = f"http://127.0.0.1:{self._port}/api/health"
        with httpx.Client(trust_env=False, auth=("build", self._password)) as client:
            while time.monotonic() < until and self._process.poll() is None:
                with contextlib.suppress(httpx.TransportError):
                    if client.get(url, timeout=5).status_code == 200:
                        self._keep_template()
                        return
                time.sleep(0.05)
        said = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-3:]
        raise ServerError(
            f"Prefect's local server did not come up ({' / '.join(said) or 'it said nothing'}). "
            "Try again, or start one with `prefect server start` and set PREFECT_API_URL to its address."
        )

    def stop(self) -> None:
        """Ends the server, keeps its empty database for the next build, leaves the environment as it was."""
        self._process.kill()  # nothing of it is kept, so it need not tidy up
        self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()
        if self._scratch:
            self._scratch.remove()
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _serve(port: int) -> None:
    """The server process."""
    import gc
    import threading

    threading.Thread(target=_end_with_parent, daemon=True).start()
    gc.set_threshold(200_000, 20, 20)  # importing makes millions of objects that stay: an eighth of the start-up time
    import uvicorn
    from prefect.server.api.server import create_app

    uvicorn.run(
        create_app(), host="127.0.0.1", port=port, log_level="error", lifespan="on", timeout_graceful_shutdown=2
    )


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


if __name__ == "__main__":
    _serve(int(sys.argv[1]))
