"""Citations: every form that people write, the one house form, and what cannot be read."""

from __future__ import annotations

import pytest
from support import real_content

from handbook.citation import CitationError, format_citation, parse_citation, parse_id

NBSP = "\u00a0"

READ = [
    ("OSL 39:3 st. 3", "39 kap. 3 § tredje stycket OSL", ["OSL-39-3-st3"]),
    ("OSL 39:3 st 3", "39 kap. 3 § tredje stycket OSL", ["OSL-39-3-st3"]),
    ("OSL 39:3 3 st", "39 kap. 3 § tredje stycket OSL", ["OSL-39-3-st3"]),
    ("OSL 39:3 tredje stycket", "39 kap. 3 § tredje stycket OSL", ["OSL-39-3-st3"]),
    ("OSL 39 : 3", "39 kap. 3 § OSL", ["OSL-39-3"]),
    ("OSL 39:3 §", "39 kap. 3 § OSL", ["OSL-39-3"]),
    ("39:3 OSL", "39 kap. 3 § OSL", ["OSL-39-3"]),
    ("39:3 st. 3 OSL", "39 kap. 3 § tredje stycket OSL", ["OSL-39-3-st3"]),
    ("39 kap. 3 § OSL", "39 kap. 3 § OSL", ["OSL-39-3"]),
    ("39 kap 3 § OSL", "39 kap. 3 § OSL", ["OSL-39-3"]),
    ("39 kap. 3 § i OSL", "39 kap. 3 § OSL", ["OSL-39-3"]),
    ("39 kap. 3 § tredje stycket OSL", "39 kap. 3 § tredje stycket OSL", ["OSL-39-3-st3"]),
    ("39 kap. 3 § 3 st. OSL", "39 kap. 3 § tredje stycket OSL", ["OSL-39-3-st3"]),
    ("39 kap. 3 § första och andra styckena OSL", "", ["OSL-39-3-st1", "OSL-39-3-st2"]),
    ("39 kap. 3 § första, andra och tredje styckena OSL", "", ["OSL-39-3-st1", "OSL-39-3-st2", "OSL-39-3-st3"]),
    ("OSL 39 kap. 3 §", "39 kap. 3 § OSL", ["OSL-39-3"]),
    ("OSL 39 kap. 3 § tredje stycket", "39 kap. 3 § tredje stycket OSL", ["OSL-39-3-st3"]),
    ("OSL-39-3-st3", "39 kap. 3 § tredje stycket OSL", ["OSL-39-3-st3"]),
    ("2 kap. 17 och 18 §§ TF", "2 kap. 17 och 18 §§ TF", ["TF-2-17", "TF-2-18"]),
    ("2 kap. 15, 17 och 18 §§ TF", "2 kap. 15, 17 och 18 §§ TF", ["TF-2-15", "TF-2-17", "TF-2-18"]),
    ("2 kap. 17–18 §§ TF", "2 kap. 17–18 §§ TF", ["TF-2-17", "TF-2-18"]),
    ("TF 2:17-19", "2 kap. 17–19 §§ TF", ["TF-2-17", "TF-2-18", "TF-2-19"]),
    ("6 § FL", "6 § FL", ["FL-6"]),
    ("6–8 §§ FL", "6–8 §§ FL", ["FL-6", "FL-7", "FL-8"]),
    ("FL 6 §", "6 § FL", ["FL-6"]),
    ("FL 6", "6 § FL", ["FL-6"]),
    ("FL-6", "6 § FL", ["FL-6"]),
    ("9 b § OSF", "9 b § OSF", ["OSF-9b"]),
    ("9b § OSF", "9 b § OSF", ["OSF-9b"]),
    ("OSF-9b", "9 b § OSF", ["OSF-9b"]),
    ("4 kap. 9 c § BrB", "4 kap. 9 c § BrB", ["BrB-4-9c"]),
    ("4 a–4 c §§ BBS", "4 a–4 c §§ BBS", ["BBS-4a", "BBS-4c"]),
    ("artikel 6 dataskyddsförordningen", "artikel 6 i dataskyddsförordningen", ["GDPR-6"]),
    ("artikel 6 i dataskyddsförordningen", "", ["GDPR-6"]),
    ("artikel 6 GDPR", "artikel 6 i dataskyddsförordningen", ["GDPR-6"]),
    ("GDPR artikel 6.1 e", "artikel 6.1 e i dataskyddsförordningen", ["GDPR-6"]),
    ("GDPR art. 6.1e", "artikel 6.1 e i dataskyddsförordningen", ["GDPR-6"]),
    ("art 33.1 GDPR", "artikel 33.1 i dataskyddsförordningen", ["GDPR-33"]),
    ("GDPR art. 9.2 i", "artikel 9.2 i i dataskyddsförordningen", ["GDPR-9"]),
    ("artiklarna 13 och 14 i dataskyddsförordningen", "", ["GDPR-13", "GDPR-14"]),
    ("artiklarna 44–46 GDPR", "artiklarna 44–46 i dataskyddsförordningen", ["GDPR-44", "GDPR-45", "GDPR-46"]),
    ("GDPR-6", "artikel 6 i dataskyddsförordningen", ["GDPR-6"]),
    ("GDPR 6", "artikel 6 i dataskyddsförordningen", ["GDPR-6"]),
    ("artikel 16 i förordningen om digitala tjänster", "", ["DSA-16"]),
    ("artikel 50.1 AI-förordningen", "artikel 50.1 i AI-förordningen", ["AI-50"]),
    ("  39\u00a0kap.\u00a03\u00a0§   OSL. ", "39 kap. 3 § OSL", ["OSL-39-3"]),
]

UNREADABLE = [
    "", "OSL", "39:3", "paragraf 3", "39 kap. OSL", "OSL 39:3 st. 0", "OSL 39:3 st. 11", "OSL-39-3-st0",
    "2 kap. 15, 17–19 §§ TF", "9–6 §§ FL", "1–4000 §§ FL", "17 och 18 §§ första och andra styckena TF",
    "artikel 6 OSL", "artikel 6.1.2 GDPR",
    "artiklarna 13 och 14.1 GDPR", "artikel i dataskyddsförordningen", "OSL 39:3 och TF 2:18", "§ 6", "JO 3987-2009",
]  # fmt: skip


@pytest.mark.parametrize(("written", "printed", "ids"), READ, ids=[written for written, _, _ in READ])
def test_what_people_write_is_read(written: str, printed: str, ids: list[str]) -> None:
    """Each accepted form gives the ids it names, and one house form that is the same for all spellings."""
    citation = parse_citation(written)
    assert [provision.id for provision in citation.provisions] == ids
    assert str(citation).replace(NBSP, " ") == (printed or written)


@pytest.mark.parametrize(("written", "_printed", "ids"), READ, ids=[written for written, _, _ in READ])
def test_the_house_form_is_read_as_itself(written: str, _printed: str, ids: list[str]) -> None:
    """Printing and reading again changes nothing, neither the text nor what it names."""
    printed = str(parse_citation(written))
    assert str(parse_citation(printed)) == printed
    assert [provision.id for provision in parse_citation(printed).provisions] == ids


@pytest.mark.parametrize("written", UNREADABLE)
def test_what_cannot_be_read_is_refused(written: str) -> None:
    """A form that is no citation, or would print as another than was meant, is refused with words."""
    with pytest.raises(CitationError, match=r"\w"):
        parse_citation(written)


@pytest.mark.parametrize(
    "written", ["OSL", "OSL 39:3", "OSL-39-3-st11", "OSL-39-3-st0", "osl-39-3", "OSL-39-3-St3", ""]
)
def test_an_id_is_written_in_one_way(written: str) -> None:
    """The register's ids have one form, since anchors and questions depend on it."""
    with pytest.raises(CitationError):
        parse_id(written)


def test_no_line_breaks_inside_a_number() -> None:
    """Chapter, section and law hold together with no-break spaces; only words may part."""
    printed = str(parse_citation("OSL 39:3 st. 3"))
    assert printed == f"39{NBSP}kap.{NBSP}3{NBSP}§ tredje stycket{NBSP}OSL"
    assert str(parse_citation("9 b § OSF")) == f"9{NBSP}b{NBSP}§{NBSP}OSF"


def test_articles_hold_together_with_their_numbers() -> None:
    """The word, the number and the point of an article stay on one line."""
    printed = str(parse_citation("GDPR art. 6.1 e"))
    assert printed == f"artikel{NBSP}6.1{NBSP}e i dataskyddsförordningen"


def test_every_provision_of_the_register_can_be_cited() -> None:
    """For each entry of the real register the house form, without a part's words, is read back as its own id."""
    entries = real_content().laws.entries
    assert len(entries) > 60
    for entry in entries.values():
        whole = parse_citation(entry.id)
        assert [provision.id for provision in whole.provisions] == [entry.id]
        printed = entry.citation.removesuffix(f" ({entry.part})")
        assert format_citation(whole, entry.part) == entry.citation
        read = parse_citation(printed).provisions
        assert [provision.id for provision in read] == [entry.id.removesuffix(f"-{entry.provision.part}")]
