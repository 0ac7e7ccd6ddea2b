"""What the handbook covers: every course question answered and practised, every rule of the sources accounted for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from support import PROJECT, build, change, copy_minimal, page, real_content

from handbook.answer_coverage import ENOUGH, course_coverage, extra_rules, figures
from handbook.content import load_content

if TYPE_CHECKING:
    from pathlib import Path

SERIES = {
    "OX-TEL": 19, "OX-EPO": 23, "OX-SEK": 5, "OX-AHA": 5, "OX-FAQ": 6,
    "LA-TEL": 32, "LA-SEK": 4, "LA-MOB": 40,
    "AV-SOC": 71, "AV-PUB": 20, "AV-PRI": 19, "AV-FAQ": 17,
    "KA-SOC": 58,
}  # fmt: skip
"""How many rules each part of the four source documents has, counted in the documents: 319 in all."""


# --- The real handbook -------------------------------------------------------------------------------


def test_the_list_has_every_question_of_the_course() -> None:
    """The two halves of the course have twenty-three questions each, and eight have been added."""
    expected = {
        f"{series}{number}" for series, last in (("S", 23), ("O", 23), ("T", 8)) for number in range(1, last + 1)
    }
    assert set(real_content().course_questions.entries) == expected


def test_every_course_question_is_answered() -> None:
    """No question of the course, and none of those added, is without a rule."""
    assert [item.question.id for item in course_coverage(real_content()) if not item.rules] == []


def test_every_course_question_is_practised() -> None:
    """At least two questions of the bank are about the rules of each."""
    weak = {item.question.id: item.practised for item in course_coverage(real_content()) if item.practised < ENOUGH}
    assert weak == {}


def test_every_rule_of_the_sources_is_accounted_for() -> None:
    """All 319 rules are in the register, each kept, corrected or retired."""
    register = real_content().policy_rules
    assert Counter(rule_id.rsplit("-", 1)[0] for rule_id in register.expected) == SERIES
    assert set(register.rules) == set(register.expected)
    assert sum(SERIES.values()) == len(register.rules) == 319


def test_no_rule_page_is_left_over() -> None:
    """A page that no course question asked for is meant so: the list of them is short, and known."""
    assert [rule.id for rule in extra_rules(real_content())] == ["skyddade-personuppgifter"]


def test_each_policy_page_is_where_some_rule_lives() -> None:
    """None of the four policies is orphaned, and no section of theirs with rules is."""
    content = real_content()
    used = {rule.anchor for rule in content.policy_rules}
    for name in ("telefon", "e-post", "sociala-medier", "allmanna-handlingar"):
        text = (PROJECT / f"docs/policy/{name}.md").read_text(encoding="utf-8")
        labels = [line[1:-2] for line in text.splitlines() if line.startswith("(") and line.endswith(")=")]
        assert len(set(labels) & used) >= 4, name


def test_a_retired_or_corrected_rule_says_why_in_its_own_words() -> None:
    """A reason is a sentence, and not what the rule said."""
    for rule in real_content().policy_rules:
        if rule.outcome != "kept":
            assert rule.reason
            assert rule.reason.strip().endswith((".", ").")), rule.id
            assert rule.reason != rule.gist, rule.id


# --- How it is counted -------------------------------------------------------------------------------


def test_the_small_handbook_has_gaps_that_show(tmp_path: Path) -> None:
    """A question without a rule has none, examples do not count, and the figures say how many of how many."""
    root = copy_minimal(tmp_path)
    examples = (root / "quizzes/telefon.yaml").read_text(encoding="utf-8").replace("  - id: ", "  - id: exempel-", 1)
    (root / "quizzes/_exempel.yaml").write_text(examples[: examples.index("\n  - id: ", 20)] + "\n", encoding="utf-8")
    content = load_content(root)
    assert content.diagnostics == []
    found = {item.question.id: ([rule.id for rule in item.rules], item.practised) for item in course_coverage(content)}
    assert found == {"S1": (["vaxelsamtal"], 1), "S3": (["hemadress"], 2), "O1": ([], 0)}
    counted = figures(content)
    assert (counted.answered_course, counted.course, counted.answered_added, counted.added) == (2, 3, 0, 0)
    assert counted.practised == 1
    assert (counted.policy, counted.outcomes) == (3, {"kept": 1, "corrected": 1, "retired": 1})


def test_a_rule_that_answers_nothing_is_extra(tmp_path: Path) -> None:
    """It stands in a list of its own instead of disappearing."""
    root = copy_minimal(tmp_path)
    change(root / "docs/sla-upp/hemadress.md", "-answers: [S3]\n+answers: []\n")
    assert [rule.id for rule in extra_rules(load_content(root))] == ["hemadress"]


def test_the_page_shows_what_is_counted(tmp_path: Path) -> None:
    """Figures, gaps, outcomes and links stand on the page; the section's own title is the text of a link."""
    root = copy_minimal(tmp_path)
    (root / "docs/kurs/tackning.md").write_text(
        "# Täckning\n\n```{coverage} figures\n```\n\n```{coverage} course\n```\n\n"
        "```{coverage} extra\n```\n\n```{coverage} policy\n```\n",
        encoding="utf-8",
    )
    built = build(root, "html", tmp_path / "out")
    assert built.warnings == []
    shown = page(built, "kurs/tackning.html").one("article")
    assert "2 av 3 kursfrågor har ett svar." in shown.text
    assert "3 av 3 regler i källorna är prövade. 1 är behållna, 1 är rättade och 1 är strukna." in shown.text
    rows = [row.text for row in shown.all("tr")]
    assert rows[1:] == [
        "S1 Samtal i växeln Får jag berätta vem som har ringt? 1",
        "S3 Hemadress Får jag lämna ut en kollegas hemadress? 2",
        "O1 Öppettider Inget svar ännu 0",
    ]
    assert "EX-TEL-02 – rättadMobilnummer lämnas alltid ut. Ett löfte om alltid håller inte." in shown.text
    targets = {link.text: link["href"] for link in shown.all("a", class_="reference")}
    assert targets["I telefon"] == "telefon.html#samtal"


def test_the_page_of_the_handbook_has_the_figures(site: Path) -> None:
    """What the built page says is what the content holds."""
    counted = figures(real_content())
    html = (site / "om/tackning.html").read_text(encoding="utf-8")
    assert f"{counted.answered_course} av {counted.course} kursfrågor har ett svar." in html
    assert f"{sum(counted.outcomes.values())} av {counted.policy} regler i källorna är prövade." in html
    for rule in real_content().policy_rules:
        assert f">{rule.id}<" in html, rule.id
