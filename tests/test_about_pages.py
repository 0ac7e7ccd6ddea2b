"""The pages about the handbook: what a lawyer must look at, old section numbers, whom to tell, what is stored."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from support import PROJECT, page_tree, real_content

from handbook.swedish_text import plain

if TYPE_CHECKING:
    from pathlib import Path

    from support import Tag


@pytest.fixture(scope="module")
def about(site: Path) -> dict[str, Tag]:
    """Return the pages about the handbook, by name."""
    names = ("kallor", "tillganglighet", "lagring", "lagregister/index")
    return {name: page_tree((site / f"om/{name}.html").read_text(encoding="utf-8")) for name in names}


def test_every_uncertain_rule_is_listed_for_the_lawyer(about: dict[str, Tag]) -> None:
    """Each rule that is not certain has its link, what is uncertain and who decides; the least certain comes first."""
    content = real_content()
    assert content.profile
    uncertain = [rule for rule in content.rules.rules.values() if rule.confidence != "high"]
    text = about["kallor"].text
    assert f"{len(uncertain)} av {len(content.rules.rules)} regler har säkerheten medel eller låg." in text
    values = content.profile.substitutions()
    for rule in uncertain:
        (term,) = [tag for tag in about["kallor"].all("dt") if tag.all("a", href=f"../sla-upp/{rule.id}.html")]
        assert rule.question in term.text
        assert " ".join(plain(str(rule.uncertain), values).split()) in text, rule.id
    listed = [tag.text for tag in about["kallor"].all("dt") if re.search(r"\(säkerhet: \w+\)$", tag.text)]
    levels = [text.rpartition(": ")[2] for text in listed[: len(uncertain)]]
    assert levels == sorted(levels)  # "låg" before "medel"
    assert "Vem avgör: HR-avdelningen" in text


def test_every_uncertain_provision_is_listed_for_the_lawyer(about: dict[str, Tag]) -> None:
    """Each provision that is not certain is linked with the note that says why."""
    uncertain = [entry for entry in real_content().laws.entries.values() if entry.confidence != "high"]
    assert uncertain
    for entry in uncertain:
        assert about["kallor"].all("a", href=f"lagregister/index.html#{entry.anchor}"), entry.id
        assert entry.note, entry.id
        assert " ".join(entry.note.split()) in about["kallor"].text


def test_old_section_numbers_lead_to_the_new_ones(about: dict[str, Tag]) -> None:
    """The classic one is there: 2 kap. 14 § became 17 and 18 §§, and the link leads to the register."""
    items = [tag for tag in about["lagregister/index"].all("li") if "2 kap. 14 § TF före 2019-01-01" in tag.text]
    (item,) = items
    assert item.text.endswith("nu 2 kap. 17 och 18 §§ TF")
    assert item.one("a")["href"] == "#tf-2-17"


def test_the_statement_says_what_it_must(about: dict[str, Tag]) -> None:
    """Status, contact from the profile, supervision, what is not accessible, how it was tested and when."""
    text = about["tillganglighet"].text
    for part in (
        "delvis förenlig",
        "Inte provat",
        "axe-core",
        "Skärmläsare",
        "Safari och Firefox",
        "tillsynsmyndigheten",
    ):
        assert part in text
    assert re.search(r"skrevs den \d+ \w+ 20\d\d", text)
    assert about["tillganglighet"].all("a", href="mailto:kommunikation%40exempelkommun.example")
    assert about["tillganglighet"].all("a", href="tel:0846500440")


def test_what_is_stored_is_what_the_scripts_store(about: dict[str, Tag]) -> None:
    """Whatever our scripts keep in the browser, the page tells of it; a new key asks for a new line."""
    told = {"handbook-theme": "ljust eller mörkt", "handbook-lookup-key": "sökrutan", "repetition": "Veckans fem",
            "exam": "prov", "round": "övning"}  # fmt: skip
    for words in told.values():
        assert words in about["lagring"].text
    code = "\n".join(path.read_text(encoding="utf-8") for path in (PROJECT / "src/handbook/static").glob("*.js"))
    keys = set(re.findall(r"_KEY = \"([\w-]+)\"|KEY_CHOICE = \"([\w-]+)\"", code))
    assert {first or second for first, second in keys} <= set(told)
    written = set(re.findall(r"[sS]torage\.write\(\"([\w.-]+)\"", code))
    assert {name.rpartition(".")[2] for name in written} <= set(told)
