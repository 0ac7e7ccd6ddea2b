"""Whether a test is passed, against fractions, and ten thousand results in one run."""

from __future__ import annotations

import random
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st
from question_strategies import SOUND, Json, many

from handbook import grader

_shares = st.integers(1, 12).flatmap(lambda most: st.tuples(st.integers(0, most), st.just(most)))


def paper(shares: list[tuple[int, int]], severities: tuple[str, ...] = ()) -> list[Json]:
    """Return the grades of a paper with these points of these."""
    grade = {"outcome": "partly", "severities": list(severities), "error": None}
    return [{"points": points, "max_points": most, **grade} for points, most in shares]


@many
@given(st.lists(_shares, min_size=1, max_size=60), st.integers(0, 100))
def test_the_pass_mark_is_exact(shares: list[tuple[int, int]], mark: int) -> None:
    """A paper reaches the mark exactly when the mean of its shares, as fractions, does."""
    mean = sum((Fraction(points, most) for points, most in shares), Fraction(0)) / len(shares)
    found: Json = grader.decide(paper(shares), mark)
    assert found["reached"] is (mean >= Fraction(mark, 100))
    assert found["percent"] == int(mean * 100)
    assert found["questions"] == len(shares)


@many
@given(st.lists(_shares, min_size=1, max_size=60))
def test_the_pass_mark_turns_at_its_own_percent(shares: list[tuple[int, int]]) -> None:
    """Every paper reaches its own percent, rounded down, and misses the next."""
    percent = grader.decide(paper(shares), 0)["percent"]
    assert isinstance(percent, int)
    assert grader.decide(paper(shares), percent)["reached"]
    assert percent == 100 or not grader.decide(paper(shares), percent + 1)["reached"]


@many
@given(st.lists(_shares, min_size=1, max_size=20), st.integers(0, 100), st.randoms(use_true_random=False))
def test_order_of_grades_does_not_matter(shares: list[tuple[int, int]], mark: int, shuffler: random.Random) -> None:
    """A paper in another order, with dilemmas between, is decided alike."""
    mixed = [*shares, (0, 0), (0, 0)]
    shuffler.shuffle(mixed)
    found = grader.decide(paper(mixed), mark)
    assert {**found, "questions": len(shares)} == grader.decide(paper(shares), mark)


@many
@given(st.lists(_shares, min_size=1, max_size=20), st.integers(0, 100))
def test_a_leak_never_passes(shares: list[tuple[int, int]], mark: int) -> None:
    """With a leak the mark may be reached, but the test is not passed; the other severities only count."""
    for severity in grader.SEVERITIES:
        found: Json = grader.decide(paper(shares, (severity,)), mark)
        assert found["passed"] is (found["reached"] and severity != "leak")
        assert found["severities"][severity] == len(shares)


# --- Many results at once ---------------------------------------------------------------------------------------------


def _result(maker: random.Random) -> tuple[list[tuple[Json, Json | None]], list[str]]:
    """Return a paper's questions and responses, and how each was meant to go."""
    pairs: list[tuple[Json, Json | None]] = []
    meant = []
    for number in range(5):
        kind = maker.choice(list(SOUND))
        keys, right, wrong = SOUND[kind]
        outcome = maker.choice(["correct", "wrong", "unanswered"])
        response = {"correct": right, "wrong": wrong, "unanswered": None}[outcome]
        pairs.append(({"id": f"q{number}", "type": kind, **keys}, response))
        meant.append(outcome)
    return pairs, meant


def test_ten_thousand_results_are_graded_without_loss() -> None:
    """Ten thousand random results in one run: every answer is counted once, as it was meant, and decided exactly."""
    maker = random.Random(10_000)
    counted = dict.fromkeys(("correct", "wrong", "unanswered"), 0)
    expected = dict(counted)
    passed = 0
    for _ in range(10_000):
        pairs, meant = _result(maker)
        found: list[Json] = [grader.grade(question, response) for question, response in pairs]
        for item, outcome in zip(found, meant, strict=True):
            counted[str(item["outcome"])] += 1
            expected[outcome] += 1
        decision: Json = grader.decide(found, 60)
        assert (decision["error"], decision["unanswered"]) == (None, meant.count("unanswered"))
        assert decision["percent"] == 20 * meant.count("correct")
        passed += decision["passed"]
        assert decision["passed"] is (meant.count("correct") >= 3)
    assert counted == expected
    assert sum(counted.values()) == 50_000
    assert 0 < passed < 10_000
