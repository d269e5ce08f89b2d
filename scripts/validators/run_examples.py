"""Runs what the data page shows: `python run_examples.py FOLDER`.

The example notebook is executed on the dataset in FOLDER, and each Python line of docs/data.md on the folder and on an
address at which this program serves it. Exit status 1 when one of them fails or gives no rows.
"""

from __future__ import annotations

import os
import re
import sys
import threading
import time
import traceback
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import duckdb
import nbformat
import pandas
import polars
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
PAGE, NOTEBOOK = ROOT / "docs" / "data.md", ROOT / "docs" / "example.ipynb"
_LINE = re.compile(r"```python\n((?:pandas|polars|duckdb)\..*?)```", re.DOTALL)


class _Files(SimpleHTTPRequestHandler):
    """A web server as data portals have one: with ranges, which Parquet readers ask for."""

    def log_message(self, *_: object) -> None:
        """Says nothing."""

    def do_GET(self) -> None:
        """A file or the part of it that was asked for."""
        asked = re.fullmatch(r"bytes=(\d*)-(\d*)", self.headers.get("Range") or "")
        path = Path(self.translate_path(self.path))
        if not asked or not path.is_file():
            super().do_GET()
            return
        content = path.read_bytes()
        first, last = asked.groups()
        start = int(first) if first else max(0, len(content) - int(last))
        end = min(int(last), len(content) - 1) if first and last else len(content) - 1
        self.send_response(206)
        self.send_header("Content-Range", f"bytes {start}-{end}/{len(content)}")
        self.send_header("Content-Length", str(end - start + 1))
        self.end_headers()
        self.wfile.write(content[start : end + 1])


def notebook(folder: Path) -> None:
    """Executes the notebook; raises when a cell does. Its answers must have rows, its warnings must be shown."""
    os.environ["KLACHTENATLAS_DATA"] = str(folder)
    executed = NotebookClient(nbformat.read(NOTEBOOK, as_version=4), timeout=120, kernel_name="python3").execute()
    outputs = [output for cell in executed.cells for output in cell.get("outputs", [])]
    warned = sum("Warning: " in output.get("text", "") for output in outputs)
    tables = sum("text/html" in output.get("data", {}) for output in outputs)
    if tables != 5 or not warned:
        raise AssertionError(
            f"{tables} tables and {warned} warnings came out of the notebook; 5 and some were expected"
        )


def line(code: str, place: str) -> None:
    """Runs one line with `place` for the folder that it names; raises when it gives no rows."""
    names = {"pandas": pandas, "polars": polars, "duckdb": duckdb}
    rows = eval(code.replace("normalized/", f"{place}/"), names)  # noqa: S307 - lines of our own page
    if not len(rows):
        raise AssertionError("it gave no rows")


def main() -> int:
    """Runs everything on the folder named first; 1 when something fails."""
    folder = Path(sys.argv[1]).resolve()
    lines = _LINE.findall(PAGE.read_text(encoding="utf-8"))
    if len(lines) < 4:
        sys.stderr.write(f"{PAGE.name} shows {len(lines)} Python lines; at least 4 were expected.\n")
        return 1
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    jobs: list[tuple[str, Callable[[], None]]] = [("notebook", partial(notebook, folder))]
    for code in lines:
        jobs.append((f"folder: {code}", partial(line, code, str(folder))))
        if "duckdb" not in code:  # for an address it needs an extension, which is not in its package
            jobs.append((f"address: {code}", partial(line, code, address)))
    failed = 0
    for name, job in jobs:
        began = time.monotonic()
        try:
            job()
            print(f"{'runs':8}{time.monotonic() - began:6.1f} s  {' '.join(name.split())[:90]}")
        except Exception:
            failed += 1
            print(f"{'FAILED':8}{time.monotonic() - began:6.1f} s  {name}\n{traceback.format_exc()}")
    server.shutdown()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
