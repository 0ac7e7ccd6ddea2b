"""Pictures drawn from data: what they say is the law register's, all of it stands in words, and it fits."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

import pytest
from support import PROJECT, page_tree, real_content

from handbook.drawing import Paragraph, arrow
from handbook.picture_data import dated
from handbook.picture_drawing import NARROW, Box, draw
from handbook.swedish_text import plain

if TYPE_CHECKING:
    from pathlib import Path

    from support import Tag

PICTURES = real_content().pictures.pictures
PLACED = re.compile(r"^```\{picture\} ([\w-]+)$", re.MULTILINE)
SMALLEST = 12
PHONE = 328
"""How wide the text column is on a screen that is 360 wide."""


def places() -> dict[str, list[str]]:
    """Return the pages that show each picture."""
    found: dict[str, list[str]] = {name: [] for name in PICTURES}
    for path in sorted((PROJECT / "docs").rglob("*.md")):
        for name in PLACED.findall(path.read_text(encoding="utf-8")):
            found[name].append(path.relative_to(PROJECT / "docs").with_suffix(".html").as_posix())
    return found


@pytest.fixture(scope="module")
def figures(site: Path) -> dict[str, Tag]:
    """Return the figure of each picture on its first page."""
    found = {}
    for name, pages in places().items():
        page = page_tree((site / pages[0]).read_text(encoding="utf-8"))
        (found[name],) = [tag for tag in page.all("figure") if tag.all("figcaption", id=f"bild-{name}")]
    return found


def test_every_picture_has_a_page() -> None:
    """No picture is drawn for nobody."""
    assert len(PICTURES) >= 5
    assert [name for name, pages in places().items() if not pages] == []


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_is_drawn_wide_and_narrow_and_named(figures: dict[str, Tag], name: str) -> None:
    """Both drawings are images with the caption for a name, and the narrow one has no text too small for a phone."""
    drawings = figures[name].all("svg")
    assert [svg["class"] for svg in drawings] == ["picture-wide", "picture-narrow"]
    assert {(svg["role"], svg["aria-labelledby"]) for svg in drawings} == {("img", f"bild-{name}")}
    sizes = [float(text["font-size"]) for text in drawings[1].all("text")]
    assert min(sizes) * PHONE / NARROW >= SMALLEST


@pytest.mark.parametrize("name", PICTURES)
def test_all_that_a_picture_says_stands_in_words(figures: dict[str, Tag], name: str) -> None:
    """Whoever does not see the picture reads the same below it, with every paragraph as a link."""
    words = figures[name].one("details", class_="picture-words")
    values = real_content().profile.substitutions()  # type: ignore[union-attr]
    for part in PICTURES[name].all_parts():
        for text in (part.heading, part.text, part.quote, part.group, part.label):
            assert plain(text, values).rstrip(".") in words.text, (name, text)
        for provision in part.provisions:
            assert words.all("a", href=f"../om/lagregister/index.html#{provision.lower()}"), (name, provision)


def test_the_scale_has_the_strengths_of_the_register() -> None:
    """Each level cites a provision of that very strength, and stands on its side of the two presumptions."""
    levels = PICTURES["styrkor"].parts
    entries = real_content().laws.entries
    assert [entries[level.provisions[0]].strength for level in levels] == [
        "absolut", "stark", "svag", "kvalificerat rakt", "none"
    ]  # fmt: skip
    assert [level.heading for level in levels] == [
        "Absolut",
        "Stark, omvänt",
        "Svag, rakt",
        "Kvalificerat rakt",
        "Ingen",
    ]
    assert levels[1].group == "Presumtion för sekretess"
    assert levels[2].group == levels[3].group == "Presumtion för offentlighet"


def test_the_time_line_has_the_dates_of_the_register() -> None:
    """Each change stands at the day from which its provision holds, in order of time, from 2010 on and not to come."""
    found = dated(PICTURES["andringar"], real_content().laws)
    assert len(found) == len(PICTURES["andringar"].parts)
    days = [day for day, _ in found]
    assert days == sorted(days)
    assert days[0].year >= 2010
    assert days[-1] <= max(rule.last_checked for rule in real_content().rules.rules.values())
    own = [part.heading for _, part in found if part.date is not None]
    assert own == ["Hemadress och privata nummer"]
    privata = next(day for day, part in found if part.heading == own[0])
    assert privata == datetime.date(2018, 1, 1)


@pytest.mark.parametrize("form", ["scale", "steps", "pairs", "timeline"])
def test_a_drawing_is_well_formed_and_holds_its_words(form: str) -> None:
    """Signs of HTML in a text are text, and a drawing grows with what it says."""
    out = Box("Ut <b>", "", "", "", "open", "ja", "")
    one = Box("A & B", "Kort.", "citat", "Grupp", "plain", "", "1\u00a0§\u00a0FL", (out,) if form != "timeline" else ())
    longer = Box("A & B", "Lång text. " * 20, "citat", "Grupp", "plain", "", "1\u00a0§\u00a0FL")
    drawn = page_tree(draw(form, [one, one], "namn"))
    assert "A & B" in drawn.text
    assert ("Ut <b>" in drawn.text) is (form in {"steps", "pairs"} or form == "scale")
    heights = [float(svg["viewbox"].split()[3]) for svg in page_tree(draw(form, [one, longer], "namn")).all("svg")]
    before = [float(svg["viewbox"].split()[3]) for svg in drawn.all("svg")]
    assert all(after > height for after, height in zip(heights, before, strict=True))


def test_an_arrow_points_where_it_goes() -> None:
    """The head lies at the last point, downwards or to the right."""
    assert "M5 20.0l-4.5 -8h9z" in arrow((5, 0), (5, 20))
    assert "M40 9.0l-8 -4.5v9z" in arrow((5, 9), (40, 9))


def test_a_citation_breaks_only_when_it_must() -> None:
    """No-break spaces hold a citation together in a box that is wide enough, and give way in one that is not."""
    cited = Paragraph("21\u00a0kap.\u00a03\u00a0§\u00a0OSL", "law", 13)
    assert cited.lines(300) == ["21\u00a0kap.\u00a03\u00a0§\u00a0OSL"]
    assert len(cited.lines(80)) == 2
