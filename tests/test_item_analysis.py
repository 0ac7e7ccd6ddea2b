"""What a group's answers say of the questions, against figures worked out on paper."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pytest
from saved_results import choice, result_of, right_answer, sealed, small_content
from vectors.in_node import PROJECT

from handbook.grader import TYPES
from handbook.item_analysis import SMALL_GROUP, ItemAnalysis, correlation, rules_to_rewrite
from handbook.regrading import Regrader
from handbook.result_file import parse_result

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.content import Content
    from handbook.item_analysis import ItemStatistics

RIGHT, LEAK, DELAY = ({"selected": [name]} for name in ("right", "leak", "delay"))

TABLE = {
    #          q1     q2     q3
    "A": (RIGHT, RIGHT, RIGHT),
    "B": (RIGHT, RIGHT, DELAY),
    "C": (RIGHT, LEAK, None),
    "D": (LEAK, LEAK, RIGHT),
}
"""Four learners. Shares: q1 1 1 1 0, q2 1 1 0 0, q3 1 0 0 1."""


def analysed(content: Content, answers: list[dict[str, Any]]) -> dict[str, ItemStatistics]:
    """Return the statistics by question after each learner's *answers*."""
    regrader, analysis = Regrader(content), ItemAnalysis(content.bank)
    for responses in answers:
        result = parse_result(_file(result_of(content, list(responses), {}), list(responses.values())))
        analysis.add(regrader.regrade(result))
    return {item.question.id: item for item in analysis.items()}


def _file(result: dict[str, Any], responses: list[Any]) -> bytes:
    return json.dumps(sealed({**result, "responses": responses})).encode()


@pytest.fixture
def table(tmp_path: Path) -> dict[str, ItemStatistics]:
    """Return the statistics of TABLE."""
    content = small_content(tmp_path, choice("q1") + choice("q2") + choice("q3", "mobilnummer"))
    return analysed(content, [dict(zip(("q1", "q2", "q3"), row, strict=True)) for row in TABLE.values()])


def test_facility_is_the_mean_share(table: dict[str, ItemStatistics]) -> None:
    """Three of four, two of four and two of four; what is not answered is not right."""
    assert [item.facility for item in table.values()] == [0.75, 0.5, 0.5]
    assert [item.answers for item in table.values()] == [4, 4, 4]
    assert [item.unanswered for item in table.values()] == [0, 0, 1]


def test_discrimination_is_the_corrected_point_biserial(table: dict[str, ItemStatistics]) -> None:
    """Against the mean of the other two questions, never against itself; worked out on paper.

    q1: rests 1, ½, 0, ½; the right ones' mean ½ is the wrong one's: 0.
    q2: rests 1, ½, ½, ½; means ¾ and ½, standard deviation √3/8, √(½·½) = ½: ¼ · ½ / (√3/8) = 1/√3.
    q3: rests 1, 1, ½, 0; means ½ and ¾, standard deviation √11/8: −¼ · ½ / (√11/8) = −1/√11.
    """
    expected = [0, 1 / math.sqrt(3), -1 / math.sqrt(11)]
    assert [item.discrimination for item in table.values()] == pytest.approx(expected, abs=1e-12)


def test_choices_are_counted(table: dict[str, ItemStatistics]) -> None:
    """Every choice has a row, also one that nobody took; the share is of all who got the question."""
    rows = [(row.option.id, row.option.meaning, row.count, row.share) for row in table["q3"].options]
    assert rows == [("right", "rätt", 2, 0.5), ("leak", "fel", 0, 0.0), ("delay", "fel", 1, 0.25)]


def test_severities_are_counted(table: dict[str, ItemStatistics]) -> None:
    """Each question has a count for each severity."""
    assert [table[name].severities["leak"] for name in ("q1", "q2", "q3")] == [1, 2, 0]
    assert [table[name].severities["delay"] for name in ("q1", "q2", "q3")] == [0, 0, 1]


def test_pages_to_rewrite_are_those_with_low_facility(table: dict[str, ItemStatistics]) -> None:
    """Two rules: (3 + 2) of 8 is 62.5 percent, which will do; 2 of 4 is 50 percent, which will not."""
    found = rules_to_rewrite(table.values())
    assert [(rule.rule_id, rule.facility, rule.answers) for rule in found] == [("mobilnummer", 0.5, 4)]
    assert [item.question.id for item in found[0].items] == ["q3"]


def test_a_facility_at_the_limit_is_not_low(tmp_path: Path) -> None:
    """Three of five is 60 percent, which is the limit and not below it; the hardest page stands first."""
    content = small_content(tmp_path, choice("q1") + choice("q2", "mobilnummer") + choice("q3", "anknytning"))
    rows = [(RIGHT, LEAK, LEAK)] * 2 + [(RIGHT, RIGHT, LEAK)] + [(LEAK, RIGHT, RIGHT)] * 2
    found = rules_to_rewrite(
        analysed(content, [dict(zip(("q1", "q2", "q3"), row, strict=True)) for row in rows]).values()
    )
    assert [(rule.rule_id, rule.facility) for rule in found] == [("anknytning", 0.4)]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ([1, 2, 3], [2, 4, 6], 1.0),
        ([1, 2, 3], [3, 2, 1], -1.0),
        ([0, 1, 0, 1], [0, 0, 1, 1], 0.0),
        ([1, 1, 1], [1, 2, 3], None),
        ([1, 2, 3], [0.1 + 0.2, 0.3, 0.3], None),
        ([1], [1], None),
        ([], [], None),
    ],
)
def test_correlation(first: list[float], second: list[float], expected: float | None) -> None:
    """Known columns; a column that does not vary, but for rounding, has none."""
    found = correlation(first, second)
    assert found == (None if expected is None else pytest.approx(expected))


def test_a_group_is_small_below_thirty(tmp_path: Path) -> None:
    """Twenty-nine answers are few, thirty are not."""
    content = small_content(tmp_path, choice("q1") + choice("q2"))
    for count, small in ((SMALL_GROUP - 1, True), (SMALL_GROUP, False)):
        found = analysed(content, [{"q1": RIGHT, "q2": LEAK}] * count)
        assert found["q1"].is_small_group == small
        assert found["q1"].discrimination is None


def test_a_paper_of_one_question_says_nothing_of_discrimination(tmp_path: Path) -> None:
    """There is no rest to compare with."""
    content = small_content(tmp_path, choice("q1"))
    found = analysed(content, [{"q1": RIGHT}, {"q1": LEAK}])
    assert (found["q1"].facility, found["q1"].discrimination) == (0.5, None)


def every_type(folder: Path) -> Content:
    """Return content with one question of every type."""
    text = (PROJECT / "quizzes" / "_every-type.yaml").read_text(encoding="utf-8")
    return small_content(folder, text)


def test_partly_right_counts_its_share(tmp_path: Path) -> None:
    """One of two right ones selected is half of the points, as the grader says."""
    content = every_type(tmp_path)
    wrong = {"selected": ["a"]}
    found = analysed(content, [{"exempel-multiple-response": wrong, "exempel-choice": {"selected": ["a"]}}])
    assert found["exempel-multiple-response"].facility == 0.5


ROWS: dict[str, tuple[dict[str, Any], set[str]]] = {
    "choice": ({"selected": ["b"]}, {"b"}),
    "multiple_response": ({"selected": ["a", "b"]}, {"a", "b"}),
    "order": ({"order": ["offentligt", "vad", "vidare", "besked"]}, {"vad", "offentligt"}),
    "match": ({"pairs": {"absolut": "utan", "svag": "sekretess"}}, {"svag"}),
    "text_entry": ({"text": "rekvisit"}, {"answer near_miss"}),
    "numeric": ({"text": "sju"}, {"answer chosen_wrong"}),
    "hottext": ({"selected": ["adress", "titel"]}, {"adress", "titel"}),
    "branching": ({"path": ["inget", "kollega"]}, {"start/inget", "varfor/kollega"}),
    "dilemma": ({"selected": ["c"]}, {"c"}),
}
"""A response to the example of each type, and the rows of its table that get a count."""


@pytest.mark.parametrize("kind", TYPES)
def test_every_type_has_a_table_of_what_was_chosen(tmp_path: Path, kind: str) -> None:
    """The rows name parts that the grader knows, and exactly those that were taken are counted."""
    content = every_type(tmp_path)
    name = f"exempel-{kind.replace('_', '-')}"
    response, counted = ROWS[kind]
    item = analysed(content, [{name: response}])[name]
    taken = {row.option.id: row for row in item.options if row.count}
    if kind in {"text_entry", "numeric"}:
        taken = {f"{row.option.id} {row.option.status}": row for row in taken.values()}
    assert set(taken) == counted
    assert all(row.count == 1 and row.option.text for row in taken.values())
    assert (item.facility is None) == (kind == "dilemma")


def test_what_somebody_wrote_is_in_no_table(tmp_path: Path) -> None:
    """A written answer could say who wrote it, so only that it was wrong is kept."""
    found = analysed(every_type(tmp_path), [{"exempel-text-entry": {"text": "jag i receptionen"}}])
    assert "receptionen" not in repr(found["exempel-text-entry"].options)


def test_right_answers_give_full_facility_for_every_type(tmp_path: Path) -> None:
    """Each example answered by its key has facility 1; the dilemma has none."""
    content = every_type(tmp_path)
    definitions = {str(question.id): question.definition() for question in content.bank.questions.values()}
    scored = {name: right_answer(value) for name, value in definitions.items() if value["type"] != "dilemma"}
    found = analysed(content, [{**scored, "exempel-dilemma": {"selected": ["a"]}}])
    assert {name: item.facility for name, item in found.items()} == {
        **dict.fromkeys(scored, 1.0),
        "exempel-dilemma": None,
    }
