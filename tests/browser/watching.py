"""Notes what must not happen in a browser: complaints in its console, errors, and requests to anywhere else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError, WebSocket

#: What the browser is started with: nothing of its own calls home, and only this machine can be reached.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]

#: Screens, in CSS pixels.
WIDE = (1280, 900)
PHONE = (360, 640)

_REPORT_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`content policy: ${event.violatedDirective} blocks ${event.blockedURI}`));
"""


class OpenPage(Protocol):
    """Opens a page of the handbook, each time as a new reader with an empty browser."""

    def __call__(
        self,
        path: str = "index.html",
        *,
        base: str = "",
        size: tuple[int, int] = WIDE,
        dark: bool = False,
        scripts: bool = True,
        before: str = "",
        complaint: str = "",
    ) -> Page:
        """Open *path* below *base* (the server's address when empty) after the script *before* has run.

        *complaint* is a pattern for what the console may, and then must, complain of.
        """


class Watch:
    """Watches one context from its beginning to its end."""

    def __init__(self, context: BrowserContext, complaint: str = "") -> None:
        self._complaint = complaint
        self._complained = False
        self.problems: list[str] = []
        context.add_init_script(_REPORT_VIOLATIONS)
        context.on("console", self._note_console)
        context.on("weberror", self._note_error)
        context.on("request", self._note_request)
        context.on("page", lambda page: page.on("websocket", self._note_socket))

    def remaining(self) -> list[str]:
        """Return the problems, and the complaint that was awaited and did not come."""
        if self._complaint and not self._complained:
            return [*self.problems, f"the console did not say {self._complaint}"]
        return self.problems

    def _note(self, text: str) -> None:
        if self._complaint and re.search(self._complaint, text):
            self._complained = True
        else:
            self.problems.append(text)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._note(f"{message.text} ({message.location.get('url', '')})")

    def _note_error(self, error: WebError) -> None:
        self._note(f"uncaught: {error.error}")

    def _note_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"file", "data", "blob", "mailto"} and address.hostname != "127.0.0.1":
            self.problems.append(f"a request to elsewhere: {request.url}")

    def _note_socket(self, socket: WebSocket) -> None:
        self.problems.append(f"a socket to {socket.url}")
