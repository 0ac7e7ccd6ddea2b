"""Short, stable links to the rules: ``r/hemadress`` opens the rule's page wherever the handbook lies.

Each is a page of its own, in a folder of its own, so that it works from any web server, below a sub-path and from a
folder, without JavaScript and under the content policy: it names the rule's page, leads there at once, and has a link
for whoever is not led.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SHORT_FOLDER = "r"
_PAGE = """\
<!doctype html>
<html lang="sv">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="robots" content="noindex">
    <meta http-equiv="refresh" content="0; url={address}">
    <link rel="canonical" href="{address}">
    <link rel="icon" href="data:,">
    <title>Kortlänk: {title} – {site}</title>
  </head>
  <body>
    <main id="main-content">
      <h1>{title}</h1>
      <p><a href="{address}">Gå till svaret</a></p>
    </main>
  </body>
</html>
"""


def short_link(rule_id: str) -> str:
    """Return the short link of a rule, below the handbook's own address."""
    return f"{SHORT_FOLDER}/{rule_id}"


def write_short_links(folder: Path, site: str, titles: Mapping[str, str], addresses: Mapping[str, str]) -> None:
    """Write a page for each rule in *titles*; *addresses* says where its own page is, below the site's *folder*."""
    for rule_id, title in titles.items():
        page = folder / SHORT_FOLDER / rule_id / "index.html"
        address = escape(f"../../{addresses[rule_id]}")
        text = _PAGE.format(title=escape(title), site=escape(site), address=address)
        if not page.is_file() or page.read_text(encoding="utf-8") != text:
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(text, encoding="utf-8", newline="\n")
