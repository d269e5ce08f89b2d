"""The stewards' page and a browser, started for a measurement or a test and stopped afterwards."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

CHROMIUM = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
ARGUMENTS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--disable-default-apps", "--disable-extensions",
]  # fmt: skip
READY = "() => { const b = document.querySelector('.decides'); return b && !b.disabled; }"
"""Whether a label may be decided: its evidence is shown."""
NEXT = (
    "(old) => { const f = document.querySelector('#decide'), b = document.querySelector('.decides');"
    " return document.readyState !== 'loading' && (!f || (f.dataset.item !== old && b && !b.disabled)); }"
)
"""Whether another label may be decided, or none is left."""


_CLOCK = """
const now = () => performance.timeOrigin + performance.now();
document.addEventListener('keydown', () => sessionStorage.setItem('pressed', now()), true);
new MutationObserver(() => {
  const button = document.querySelector('.decides');
  if (button && !button.disabled && !window.opened) window.opened = now();
}).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled'] });
"""
"""The browser's own clock: when a key was pressed, and when the next page's buttons opened."""


class Server:
    """`klachtenatlas review` in a process of its own, with the folder that its decisions go to."""

    def __init__(self, data: Path, raw: Path, decisions: Path, *more: str) -> None:
        self.raw = raw
        self.decisions = decisions
        self.command = [
            sys.executable, "-m", "flows.cli", "review", "--port", "0", "--no-browse", "--data", str(data),
            "--raw", str(raw), "--decisions", str(decisions), *more,
        ]  # fmt: skip
        self.start()

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, stderr=subprocess.PIPE, text=True, start_new_session=True)
        assert self.process.stderr
        line = self.process.stderr.readline()
        self.address = line.split(": ", 1)[1].strip().rstrip("/")

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def processor_seconds(self) -> float:
        """What the server itself has used so far (without the child that draws pages)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextlib.contextmanager
def browser() -> Iterator[Any]:
    """Chromium, asking nobody outside this machine."""
    from playwright.sync_api import sync_playwright

    if CHROMIUM is None:
        raise SystemExit("No Chromium is installed here (on Debian: apt-get install chromium).")
    with sync_playwright() as started:
        opened = started.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield opened
        finally:
            opened.close()


def signed_in(opened: Any, server: Server, name: str = "A. Steward") -> Any:
    """A page of someone who has said who they are, at the list."""
    page = opened.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.add_init_script(_CLOCK)
    page.set_default_timeout(60_000)
    page.goto(f"{server.address}/who")
    page.fill("#author", name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    return page


def waited(page: Any) -> float | None:
    """Milliseconds from the last key to the card that is shown now, by the browser's clock; None on the list."""
    found = page.evaluate("window.opened && window.opened - sessionStorage.getItem('pressed')")
    return float(found) if found else None


def at_first(page: Any, server: Server, query: str) -> None:
    """Opens the first label of a queue and waits until it may be decided."""
    page.goto(f"{server.address}/next?{query}")
    page.wait_for_selector("#decide[data-ready=yes]")
    page.wait_for_function(READY)


def load() -> str:
    """How busy the machine is: what was measured on the wall clock means little without it."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores, {time.strftime('%-d %B %Y')}"
