"""The handbook without a server: a service worker that keeps a copy in the browser, and a zip for a file share.

A municipality opts in to the first with ``webb.installerbar`` in its profile. The version of the copy is a digest of
every file, so that a new build replaces it and the same build does not. The zip is the built folder; the same files
give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PARAMETER = "webb.installerbar"
WORKER_FILE = "service-worker.js"
MANIFEST_FILE = "manifest.webmanifest"
PARTS = Path(__file__).with_name("installable")
ICONS = {
    "icon.svg": ("any", "image/svg+xml"),
    "icon-192.png": ("192x192", "image/png"),
    "icon-512.png": ("512x512", "image/png"),
}
_NEVER_ASKED_FOR = frozenset({WORKER_FILE, MANIFEST_FILE, "csp.txt", "objects.inv", ".buildinfo", ".nojekyll"})
_NOT_KEPT = (".doctrees/", "lite/")
"""The exercises need a server and tens of megabytes; their pages say so, and show what can be done without."""

_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the zip: the earliest that the format knows."""


def is_installable(values: Mapping[str, str]) -> bool:
    """Return whether the profile's *values* opt in to the service worker."""
    return values.get(PARAMETER) == "ja"


def site_files(folder: Path) -> list[str]:
    """Return the files that a reader can ask for, relative to the site's *folder*, sorted; exercises are not kept."""
    names = [path.relative_to(folder).as_posix() for path in sorted(folder.rglob("*")) if path.is_file()]
    return [name for name in names if name not in _NEVER_ASKED_FOR and not name.startswith(_NOT_KEPT)]


def content_version(folder: Path, names: list[str]) -> str:
    """Return a digest of the names and bytes of the files."""
    found = hashlib.sha256()
    for name in names:
        found.update(name.encode() + b"\0" + hashlib.sha256((folder / name).read_bytes()).digest())
    return found.hexdigest()[:16]


def write_offline(folder: Path, name: str, short_name: str, *, installable: bool) -> None:
    """Make the built site in *folder* installable, or let it remove what an installable edition has left."""
    if not installable:
        shutil.copyfile(PARTS / "removal.js", folder / WORKER_FILE)
        return
    (folder / "icons").mkdir(exist_ok=True)
    for icon in ICONS:
        shutil.copyfile(PARTS / icon, folder / "icons" / icon)
    _write_manifest(folder, name, short_name)
    names = site_files(folder)
    worker = (PARTS / WORKER_FILE).read_text(encoding="utf-8")
    worker = worker.replace("@VERSION@", content_version(folder, names))
    worker = worker.replace("@FILES@", json.dumps(names, ensure_ascii=True, indent=0))
    (folder / WORKER_FILE).write_text(worker, encoding="utf-8", newline="\n")


def _write_manifest(folder: Path, name: str, short_name: str) -> None:
    icons = [
        {"src": f"icons/{icon}", "sizes": sizes, "type": kind, "purpose": purpose}
        for icon, (sizes, kind) in ICONS.items()
        for purpose in ("any", "maskable")
    ]
    manifest = {
        "name": name,
        "short_name": short_name,
        "lang": "sv",
        "id": "./",
        "start_url": "./index.html",
        "scope": "./",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": "#0b5a6e",
        "icons": icons,
    }
    text = json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"
    (folder / MANIFEST_FILE).write_text(text, encoding="utf-8", newline="\n")


def write_zip(site: Path, target: Path) -> int:
    """Pack the built *site* into *target*, in one folder named like the file; return the number of files."""
    names = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*")) if path.is_file()]
    names = [name for name in names if name != ".buildinfo" and not name.startswith(_NOT_KEPT)]
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name in names:
            info = zipfile.ZipInfo(f"{target.stem}/{name}", _NO_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            packed.writestr(info, (site / name).read_bytes())
    return len(names)
