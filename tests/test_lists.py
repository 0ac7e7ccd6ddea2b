"""Subjects, coming law, changes and short links of the real handbook, and what is made of them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from support import PROJECT, Tag, page_tree, real_content

from handbook.change_log import load_changes
from handbook.diagnostics import Diagnostics
from handbook.rule_register import OTHER_PAGES
from handbook.short_links import short_link
from handbook.theme import swedish_key

if TYPE_CHECKING:
    from pathlib import Path


def tree(site: Path, path: str) -> Tag:
    """Return the main part of a page."""
    return page_tree((site / path).read_text(encoding="utf-8")).one(id="main-content")


def links(tag: Tag) -> set[str]:
    """Return where the links of an element lead."""
    return {link["href"] for link in tag.all("a")}


def test_every_rule_has_one_subject() -> None:
    """Each rule that has a page stands under exactly one subject."""
    content = real_content()
    placed = [rule_id for subject in content.subjects for rule_id in subject.rules]
    assert len(placed) == len(set(placed))
    assert set(content.rules.rules) <= set(placed)
    assert not set(placed) & OTHER_PAGES


def test_every_provision_leads_to_its_rules(site: Path) -> None:
    """The list of paragraphs has each provision that a rule cites, with a link to that rule."""
    content = real_content()
    page = tree(site, "sla-upp/paragrafer.html")
    terms = page.all("dt")
    assert len(terms) == len([entry for entry in content.laws.entries if content.rules.citing(entry)])
    shown: set[tuple[str, str]] = set()
    for listed in page.all("dl"):
        children = [child for child in listed.children if isinstance(child, Tag)]
        for term, told in zip(children[::2], children[1::2], strict=True):
            anchor = term.one("a")["href"].partition("#")[2]
            shown |= {(anchor, href) for href in links(told)}
    expected = {
        (entry.anchor, f"{rule.id}.html")
        for entry in content.laws.entries.values()
        for rule in content.rules.citing(entry.id)
    }
    assert shown == expected


def test_every_word_stands_under_its_letter(site: Path) -> None:
    """A–Ö is in Swedish order, and each search word and question leads to its rule."""
    page = tree(site, "sla-upp/a-o.html")
    letters = [heading.text for heading in page.all("h2")]
    assert letters == sorted(letters, key=swedish_key)
    groups = page.all(class_="word-index")
    entries = [(item.text, links(item)) for group in groups for item in group.all("li")]
    for rule in real_content().rules.rules.values():
        for word in rule.search_words:
            assert any(text.startswith(f"{word}:") and f"{rule.id}.html" in hrefs for text, hrefs in entries), word
        assert any(text == rule.question for text, _ in entries), rule.id


def test_changes_come_latest_first(tmp_path: Path) -> None:
    """Entries under Content are read whole, in any order, and those of other headings are left alone."""
    log = tmp_path / "CHANGELOG.md"
    log.write_text(
        "## [2]\n\n### Content\n\n- Nyare: två\n  rader.\n  - From: 2026-01-15\n  - Pages: index\n  - Questions: a\n"
        "- Nyast.\n  - From: 2026-02-01 (the law)\n  - Pages: all rules in sla-upp\n  - Questions: all\n"
        "\n### Added\n\n- Not this.\n\n## [1]\n\n### Content\n\n- Äldst.\n  - From: 2025-07-02\n  - Pages: index\n"
        "  - Questions: none\n",
        encoding="utf-8",
    )
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# x", encoding="utf-8")
    diagnostics = Diagnostics()
    changes = load_changes(log, tmp_path / "docs", diagnostics)
    assert diagnostics == []
    assert [(change.text, change.since, change.pages, change.places) for change in changes] == [
        ("Nyast.", datetime.date(2026, 2, 1), (), ("all rules in sla-upp",)),
        ("Nyare: två rader.", datetime.date(2026, 1, 15), ("index",), ()),
        ("Äldst.", datetime.date(2025, 7, 2), ("index",), ()),
    ]


def test_the_changes_are_on_their_page(site: Path) -> None:
    """Each change of the content is shown with its day and links to the pages it names."""
    page = tree(site, "sla-upp/nyss-andrat.html")
    items = [child for child in page.one(class_="changes").children if isinstance(child, Tag)]
    changes = real_content().changes
    assert len(items) == len(changes) >= 1
    for item, change in zip(items, changes, strict=True):
        assert change.since.isoformat() in item.text
        assert {f"{name.removeprefix('sla-upp/')}.html" for name in change.pages if "sla-upp/" in name} <= links(item)


def test_coming_law_is_never_shown_as_law(site: Path) -> None:
    """Each coming law says that it is not law, how far it has come and how certain that is; the register has none."""
    content = real_content()
    page = tree(site, "sla-upp/kommer-att-andras.html")
    assert "Inget av det är lag i dag." in page.text
    for law in content.coming:
        section = page.one(id=f"kommande-{law.id}")
        labels = [term.text for term in section.all("dt")]
        assert labels[:4] == ["Inte lag i dag", "Gäller tidigast", "Vad det kan betyda", "Hur säkert det är"]
        assert law.sfs not in {entry.amended_by for entry in content.laws.entries.values()} - {""}
    assert len(content.coming) >= 8
    newest = max(rule.last_checked for rule in content.rules.rules.values())
    assert all(law.starts > newest for law in content.coming if law.starts)


def test_every_rule_has_a_short_link(site: Path) -> None:
    """``r/<rule>`` leads to the rule at once, says where it leads, and is shown on the rule's page."""
    for rule in real_content().rules.rules.values():
        page = page_tree((site / short_link(rule.id) / "index.html").read_text(encoding="utf-8"))
        address = f"../../sla-upp/{rule.id}.html"
        assert page.one("meta", http_equiv="refresh")["content"] == f"0; url={address}"
        assert page.one("link", rel="canonical")["href"] == address
        assert page.one("a")["href"] == address
        assert page.one("h1").text == rule.question
        assert page.all("script") == []
        shown = tree(site, f"sla-upp/{rule.id}.html").one(class_="short-link")
        assert shown.text == short_link(rule.id)


def test_every_rule_is_in_the_quick_guide_and_on_a_card(site: Path) -> None:
    """For paper, each rule has its verdict, short answer, words to say, paragraph and whom to ask."""
    guide = tree(site, "sla-upp/snabbguide.html")
    cards = tree(site, "sla-upp/kort.html")
    rules = real_content().rules.rules
    assert len(guide.all(class_="quick-rule")) == len(cards.all(class_="print-card")) == len(rules)
    for rule in rules.values():
        brief = next(card for card in guide.all(class_="quick-rule") if rule.question in card.text)
        card = cards.one(id=f"kort-{rule.id}")
        first = real_content().laws.entries[rule.provisions[0]].citation
        for shown in (brief.text, card.text):
            for part in (rule.question, rule.verdict.capitalize(), "Säg så här", "Vem avgör"):
                assert part in shown
            assert " ".join(first.split()) in shown
        assert short_link(rule.id) in card.text
        assert "Fråga inte" in card.text


def test_the_flow_on_the_editors_page_has_a_text(site: Path) -> None:
    """Beside the picture, the same steps stand as a list: every question and outcome, and every answer."""
    page = tree(site, "om/for-redaktorer.html")
    guide = real_content().guide
    assert guide is not None
    assert page.one("svg", class_="flow")["aria-label"].startswith("Flödet i guiden")
    text = page.one(class_="flow-text").text
    for question in guide.questions.values():
        assert question.text in text
        assert all(f"{answer.text} →" in text for answer in question.answers)
    assert all(outcome.title in text for outcome in guide.outcomes.values())


def test_the_guide_works_as_it_stands(site: Path) -> None:
    """Without scripts each answer is a link to a step of the same page, and the first step is the start."""
    page = tree(site, "sla-upp/guide.html")
    guide = real_content().guide
    assert guide is not None
    steps = page.all("section", class_="guide-step")
    assert steps[0]["id"] == f"guide-{guide.start}"
    assert {step["id"] for step in steps} == {f"guide-{name}" for name in (*guide.questions, *guide.outcomes)}
    for question in guide.questions.values():
        for answer in question.answers:
            assert page.one(id=f"guide-{question.id}-{answer.id}").one("a")["href"] == f"#guide-{answer.to}"
    for outcome in guide.outcomes.values():
        shown = page.one(id=f"guide-{outcome.id}")
        assert shown.one(class_="rule-verdict").text == outcome.verdict.capitalize()
        labels = [label.text for label in shown.all(class_="rule-label")]
        assert labels == ["Säg så här", "Lämna över till", "Varför"]


def test_nothing_beside_the_rules_is_a_rule() -> None:
    """The pages that are no rules are there, and none of them is read as one."""
    for name in OTHER_PAGES:
        assert (PROJECT / "docs/sla-upp" / f"{name}.md").is_file(), name
    assert not OTHER_PAGES & set(real_content().rules.references)
