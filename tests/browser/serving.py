"""A web server for the built handbook, as strict as an intranet's: below a sub-path, with the content policy."""

from __future__ import annotations

import contextlib
import functools
import gzip
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PREFIX = "/intranat/handbok/"

_TYPES = {
    ".css": "text/css",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".wasm": "application/wasm",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}


@dataclass(frozen=True)
class Served:
    """One answer: the path below the sub-path (or the whole path, when outside it), status and bytes of the body."""

    path: str
    status: int
    size: int


class SiteServer(ThreadingHTTPServer):
    """Serves a folder and remembers what was asked for."""

    daemon_threads = True

    def __init__(self, folder: Path, policy: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.policy = policy
        self.served: list[Served] = []
        self.is_dead = False
        self.address = f"http://127.0.0.1:{self.server_port}{PREFIX}"

    def policy_of(self, name: str) -> str:
        """Return the policy for a path: the exercises' program has one of its own, in its folder."""
        own = self.folder / "lite" / "csp.txt"
        return own.read_text(encoding="utf-8").strip() if name.startswith("lite/") and own.is_file() else self.policy

    def paths(self) -> list[str]:
        """Return the paths that were asked for, in order."""
        return [answer.path for answer in self.served]


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"
    server: SiteServer

    def do_GET(self) -> None:
        """Answer with the file, or with 404 when it is not there or lies outside the sub-path."""
        if self.server.is_dead:
            self.close_connection = True  # without an answer, like a server that is gone
            return
        path = unquote(urlsplit(self.path).path)
        inside = path.startswith(PREFIX)
        name = path.removeprefix(PREFIX) if inside else path
        file = self.server.folder / name
        found = inside and ".." not in file.parts and file.is_file()
        body = _packed(file, file.stat().st_mtime_ns) if found else gzip.compress(b"There is no such file.")
        status = 200 if found else 404
        self.server.served.append(Served(name, status, len(body)))
        self.send_response(status)
        self.send_header("Content-Type", _TYPES.get(file.suffix, "application/octet-stream"))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", self.server.policy_of(name))
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        """Keep the output of the tests clean."""


@functools.cache
def _packed(file: Path, _changed: int) -> bytes:
    return gzip.compress(file.read_bytes(), 6)


@contextlib.contextmanager
def serve(folder: Path, policy: str) -> Iterator[SiteServer]:
    """Serve *folder* with *policy* while the block runs."""
    with SiteServer(folder, policy) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
