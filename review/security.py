"""Who may talk to the page: the right host, the same origin, a token off loopback, small bodies, a strict policy.

A page on loopback is within reach of every site that the steward's browser opens: the Host check stops DNS rebinding,
the Origin check stops forged forms, and the policy lets no script run but our own.
"""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs, quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY = 64 * 1024
PATIENCE = 20.0
"""Seconds that a browser may take to send a form."""
TOKEN_COOKIE = "klachtenatlas-token"  # noqa: S105 - a name, not a secret
_FORM = "application/x-www-form-urlencoded"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # `no-referrer` would turn the Origin of our own forms into "null".
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}


def is_loopback(host: str) -> bool:
    """Whether an address or name is this machine's own and nobody else's."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Rules:
    """What is let in. `hosts` are the names that may stand in the Host header, `token` is asked for when set.

    `hosts` is None where the server listens on all addresses and cannot know its names; then there must be a token.
    """

    hosts: frozenset[str] | None
    token: str | None = None

    def knows(self, headers: Headers) -> bool:
        """Whether the request was sent to one of our names."""
        return self.hosts is None or headers.get("host", "").lower() in self.hosts

    def admits(self, given: str) -> bool:
        """Whether `given` is the token."""
        return self.token is not None and hmac.compare_digest(given.encode(), self.token.encode())

    def __post_init__(self) -> None:
        if self.hosts is None and not self.token:
            raise ValueError("Without a list of hosts there must be a token.")


class Guard:
    """ASGI middleware that refuses what `Rules` does not allow, before anything else sees the request."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        self.app = app
        self.rules = rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Checks one request; answers 400, 401, 403, 408 or 413 with a sentence where it is refused."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refused = self._refused(scope, headers)
        if refused is not None:
            await _answer(send, *refused)
            return
        given = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        if self.rules.token and scope["method"] == "GET" and self.rules.admits(given):
            cookie = f"{TOKEN_COOKIE}={quote(given)}; Path=/; HttpOnly; SameSite=Strict"
            # Away from the address line and the browser's history.
            await _answer(send, 303, "", [("location", scope["path"]), ("set-cookie", cookie)])
            return
        if self.rules.token and not self.rules.admits(_cookie(headers)):
            await _answer(send, 401, "This page asks for a token: open the address that the command printed.")
            return
        body = b""
        if scope["method"] not in ("GET", "HEAD"):
            try:
                body = await asyncio.wait_for(whole_body(receive, MAX_BODY), PATIENCE)
            except TooLarge:
                await _answer(send, 413, f"The request is larger than {MAX_BODY // 1024} kB.")
                return
            except TimeoutError:
                await _answer(send, 408, f"The request was not sent whole within {PATIENCE:g} seconds.")
                return
            except Gone:
                return
        handed = False

        async def again() -> Message:
            nonlocal handed
            if handed:
                return await receive()
            handed = True
            return {"type": "http.request", "body": body, "more_body": False}

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                out = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    out[name] = value
                if "cache-control" not in out:
                    out["cache-control"] = "no-store"
            await send(message)

        await self.app(scope, again if scope["method"] not in ("GET", "HEAD") else receive, with_headers)

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "").lower()
        if not self.rules.knows(headers):
            return 403, "This page answers only under the address that the command printed."
        if scope["method"] in ("GET", "HEAD"):
            return None
        if scope["method"] != "POST":
            return 405, "Only GET and POST are answered."
        origin = headers.get("origin", "")
        site = headers.get("sec-fetch-site", "same-origin")
        if origin.lower() != f"http://{host}" or site != "same-origin":
            return 403, "This was not sent from the page itself; open the label here and decide again."
        if not headers.get("content-type", _FORM).startswith(_FORM):
            return 400, "Only forms are read."
        return None


def _cookie(headers: Headers) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(TOKEN_COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


class TooLarge(Exception):
    """The body is larger than is read."""


class Gone(Exception):
    """The browser left before it had sent everything; a part of a form is nobody's decision."""


async def whole_body(receive: Receive, most: int) -> bytes:
    """The whole body, at most `most` bytes of it; raises TooLarge or Gone."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Gone
        size += len(message.get("body", b""))
        if size > most:
            raise TooLarge
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


async def _answer(send: Send, status: int, text: str, extra: list[tuple[str, str]] | None = None) -> None:
    pairs = [("content-type", "text/plain; charset=utf-8"), *_HEADERS.items(), *(extra or [])]
    headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in pairs]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
