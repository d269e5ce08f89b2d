"""Who may ask the service, and how much: any web page, as the specification wants; small bodies; a token off loopback.

Unlike the stewards' page it must answer requests from other origins (OpenRefine's page is one). That is no risk here:
it changes nothing, sends no credentials, and what it tells is public. The token is a part of the path, because the
address of a service is all that OpenRefine's users can enter.
"""

from __future__ import annotations

import asyncio

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from review.security import PATIENCE, Gone, Rules, TooLarge, whole_body

MAX_BODY = 4 * 1024 * 1024
"""Bytes: a thousand labels with their contexts, URL-encoded, take half a megabyte."""
_METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    # A preview stands in another page's frame; it runs no script and loads nothing.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Gate:
    """ASGI middleware in front of the service."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self.app = app
        self.rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Checks one request; answers 401, 403, 405, 408 or 413 with a sentence where it is refused."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    out[name] = value
            await send(message)

        refused = self._refused(scope)
        if refused is None and scope["method"] == "OPTIONS":
            allowed = {"Access-Control-Allow-Methods": "GET, POST, OPTIONS", "Access-Control-Allow-Headers": "*"}
            refused = Response(status_code=204, headers={**allowed, "Access-Control-Max-Age": "86400"})
        body = b""
        if refused is None and scope["method"] == "POST":
            try:
                body = await asyncio.wait_for(whole_body(receive, MAX_BODY), PATIENCE)
            except TooLarge:
                refused = PlainTextResponse(f"The request is larger than {MAX_BODY // 1024**2} MB.", 413)
            except TimeoutError:
                refused = PlainTextResponse(f"The request was not sent whole within {PATIENCE:g} seconds.", 408)
            except Gone:
                return
        if refused is not None:
            await refused(scope, receive, with_headers)
            return
        handed = False

        async def again() -> Message:
            nonlocal handed
            if handed:
                return await receive()
            handed = True
            return {"type": "http.request", "body": body, "more_body": False}

        if self.rules.token:
            prefix = f"/{self.rules.token}"
            scope = {**scope, "root_path": prefix, "path": scope["path"]}
        await self.app(scope, again if scope["method"] == "POST" else receive, with_headers)

    def _refused(self, scope: Scope) -> Response | None:
        if not self.rules.knows(Headers(scope=scope)):
            return PlainTextResponse("This service answers only under the address that the command printed.", 403)
        if scope["method"] not in _METHODS:
            return PlainTextResponse("Only GET and POST are answered.", 405, {"Allow": ", ".join(_METHODS)})
        if self.rules.token and not self.rules.admits(scope["path"].lstrip("/").split("/")[0]):
            return PlainTextResponse(
                "This service asks for a token: use the whole address that the command printed.", 401
            )
        return None
