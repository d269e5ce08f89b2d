"""Serves the reconciliation service on this machine, or elsewhere behind a token."""

from __future__ import annotations

import os
import secrets
import sys
from importlib.metadata import version
from pathlib import Path

from review.security import is_loopback
from review.server import listen, rules_for, shown

TOKEN_VARIABLE = "KLACHTENATLAS_SERVE_TOKEN"  # noqa: S105 - a name, not a secret
_AT_ONCE = 100  # connections at one time; more are answered with 503


def serve(*, port: int = 8766, host: str = "127.0.0.1", decisions: Path | None = None) -> None:
    """Serves until it is stopped. `port` 0 takes any free one; raises review.server.CannotServe or DecisionError.

    Off loopback the address holds a token: that of the environment variable KLACHTENATLAS_SERVE_TOKEN, or one made up
    at the start and printed.
    """
    import uvicorn  # noqa: PLC0415 - half a second, not for those who import this module to test it

    from ontology.decisions import FOLDER, load  # noqa: PLC0415
    from ontology.matching import Matcher  # noqa: PLC0415
    from review.openrefine.answers import Service  # noqa: PLC0415
    from review.openrefine.app import ENDPOINT, create_app  # noqa: PLC0415

    listening = listen(host, port)
    bound = int(listening.getsockname()[1])
    token = None if is_loopback(host) else os.environ.get(TOKEN_VARIABLE) or secrets.token_urlsafe(24)
    matcher = Matcher(decisions=load(decisions or FOLDER))
    service = Service(matcher, f"{version('klachtenatlas')}+{matcher.scheme.version[:8]}")
    app = create_app(service, rules_for(host, bound, token))
    address = f"http://{shown(host)}:{bound}" + (f"/{token}" if token else "") + ENDPOINT
    print(
        f"Reconciliation service (W3C, version 0.2): {address}\nGive this address to OpenRefine (Reconcile, Start "
        "reconciling, Add standard service). Stop it with Ctrl-C.",
        file=sys.stderr,
        flush=True,
    )
    config = uvicorn.Config(
        app, log_level="warning", lifespan="off", timeout_graceful_shutdown=2, limit_concurrency=_AT_ONCE
    )
    uvicorn.Server(config).run(sockets=[listening])
