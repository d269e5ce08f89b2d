"""The evidence table: for each number the bytes, the page and the box to look at, without any other table."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from schemas.tables import conform

_PLACE = ["page", "x0", "top", "x1", "bottom"]


def evidence(observations: pd.DataFrame, reports: pd.DataFrame, crops: Mapping[str, str]) -> pd.DataFrame:
    """One row an observation, in its order: report and SHA-256 of its PDF, page, box (points), characters, fragment,
    and the hash of the picture in the box, where `crops` has it by observation.

    The fragment joins the page of RFC 8118 (application/pdf) with the `xywh` of W3C Media Fragments URI 1.0, its
    numbers in PDF points from the top left corner of the page.
    """
    digests = reports.drop_duplicates("report_id").set_index("report_id")["sha256"]
    frame = observations[["observation_id", "report_id", *_PLACE]].copy()
    frame["sha256"] = frame["report_id"].map(digests).astype("string")
    frame["printed"] = observations["value_printed"]
    places = zip(*(frame[name] for name in _PLACE), strict=True)
    frame["fragment"] = pd.array([media_fragment(*place) for place in places], dtype="string")
    frame["crop_sha256"] = frame["observation_id"].map(crops).astype("string")
    return conform("evidence", frame)


def media_fragment(page: int, x0: float, top: float, x1: float, bottom: float) -> str:
    """The place as a URL fragment, to a hundredth of a point: `#page=6&xywh=72,144.5,30,11`."""
    edges = ",".join(f"{edge:.2f}".rstrip("0").rstrip(".") for edge in (x0, top, x1 - x0, bottom - top))
    return f"#page={page}&xywh={edges.replace('-0,', '0,')}"
