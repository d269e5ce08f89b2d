"""Sets up `.venv` from requirements.lock: `python3 scripts/install.py [--into .venv] [--lock FILE]`. Standard library
only. With another lock than the project's own, only what it lists is installed, not the project.

Packages are installed by uv, which takes seconds where pip takes minutes. uv does not read pip's configuration, so what
the user configured there (indexes, certificates, links) is handed over; nothing of it is written anywhere. Where uv
cannot be had, pip installs the same lock with the same hashes. A second run with the same lock does nothing.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
INSTALLER_LOCK = ROOT / "scripts" / "uv.lock.txt"
OLDEST, TOO_NEW = (3, 11), (3, 14)

# pip's options and uv's variables for the same thing; several values are joined as uv wants them.
_HANDED_OVER = {
    "index-url": ("UV_DEFAULT_INDEX", " "),
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
    "no-index": ("UV_NO_INDEX", " "),
    "cert": ("SSL_CERT_FILE", " "),
    "proxy": ("HTTPS_PROXY", " "),
    "default-timeout": ("UV_HTTP_TIMEOUT", " "),
    "timeout": ("UV_HTTP_TIMEOUT", " "),
}


def main() -> int:
    """Creates the environment, installs the lock and the project; 0 when all of it is there."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--into", type=Path, default=ROOT / ".venv", help="the environment's folder")
    parser.add_argument("--lock", type=Path, default=LOCK, help="what to install; the project's lock when not given")
    into, lock = (path.resolve() for path in vars(parser.parse_args()).values())
    version = sys.version_info[:2]
    if not OLDEST <= version < TOO_NEW:
        print(
            f"Python {version[0]}.{version[1]} cannot run Klachtenatlas; install 3.11, 3.12 or 3.13.", file=sys.stderr
        )
        return 1
    python = into / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    mark = into / ".klachtenatlas-lock"
    wanted = _state(lock)
    if python.exists() and mark.exists() and mark.read_text(encoding="utf-8") == wanted:
        return 0
    began = time.monotonic()
    print(f"Setting up {into.name} with Python {version[0]}.{version[1]} ...", file=sys.stderr, flush=True)
    if not python.exists():
        venv.create(into, with_pip=True)
    mark.unlink(missing_ok=True)
    for installer in (_with_uv, _with_pip):
        command, environment = installer(python)
        if command and all(_run([*command, *what], environment) for what in _steps(lock)):
            mark.write_text(wanted, encoding="utf-8")
            print(f"{into.name} is ready after {time.monotonic() - began:.0f} s.", file=sys.stderr)
            return 0
    print(
        "The packages could not be installed (see above). Check the network and pip's index (`pip config list`), then "
        "run the same command again.",
        file=sys.stderr,
    )
    return 1


def _state(lock: Path) -> str:
    """What the environment depends on; another checkout at another place is another state."""
    digest = hashlib.sha256(str(ROOT).encode())
    for path in (lock, ROOT / "pyproject.toml") if lock == LOCK else (lock,):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _steps(lock: Path) -> list[list[str]]:
    """The lock with its hashes, then the project itself by what its own lock brought."""
    project = ["--no-deps", "--no-build-isolation", "-e", str(ROOT)]
    return [["--require-hashes", "-r", str(lock)], *([project] if lock == LOCK else [])]


def _with_pip(python: Path) -> tuple[list[str], dict[str, str]]:
    print("Installing with pip, which takes a few minutes ...", file=sys.stderr, flush=True)
    return [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check"], dict(os.environ)


def _with_uv(python: Path) -> tuple[list[str], dict[str, str]]:
    """uv's command with pip's configuration; an empty command when uv cannot be had."""
    uv = python.parent / ("uv.exe" if os.name == "nt" else "uv")
    get = [str(python), "-m", "pip", "install", "-q", "--disable-pip-version-check", "--require-hashes"]
    if not uv.exists() and not _run([*get, "-r", str(INSTALLER_LOCK)], dict(os.environ)):
        return [], {}
    # pip looks at all its indexes and takes the best; with every hash locked that is safe.
    # Compiled once, here: where Python writes no bytecode each process would compile Prefect and pandas again.
    own = {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_COMPILE_BYTECODE": "1"}
    environment = {**own, **_pip_configuration(python), **os.environ}
    return [str(uv), "pip", "install", "-q", "--python", str(python)], environment


def _pip_configuration(python: Path) -> dict[str, str]:
    """What pip is configured with, as uv's variables."""
    command = [str(python), "-m", "pip", "config", "list"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout  # noqa: S603
    found: dict[str, str] = {}
    for line in listed.splitlines():
        name, _, quoted = line.partition("=")
        variable, joint = _HANDED_OVER.get(name.strip().rsplit(".", 1)[-1], (None, " "))
        if variable:
            try:
                value = str(ast.literal_eval(quoted))
            except (SyntaxError, ValueError):
                continue
            found[variable] = joint.join(value.split())
    return found


def _run(command: list[str], environment: dict[str, str]) -> bool:
    return subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False).returncode == 0  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
