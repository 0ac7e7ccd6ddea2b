"""The Content-Security-Policy that the built site needs, written to ``csp.txt`` for whoever runs the web server.

The policy is strict by construction; this module reads every built page and fails the build when one holds something
the policy would block: an inline script or style, an event attribute, or an address outside the site.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'none'; base-uri 'self'"
)
"""CSP Level 3. ``wasm-unsafe-eval`` lets the page compile the interpreter; it does not let it evaluate text."""

INSTALLABLE = "; worker-src 'self'; manifest-src 'self'"
"""What an edition that can be installed needs besides: a service worker and a web manifest, both of its own."""

EXERCISE_POLICY = (
    "default-src 'none'; script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval' {hashes}; "
    "style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' data:; worker-src 'self' blob:; "
    "manifest-src 'self'; form-action 'none'; base-uri 'self'"
)
"""What JupyterLite needs, for its own folder alone: it checks settings with code that it makes (``unsafe-eval``)."""

_LOADING = {
    "script": "src",
    "link": "href",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "audio": "src",
    "video": "src",
}
_FETCHED_LINKS = {"stylesheet", "icon", "shortcut", "preload", "prefetch", "modulepreload", "manifest"}


class _Page(HTMLParser):
    """Collects what the policy would block on one page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._inline_script = False

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        values = {name: value or "" for name, value in attributes}
        line = self.getpos()[0]
        if tag == "style" or "style" in values:
            self.found.append((line, f"an inline style on <{tag}>"))
        self.found += [(line, f"the event attribute {name} on <{tag}>") for name in values if name.startswith("on")]
        executable = values.get("type", "") in {"", "text/javascript", "module"}
        self._inline_script = tag == "script" and "src" not in values and executable
        address = values.get(_LOADING.get(tag, ""), "")
        fetched = tag != "link" or _FETCHED_LINKS & set(values.get("rel", "").split())
        if fetched and (address.startswith("//") or "://" in address):
            self.found.append((line, f"<{tag}> loads {address}"))

    def handle_data(self, data: str) -> None:
        """Look at the text of a script."""
        if self._inline_script and data.strip():
            self.found.append((self.getpos()[0], "an inline script"))
            self._inline_script = False


def blocked(folder: Path, besides: str = "") -> Iterator[tuple[Path, int, str]]:
    """Yield page, line and what the policy would block there, for every page in *folder* but outside *besides*."""
    for path in sorted(folder.rglob("*.html")):
        if besides and path.relative_to(folder).parts[0] == besides:
            continue
        page = _Page()
        page.feed(path.read_text(encoding="utf-8"))
        for line, what in page.found:
            yield path, line, what


def write_policy(folder: Path, *, installable: bool = False) -> None:
    """Write the policy, one line, to ``csp.txt`` in *folder*."""
    policy = POLICY + INSTALLABLE if installable else POLICY
    (folder / "csp.txt").write_text(policy + "\n", encoding="utf-8")


def write_exercise_policy(folder: Path) -> None:
    """Write the policy of JupyterLite, one line, to ``csp.txt`` in its *folder*, with hashes of its inline scripts."""
    found: set[str] = set()
    for path in folder.rglob("index.html"):
        for script in re.findall(
            r"<script(?![^>]*\bsrc=)[^>]*>(.*?)</script>", path.read_text(encoding="utf-8"), re.DOTALL
        ):
            digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")
            found.add(f"'sha256-{digest}'")
    (folder / "csp.txt").write_text(EXERCISE_POLICY.format(hashes=" ".join(sorted(found))) + "\n", encoding="utf-8")
