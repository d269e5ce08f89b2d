"""A city's web server that can misbehave in every way that was met, for the tests of fetching."""

from __future__ import annotations

import datetime
import hashlib
import http.server
import ipaddress
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class Publisher(http.server.ThreadingHTTPServer):
    """Serves `files` by path; `deeds` by path answer in their own way. `asked` are the requests as they came."""

    daemon_threads = True

    def __init__(self, files: dict[str, bytes], certificate: Path | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.scheme = "https" if certificate else "http"
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)
        self.files = files
        self.deeds: dict[str, Callable[[_Handler], None]] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.robots: bytes | None = None

    @property
    def url(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}"

    def times(self, path: str) -> int:
        """How often `path` was asked for."""
        return sum(asked == path for asked, _ in self.asked)


class _Handler(http.server.BaseHTTPRequestHandler):
    server: Publisher
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.server.asked.append((self.path, dict(self.headers.items())))
        if self.path == "/robots.txt":
            self.send(404, b"") if self.server.robots is None else self.send(200, self.server.robots)
        elif deed := self.server.deeds.get(self.path):
            deed(self)
        elif (content := self.server.files.get(self.path)) is None:
            self.send(404, b"gone")
        else:
            self.serve(content)

    def serve(self, content: bytes) -> None:
        """A file as good servers give it: with an ETag, unchanged when it is, and its rest when only that is asked."""
        etag = etag_of(content)
        if self.headers.get("If-None-Match") == etag:
            self.send(304, b"", ETag=etag)
            return
        asked = self.headers.get("Range", "")
        if asked and self.headers.get("If-Range") == etag:
            begin = int(asked.removeprefix("bytes=").removesuffix("-"))
            span = f"bytes {begin}-{len(content) - 1}/{len(content)}"
            self.send(206, content[begin:], ETag=etag, **{"Content-Range": span})
            return
        self.send(200, content, ETag=etag)

    def send(self, status: int, body: bytes, length: int | None = None, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


def etag_of(content: bytes) -> str:
    return f'"{hashlib.sha256(content).hexdigest()[:16]}"'


def self_signed(path: Path) -> Path:
    """A certificate of 127.0.0.1 with its key, in one file, that nobody trusts who is not told to."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a city")])
    now = datetime.datetime.now(datetime.UTC)
    day = datetime.timedelta(days=1)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - day, now + day)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(secret + made.public_bytes(pem))
    return path


@contextmanager
def publisher(files: dict[str, bytes], certificate: Path | None = None) -> Iterator[Publisher]:
    with Publisher(files, certificate) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


def status(code: int, **headers: str) -> Callable[[_Handler], None]:
    return lambda handler: handler.send(code, b"trouble", **headers)


def then(*deeds: Callable[[_Handler], None]) -> Callable[[_Handler], None]:
    """One deed after the other, the last one for ever."""
    rest = list(deeds)

    def deed(handler: _Handler) -> None:
        (rest.pop(0) if len(rest) > 1 else rest[0])(handler)

    return deed


def whole(content: bytes) -> Callable[[_Handler], None]:
    return lambda handler: handler.serve(content)


def cut(content: bytes, at: int) -> Callable[[_Handler], None]:
    """Promises the whole and breaks off."""

    def deed(handler: _Handler) -> None:
        handler.send(200, content[:at], length=len(content), ETag=etag_of(content))
        handler.close_connection = True

    return deed


def hang(seconds: float) -> Callable[[_Handler], None]:
    return lambda _: time.sleep(seconds)


def redirect(to: str) -> Callable[[_Handler], None]:
    return status(302, Location=to)
