"""The handbook without a server: what is written for a browser that keeps a copy, and the zip for a file share."""

from __future__ import annotations

import json
import zipfile
from typing import TYPE_CHECKING

import pytest
from support import build, copy_minimal, files, page_tree

from handbook.__main__ import main
from handbook.csp import INSTALLABLE, POLICY
from handbook.offline import (
    ICONS,
    MANIFEST_FILE,
    PARAMETER,
    WORKER_FILE,
    content_version,
    is_installable,
    site_files,
    write_offline,
    write_zip,
)

if TYPE_CHECKING:
    from pathlib import Path

PARAMETER_ENTRY = f"""
  - name: {PARAMETER}
    description: Om webbläsaren får spara en kopia
    kind: yes_no
    default: nej
    reason: Lokalt val.
"""


@pytest.fixture
def small_site(tmp_path: Path) -> Path:
    """Return a folder like a built site."""
    folder = tmp_path / "webb å"
    (folder / "_static").mkdir(parents=True)
    (folder / "index.html").write_text("<html lang='sv'>", encoding="utf-8")
    (folder / "_static" / "stil å.css").write_text("p {}", encoding="utf-8")
    (folder / "csp.txt").write_text("x", encoding="utf-8")
    (folder / ".buildinfo").write_text("x", encoding="utf-8")
    return folder


@pytest.mark.parametrize(("value", "expected"), [("ja", True), ("nej", False), ("", False)])
def test_a_copy_is_kept_only_by_choice(value: str, expected: bool) -> None:
    """Only a profile that says yes opts in, and one that says nothing does not."""
    assert is_installable({PARAMETER: value} if value else {}) is expected


def test_the_worker_knows_every_file_and_the_version(small_site: Path) -> None:
    """The list holds what a reader can ask for, and not what only the builder or IT reads."""
    write_offline(small_site, "Handbok – Exempelkommun", "Handbok", installable=True)
    worker = (small_site / WORKER_FILE).read_text(encoding="utf-8")
    listed = json.loads(worker.partition("const FILES = new Set(")[2].partition(");\n")[0])
    assert listed == ["_static/stil å.css", *(f"icons/{name}" for name in sorted(ICONS)), "index.html"]
    assert f'const VERSION = "{content_version(small_site, listed)}";' in worker
    assert "@" not in worker


def test_another_content_is_another_version(small_site: Path) -> None:
    """A byte, or a name, that changes makes a new version; building the same again does not."""
    first = content_version(small_site, site_files(small_site))
    assert content_version(small_site, site_files(small_site)) == first
    (small_site / "index.html").write_text("<html lang='sv'> ", encoding="utf-8")
    second = content_version(small_site, site_files(small_site))
    (small_site / "index.html").rename(small_site / "annan.html")
    assert len({first, second, content_version(small_site, site_files(small_site))}) == 3


def test_the_manifest_names_files_that_are_there(small_site: Path) -> None:
    """The manifest is in Swedish, stays below the handbook's own address, and its icons exist."""
    write_offline(small_site, "Handbok – Exempelkommun", "Handbok", installable=True)
    manifest = json.loads((small_site / MANIFEST_FILE).read_text(encoding="utf-8"))
    assert (manifest["lang"], manifest["scope"], manifest["name"]) == ("sv", "./", "Handbok – Exempelkommun")
    assert all((small_site / icon["src"]).is_file() for icon in manifest["icons"])
    assert {icon["sizes"] for icon in manifest["icons"]} >= {"192x192", "512x512"}
    for size in (192, 512):
        header = (small_site / f"icons/icon-{size}.png").read_bytes()[:24]
        assert header[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(header[16:20], "big") == size


def test_without_the_choice_an_old_copy_is_removed(small_site: Path) -> None:
    """An edition that is not installable has no manifest, and a worker that takes itself away."""
    write_offline(small_site, "Handbok", "Handbok", installable=False)
    worker = (small_site / WORKER_FILE).read_text(encoding="utf-8")
    assert "unregister()" in worker
    assert '"fetch"' not in worker
    assert not (small_site / MANIFEST_FILE).exists()


def test_the_same_files_give_the_same_zip(small_site: Path, tmp_path: Path) -> None:
    """The zip has every file in one folder, whatever the day, and none that only the builder reads."""
    write_zip(small_site, tmp_path / "a" / "handbok-x.zip")
    (small_site / "index.html").touch()
    assert write_zip(small_site, tmp_path / "b" / "handbok-x.zip") == 3
    assert (tmp_path / "a/handbok-x.zip").read_bytes() == (tmp_path / "b/handbok-x.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a/handbok-x.zip") as packed:
        assert packed.testzip() is None
        names = packed.namelist()
    assert names == ["handbok-x/_static/stil å.css", "handbok-x/csp.txt", "handbok-x/index.html"]


def test_packing_says_what_it_did(small_site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The command tells how many files there are and whether the pages can be installed; no site is one sentence."""
    target = tmp_path / "handbok.zip"
    assert main(["pack", str(small_site), str(target)]) == 0
    told = capsys.readouterr().out
    assert f"3 files are in {target}; unpacked, it opens with index.html." in told
    assert f"cannot be installed in a browser: the profile does not say '{PARAMETER}' = 'ja'." in told
    write_offline(small_site, "Handbok", "Handbok", installable=True)
    assert main(["pack", str(small_site), str(target)]) == 0
    assert "can be installed in a browser, over https." in capsys.readouterr().out
    assert main(["pack", str(tmp_path / "ingen"), str(target)]) == 1
    assert capsys.readouterr().err.endswith("holds no built site. Hint: Run 'python3 scripts/dev.py offline'.\n")


def test_a_profile_opts_in(tmp_path: Path) -> None:
    """With the choice, pages name the manifest and register the worker, and the policy allows both; else none."""
    root = copy_minimal(tmp_path)
    with (root / "profiles/parameters.yaml").open("a", encoding="utf-8") as file:
        file.write(PARAMETER_ENTRY)
    plain = build(root, "html", tmp_path / "plain")
    with (root / "profiles/exempelkommun.toml").open("a", encoding="utf-8") as file:
        file.write(f'"{PARAMETER}" = "ja"\n')
    chosen = build(root, "html", tmp_path / "chosen")
    assert (plain.code, plain.warnings, chosen.code, chosen.warnings) == (0, [], 0, [])
    assert (plain.folder / "csp.txt").read_text(encoding="utf-8") == f"{POLICY}\n"
    assert (chosen.folder / "csp.txt").read_text(encoding="utf-8") == f"{POLICY}{INSTALLABLE}\n"
    for built, expected in ((plain, []), (chosen, ["../manifest.webmanifest"])):
        page = page_tree((built.folder / "kurs/telefon.html").read_text(encoding="utf-8"))
        assert [link["href"] for link in page.all("link", rel="manifest")] == expected
        scripts = [script.attributes.get("src", "") for script in page.all("script")]
        assert any("offline.js" in name for name in scripts) is bool(expected)
    listed = (chosen.folder / WORKER_FILE).read_text(encoding="utf-8")
    missing = [name for name in files(chosen.folder) if name.endswith((".html", ".js", ".css")) and name not in listed]
    assert missing == [WORKER_FILE]
