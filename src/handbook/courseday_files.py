"""All files of a course day, made in a folder beside the target and moved into place when every one is done."""

from __future__ import annotations

import base64
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from handbook import courseday_handouts as handouts
from handbook.courseday_invitation import calendar_file, invitation, link_page, minute_plan, qr_svg
from handbook.courseday_papers import VERSIONS, question_paper
from handbook.courseday_slides import slides_files
from handbook.courseday_text import slug_safe
from handbook.pdf import STYLE_FILE, pdf_bytes

if TYPE_CHECKING:
    from collections.abc import Callable

    from handbook.content import Content
    from handbook.courseday_model import CourseDay

STYLE = Path(__file__).with_name(STYLE_FILE)
MARKER = ".kursdag"
"""Names the files that were written by us and may be replaced; what else is in the folder is the trainer's own."""


class FolderError(RuntimeError):
    """The folder to write to holds something else; the message says what to do."""


def pdf_pages(day: CourseDay, content: Content) -> dict[str, str]:
    """Return the HTML of every PDF, by the name of its file."""
    found = {
        "inbjudan.pdf": invitation(day, content),
        "kursledare/minutplan.pdf": minute_plan(day, content),
        "deltagare/lagregler.pdf": handouts.law_booklet(day, content),
        "deltagare/kort.pdf": handouts.desk_cards(day, content),
        "deltagare/rostkort.pdf": handouts.voting_cards(day, content),
        "kursledare/dilemman.pdf": handouts.dilemma_cases(day, content),
        "deltagare/utvardering.pdf": handouts.evaluation(day, content),
        "kursledare/narvaro.pdf": handouts.attendance(day, content),
        "deltagare/intyg.pdf": handouts.diploma(day, content),
        "deltagare/lank.pdf": link_page(day, content).replace('src="lank.svg"', f'src="{_as_data(qr_svg(day))}"'),
    }
    for version in VERSIONS:
        found[f"deltagare/prov-{slug_safe(version)}.pdf"] = question_paper(day, content, version, key=False)
        found[f"kursledare/prov-{slug_safe(version)}-facit.pdf"] = question_paper(day, content, version, key=True)
    return found


def _as_data(svg: str) -> str:
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def make_files(day: CourseDay, content: Content, out: Path, progress: Callable[[int, int, str], None]) -> list[str]:
    """Write every file of the day into *out* and return their names; what the trainer has added there stays.

    Raises FolderError when *out* holds other files, PdfError without Pango, FileNotFoundError without reveal.js and
    OSError when the disk does not take them; *out* is then as it was.
    """
    _refuse_foreign(out)
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as temporary:
        folder = Path(temporary) / "dag"
        names = _write_all(day, content, folder, progress)
        _carry_over(out, folder)
        _replace(out, folder, Path(temporary) / "before")
    return names


def _carry_over(out: Path, folder: Path) -> None:
    """Copy what the trainer has added to *out* into *folder*."""
    if not (out / MARKER).is_file():
        return
    ours = set((out / MARKER).read_text(encoding="utf-8").splitlines())
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_file() and name not in ours and not (folder / name).exists():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, folder / name)


def _replace(out: Path, folder: Path, before: Path) -> None:
    """Put *folder* in the place of *out*; what was there goes to *before*, and comes back when that fails."""
    if out.exists():
        out.rename(before)
    try:
        folder.rename(out)
    except OSError:
        if before.exists():
            before.rename(out)
        raise


def _refuse_foreign(out: Path) -> None:
    if out.is_file() or (out.is_dir() and any(out.iterdir()) and not (out / MARKER).is_file()):
        raise FolderError(f"{out} holds files that no course day has made. Hint: Choose a new folder for --out.")


def _write_all(day: CourseDay, content: Content, folder: Path, progress: Callable[[int, int, str], None]) -> list[str]:
    files: dict[str, bytes] = {"kursdag.ics": calendar_file(day)}
    files["inbjudan.html"] = invitation(day, content, "inbjudan.css").encode()
    files["inbjudan.css"] = STYLE.read_bytes()
    files["deltagare/lank.html"] = link_page(day, content, "../inbjudan.css").encode()
    files["deltagare/lank.svg"] = qr_svg(day).encode()
    files |= {f"bilder/{name}": data for name, data in slides_files(day, content).items()}
    pages = pdf_pages(day, content)
    names = [*files, *pages, MARKER]
    files[MARKER] = "\n".join(sorted(names)).encode()
    for name, data in files.items():
        _write(folder / name, data)
    for number, (name, html) in enumerate(pages.items(), 1):
        progress(number, len(pages), name)
        _write(folder / name, pdf_bytes(html, STYLE, day.last_day))
    return names


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
