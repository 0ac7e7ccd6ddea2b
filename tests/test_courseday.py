"""The example course day: what is written, the same bytes twice, and every PDF opened."""

from __future__ import annotations

import datetime
import io
import re
import sys
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from icalendar import Calendar
from pypdf import PdfReader
from support import PROJECT, files, page_tree, read_cases, real_content
from test_spelling import is_known, prose, words

from handbook import courseday_files, pdf
from handbook.__main__ import main
from handbook.book import BOOK_STYLE, BookError, book_html, write_book
from handbook.catalogue import build_catalogue
from handbook.courseday import load_courseday
from handbook.courseday_invitation import calendar_file, invitation
from handbook.courseday_papers import _question, paper_questions, question_paper
from handbook.courseday_slides import slides_page
from handbook.diagnostics import Diagnostics
from handbook.papers import draw
from handbook.pdf import STYLE_FILE, PdfError, pdf_bytes
from handbook.question_types import QUESTION_TYPES

if TYPE_CHECKING:
    from pathlib import Path

    from support import Case

    from handbook.courseday_model import CourseDay

COURSES = PROJECT / "courses"
TODAY = datetime.date(2026, 11, 28)
PAGES = {
    "inbjudan.pdf": (2, 4), "kursledare/minutplan.pdf": (2, 4), "deltagare/lagregler.pdf": (2, 4),
    "deltagare/kort.pdf": (2, 4), "deltagare/rostkort.pdf": (3, 3), "kursledare/dilemman.pdf": (2, 3),
    "deltagare/utvardering.pdf": (1, 1), "kursledare/narvaro.pdf": (1, 1), "deltagare/intyg.pdf": (1, 1),
    "deltagare/lank.pdf": (1, 1), "deltagare/prov-a.pdf": (3, 8), "deltagare/prov-b.pdf": (3, 8),
    "kursledare/prov-a-facit.pdf": (5, 12), "kursledare/prov-b-facit.pdf": (5, 12),
}  # fmt: skip
SAYS = {
    "inbjudan.pdf": "Program och hålltider", "kursledare/minutplan.pdf": "Om tiden är knapp",
    "deltagare/lagregler.pdf": "SFS 2009:400", "deltagare/kort.pdf": "Säg så här",
    "deltagare/rostkort.pdf": "Håll upp kortet", "kursledare/dilemman.pdf": "Här finns inget facit",
    "deltagare/utvardering.pdf": "Tempot var lagom", "kursledare/narvaro.pdf": "Arbetsplats",
    "deltagare/intyg.pdf": "har deltagit i", "deltagare/lank.pdf": "KURS27",
    "deltagare/prov-a.pdf": "Prov, version A", "deltagare/prov-b.pdf": "Prov, version B",
    "kursledare/prov-a-facit.pdf": "Rätt.", "kursledare/prov-b-facit.pdf": "Rätt.",
}  # fmt: skip


def example(name: str = "heldag") -> CourseDay:
    """Return an example that is shipped, which must be without slips."""
    found = Diagnostics()
    day, usable = load_courseday(COURSES / f"{name}.toml", real_content(), TODAY, found)
    assert [slip.render(PROJECT) for slip in found] == []
    assert usable
    assert day is not None
    return day


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{case.line}") for case in read_cases("courseday")])
def test_messages_are_what_the_case_says(case: Case, tmp_path: Path) -> None:
    """A slip in a course day is told at its line, in full and in order, and only a past date lets it pass."""
    root = tmp_path / "courses"
    root.mkdir()
    path = root / "heldag.toml"
    path.write_text((COURSES / "heldag.toml").read_text(encoding="utf-8"), encoding="utf-8")
    case.write(tmp_path)
    found = Diagnostics()
    _, usable = load_courseday(path, real_content(), TODAY, found)
    lines = [slip.render(tmp_path) for slip in sorted(found, key=lambda slip: slip.line)]
    assert lines == case.expected, case.title
    assert usable == all("is in the past" in line for line in lines)


@pytest.mark.parametrize("name", ["heldag", "halvdag", "45-minuter"])
def test_the_examples_are_ready(name: str) -> None:
    """Each variant that is shipped can be used, and its parts follow each other within the day."""
    day = example(name)
    assert day.parts[-1].end <= day.end
    assert all(before.end <= after.start for before, after in zip(day.parts, day.parts[1:], strict=False))


def test_every_pdf_says_what_it_should(course_day: Path) -> None:
    """Every PDF opens, is tagged, in Swedish, titled, has its fonts inside, and has the text and pages it should."""
    made = {path.relative_to(course_day).as_posix(): path for path in course_day.rglob("*.pdf")}
    assert made.keys() == PAGES.keys() == SAYS.keys()
    for name, path in made.items():
        reader = PdfReader(path)
        text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
        assert PAGES[name][0] <= len(reader.pages) <= PAGES[name][1], name
        assert SAYS[name] in text, name
        assert is_tagged(reader), name
        assert reader.metadata is not None
        assert reader.metadata.title
        assert fonts_inside(reader), name


def is_tagged(reader: PdfReader) -> bool:
    """Return whether the PDF has a tree of tags and says that it is in Swedish."""
    root: Any = reader.trailer["/Root"]
    return bool(root["/MarkInfo"]["/Marked"]) and root["/Lang"] == "sv" and "/K" in root["/StructTreeRoot"]


def fonts_inside(reader: PdfReader) -> bool:
    """Return whether every font of every page is embedded."""
    pages: Any = reader.pages
    fonts = [font.get_object() for page in pages for font in page["/Resources"].get("/Font", {}).values()]
    below = [font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font for font in fonts]
    return bool(below) and all(
        {"/FontFile", "/FontFile2", "/FontFile3"} & set(font["/FontDescriptor"].get_object()) for font in below
    )


def test_nothing_is_cut_at_the_edge(course_day: Path) -> None:
    """On every page of every PDF the outer margin is white: no table and no line runs out of the paper."""
    for path in sorted(course_day.rglob("*.pdf")):
        with pypdfium2.PdfDocument(path) as document:
            for number in range(len(document)):
                picture = document[number].render(scale=0.5).to_pil().convert("L")
                width, height = picture.size
                for edge in ((0, 0, 15, height), (width - 15, 0, width, height), (0, 0, width, 15)):
                    assert picture.crop(edge).getextrema() == (255, 255), (path.name, number + 1)


def test_the_same_input_gives_the_same_bytes(course_day: Path, tmp_path: Path) -> None:
    """Two runs on different days and in different folders differ in no byte."""
    again = tmp_path / "igen"
    told = ["courseday", str(COURSES / "heldag.toml"), "--out", str(again), "--root", str(PROJECT)]
    assert main([*told, "--today", "2026-12-01"]) == 0
    assert files(again) == files(course_day)


def test_keys_are_for_the_trainer_only(course_day: Path) -> None:
    """What participants get holds no key."""
    for path in (course_day / "deltagare").glob("prov-*.pdf"):
        assert "Rätt." not in "".join(page.extract_text() for page in PdfReader(path).pages)


def test_the_paper_is_the_one_on_the_page() -> None:
    """The paper is drawn as the test page draws it for the same role and code; B has the same questions."""
    day, content = example(), real_content()
    drawn = draw(build_catalogue(content), "final", "vaxel", "KURS27", 20)
    assert [question.id for question in paper_questions(day, content)] == drawn
    numbered = [
        sorted(re.findall(r"<p>(.+)</p>", question_paper(day, content, version, key=False))) for version in "AB"
    ]
    assert numbered[0] == numbered[1]
    assert question_paper(day, content, "A", key=False) != question_paper(day, content, "B", key=False).replace(
        "version B", "version A"
    )


def test_every_type_can_be_printed() -> None:
    """Paper and key can show a question of every type, with its right answer only in the key."""
    content = real_content()
    for name in QUESTION_TYPES:
        question = next(found for found in content.bank.questions.values() if found.common.type == name)
        with_key = _question(1, question, "X", {}, key=True)
        assert with_key != _question(1, question, "X", {}, key=False)
        assert page_tree(with_key).text


def test_a_call_on_paper_leads_from_turn_to_turn() -> None:
    """Each thing to say names the number of the turn it leads to, every turn but the first is led to, calls end."""
    calls = [found for found in real_content().bank.questions.values() if found.common.type == "branching"]
    for call in calls:
        text = page_tree(_question(1, call, "X", {}, key=False)).text
        turns = len(call.definition()["turns"])  # type: ignore[arg-type]
        assert {int(number) for number in re.findall(r"gå till (\d+)\)", text)} == set(range(2, turns + 1))
        assert "Samtalet är slut." in text
        assert "Rätt." not in text


def test_steps_on_paper_have_room_for_their_numbers() -> None:
    """A question of order has a line before every step, and none in the key."""
    question = next(found for found in real_content().bank.questions.values() if found.common.type == "order")
    lines = [_question(1, question, "X", {}, key=key).count('class="fill"') for key in (False, True)]
    assert lines == [len(question.items), 0]  # type: ignore[attr-defined]


def test_the_calendar_entry_can_be_read() -> None:
    """The entry says when in Swedish time, where and what."""
    day = example()
    (event,) = Calendar.from_ical(calendar_file(day)).walk("VEVENT")
    assert event.decoded("dtstart").isoformat() == "2027-04-14T09:00:00+02:00"
    assert event.decoded("dtend").isoformat() == "2027-04-14T16:00:00+02:00"
    assert str(event["location"]) == "Kommunhuset, Torget 1, Exempelkommun"
    assert b"VTIMEZONE" in calendar_file(day)


def test_the_form_asks_for_no_home_address() -> None:
    """The form asks for workplace and e-mail, and says when wishes for food are deleted."""
    form = page_tree(invitation(example(), real_content())).text
    assert "Arbetsplats" in form
    assert "De raderas onsdag den 21 april 2027" in form
    asked = [tag.text for tag in page_tree(invitation(example(), real_content())).all("p", class_="keep")]
    assert not [label for label in asked if re.search(r"adress|personnummer|telefon", label, re.IGNORECASE)]


def test_every_word_on_paper_and_slides_is_spelled_right() -> None:
    """What participants and trainer read is spelled as somebody knows it."""
    day, content = example(), real_content()
    html = [*courseday_files.pdf_pages(day, content).values(), slides_page(day, content)]
    unknown = {word for text in html for word in words(prose(page_tree(text))) if not is_known(word)}
    assert not unknown


def test_nothing_is_left_when_it_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a PDF cannot be made, the folder is as it was, and nothing lies beside it."""

    def fails(*_: object) -> bytes:
        raise PdfError(pdf.NO_PANGO)

    monkeypatch.setattr(courseday_files, "pdf_bytes", fails)
    with pytest.raises(PdfError, match=r"Hint: Install it \(Debian"):
        courseday_files.make_files(example(), real_content(), tmp_path / "dag", lambda *_: None)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder that no course day has made is neither emptied nor added to."""
    (tmp_path / "viktigt.txt").write_text("x", encoding="utf-8")
    told = ["courseday", str(COURSES / "45-minuter.toml"), "--out", str(tmp_path), "--root", str(PROJECT)]
    assert main([*told, "--today", "2026-11-28"]) == 1
    assert "holds files that no course day has made. Hint: Choose a new folder" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["viktigt.txt"]


def test_what_the_trainer_has_added_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Written again into the same folder, our own files are new, those no longer made are gone, all others are kept."""
    monkeypatch.setattr(courseday_files, "pdf_bytes", lambda *_: b"%PDF")  # how a PDF looks is tested above
    out = tmp_path / "dag"
    courseday_files.make_files(example(), real_content(), out, lambda *_: None)
    own = {"deltagare/egna kort.docx": "kort", "anteckningar.txt": "minns", "egen/mapp/å.txt": "å"}
    for name, text in own.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")
    (out / "kursdag.ics").write_text("ändrad", encoding="utf-8")
    marker = out / courseday_files.MARKER
    marker.write_text(marker.read_text(encoding="utf-8") + "\nförra.pdf", encoding="utf-8")
    (out / "förra.pdf").write_bytes(b"%PDF")
    names = courseday_files.make_files(example(), real_content(), out, lambda *_: None)
    written = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    assert written == {*names, *own}
    assert {name: (out / name).read_text(encoding="utf-8") for name in own} == own
    assert (out / "kursdag.ics").read_text(encoding="utf-8").startswith("BEGIN:VCALENDAR")
    assert [path.name for path in tmp_path.iterdir()] == ["dag"]


def test_a_page_becomes_a_book(site: Path) -> None:
    """A whole policy is one tagged PDF whose contents lead to the pages of its headings."""
    html, count = book_html((site / "policy/telefon.html").read_text(encoding="utf-8"), "Exempelkommun, 2026-11-28")
    assert page_tree(html).one("body").all("p")[1].text == "Exempelkommun, 2026-11-28"
    data = pdf_bytes(html, PROJECT / "src/handbook/courseday_print.css", TODAY, site / "policy")
    reader = PdfReader(io.BytesIO(data))
    pages: Any = reader.pages
    first = pages[0]
    annotations = [link.get_object() for link in first.get("/Annots", [])]
    links = [link for link in annotations if "/Dest" in link]
    assert count > 5
    addresses = [str(link.get_object()["/A"].get("/URI", "")) for page in pages for link in links_of(page)]
    assert not [address for address in addresses if not address.startswith("http")]
    assert len(links) >= min(count, 20)
    assert {str(link["/Dest"]) for link in links} <= reader.named_destinations.keys()
    assert is_tagged(reader)
    text = "\n".join(page.extract_text() for page in list(pages)[1:])
    rules = [int(number) for number in re.findall(r"^ *(\d+)\. ", text, re.MULTILINE)]
    assert len(rules) > 30
    assert rules == list(range(1, len(rules) + 1))  # "rule 25" is the same on paper


def test_a_whole_book_names_its_pages() -> None:
    """Where many pages are one, the contents lead to each page by an anchor that no other page uses."""
    pages = "".join(
        f'<span id="document-{name}"></span><section id="same"><h{level}>{name}</h{level}><p>x</p></section>'
        for name, level in (("ett", 2), ("tva", 3))
    )
    book, count = book_html(f'<article><h1>Bok</h1>{pages}<a href="x.html">z</a></article>', "2026")
    links = [(tag["href"], tag.text) for tag in page_tree(book).one("nav").all("a")]
    assert (count, links) == (2, [("#document-ett", "ett"), ("#document-tva", "tva")])
    assert page_tree(book).one("main")["class"] == "book whole new-page"
    assert 'href="x.html"' not in book


def test_a_sign_on_paper_is_as_high_as_its_words(site: Path, tmp_path: Path) -> None:
    """The signs of ten verdicts, which have no size of their own, stand on one page and not on ten."""
    sign = re.search(r'<span class="verdict .*?</span>', (site / "sla-upp/hemadress.html").read_text(encoding="utf-8"))
    assert sign is not None
    assert "<svg" in sign.group()
    html = f"<html lang='sv'><head><title>x</title></head><body>{f'<p>{sign.group()}</p>' * 10}</body></html>"
    style = tmp_path / "print.css"
    style.write_text("".join((PROJECT / "src/handbook" / name).read_text() for name in (STYLE_FILE, BOOK_STYLE)))
    assert len(PdfReader(io.BytesIO(pdf_bytes(html, style, TODAY))).pages) == 1


def links_of(page: Any) -> list[Any]:
    """Return the links of a page that lead out of the PDF."""
    return [link for link in page.get("/Annots", []) if "/A" in link.get_object()]


def test_without_pango_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine where WeasyPrint cannot be imported is told what to install, without a traceback."""
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(PdfError, match=r"the library Pango, which this machine does not have\. Hint: Install it"):
        pdf_bytes("<p>x</p>", courseday_files.STYLE, TODAY)


def test_a_page_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    """A book of a page that does not exist is refused with a hint."""
    with pytest.raises(BookError, match=r"There is no page docs/policy/fax\.md\. Hint:"):
        write_book(PROJECT, "policy/fax", tmp_path / "x.pdf", TODAY, "exempelkommun")
