"""The pictures of the stewards' page in docs/: two widths, light and dark.

python -m benchmarks.steward.pictures docs/pictures
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from benchmarks.steward.page import READY, Server, browser

_ROOT = Path(__file__).resolve().parents[2]
LABEL, CITY = "afvalstickers", "antwerpen"
SHOTS = (
    ("review-label", "label", 1280, "light"),
    ("review-label-dark", "label", 1280, "dark"),
    ("review-narrow", "label", 800, "light"),
    ("review-narrow-dark", "label", 800, "dark"),
    ("review-list", "list", 1280, "light"),
    ("review-finding", "finding", 1280, "light"),
)


def shoot(page: Any, address: str, what: str) -> bytes:
    page.goto(f"{address}/who")
    page.fill("#author", "A. Steward")
    page.keyboard.press("Enter")
    page.wait_for_url("**/")
    if what == "finding":
        page.goto(f"{address}/findings?city=almelo")
        page.click(".cards a >> nth=0")
        page.wait_for_function(READY)
    else:
        page.goto(f"{address}/?city={CITY}")
    if what == "label":
        page.click(f"text={LABEL}")
        page.wait_for_selector("#decide[data-ready=yes]")
        page.wait_for_function(READY)
    page.wait_for_load_state("networkidle")
    return bytes(page.screenshot())


def main() -> None:
    out = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as decisions, browser() as opened:
        server = Server(_ROOT / "normalized", _ROOT / "raw_reports", Path(decisions))
        try:
            for name, what, width, scheme in SHOTS:
                context = opened.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
                picture = Image.open(io.BytesIO(shoot(context.new_page(), server.address, what))).convert("RGB")
                # Few colours but for the tinted page: a palette makes a third of the bytes.
                few = picture.quantize(256, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
                few.save(out / f"{name}.png", optimize=True)
                context.close()
        finally:
            server.kill()


if __name__ == "__main__":
    main()
