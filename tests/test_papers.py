"""Drawing papers, codes and repetition: the same everywhere, and as the course promises."""

from __future__ import annotations

import ast
import datetime
import json
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from catalogues import TODAY, Entry, by_id, entry, random_catalogue
from saved_results import GOOD
from test_repetition import DAMAGED, answered
from vectors import as_the_page_writes, canonical
from vectors.in_node import PROJECT, run_in_node

from handbook import papers
from handbook.catalogue import build_catalogue
from handbook.content import load_content


def drawable(catalogue: list[Entry], role: str) -> list[Entry]:
    """Return what a test for *role* may be drawn from."""
    return [
        item for item in catalogue if role in item["roles"] and not item["quarantined"] and item["type"] != "dilemma"
    ]


# --- Papers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", papers.KINDS)
def test_a_seed_always_gives_the_same_paper(kind: str) -> None:
    """The order of the catalogue does not matter, nor how the seed is written; another seed gives another paper."""
    catalogue = random_catalogue(1)
    paper = papers.draw(catalogue, kind, "vaxel", "AB3DEF", 12)
    mixed = random.Random(5).sample(catalogue, len(catalogue))
    assert papers.draw(mixed, kind, "vaxel", " ab3-def", 12) == paper
    assert papers.draw(catalogue, kind, "vaxel", "AB3DEG", 12) != paper


def test_the_papers_of_a_seed_are_those_that_have_been_handed_out() -> None:
    """A seed on a certificate gives its paper years later: whoever changes the drawing changes the schema version."""
    names = [module + number for module in "abc" for number in "123"]
    catalogue = [entry(name, module=name[0], severity="leak" if name[1] == "1" else None) for name in names]
    assert papers.SCHEMA_VERSION == 1
    # The hashes rank them c3 c2 a1 b1 a2 c1 b2 a3 b3. Leaks first: a1, b1; then the module without any: c3; then the
    # best of each, without a leak since there are two: c2, a2, b2.
    assert papers.draw(catalogue, "final", "kansli", "NVR26K", 6) == ["c3", "c2", "a1", "b1", "a2", "b2"]
    # Ranked c1 a1 b2 c3 …: c1; then another module, and none with a leak: b2; then a1; then c3.
    assert papers.draw(catalogue, "practice", "kansli", "NVR26K", 4) == ["c1", "a1", "b2", "c3"]


def test_a_pre_test_is_another_paper_than_the_final_test() -> None:
    """One seed for the whole course does not ask the same questions before and after."""
    catalogue = random_catalogue(2)
    assert papers.draw(catalogue, "pre", "vaxel", "ABCD", 8) != papers.draw(catalogue, "final", "vaxel", "ABCD", 8)


@pytest.mark.parametrize("number", range(60))
@pytest.mark.parametrize("kind", ["pre", "final"])
def test_a_test_keeps_its_promises(number: int, kind: str) -> None:
    """Each module of the role, a leak among the wrong choices of a third, all difficulties, nothing that is barred."""
    catalogue, role = random_catalogue(number), papers.ROLES[number % 4]
    pool, wanted = by_id(drawable(catalogue, role)), 6 + number % 9
    paper = papers.draw(catalogue, kind, role, papers.new_seed(number), wanted)
    asked = [pool[name] for name in paper]
    assert len(set(paper)) == len(paper)
    assert {item["module"] for item in asked} == {item["module"] for item in pool.values()}
    leaks = sum(item["severity"] == "leak" for item in pool.values())
    assert sum(item["severity"] == "leak" for item in asked) >= min(leaks, -(-len(paper) // 3))
    assert {item["difficulty"] for item in asked} == {item["difficulty"] for item in pool.values()}
    assert len(paper) == min(wanted, len(pool))


def test_a_test_grows_until_every_module_and_the_leaks_have_room() -> None:
    """Six modules, one of them with leaks: 5 others beside a third of leaks is 8 (5 + 3), the shortest that holds."""
    catalogue = [entry(f"m{module}q{place}", module=f"m{module}") for module in range(5) for place in range(4)]
    catalogue += [entry(f"leak{place}", module="m5", severity="leak") for place in range(9)]
    paper = papers.draw(catalogue, "final", "vaxel", "ABCD", 4)
    asked = [by_id(catalogue)[name] for name in paper]
    assert len(paper) == 8
    assert Counter(item["module"] for item in asked) == {"m0": 1, "m1": 1, "m2": 1, "m3": 1, "m4": 1, "m5": 3}
    assert papers.draw(catalogue, "final", "vaxel", "ABCD", 8) == paper


def test_modules_and_difficulties_share_a_paper_evenly() -> None:
    """Of three modules and two difficulties, no one gets more than one question above its share."""
    catalogue = [
        entry(f"{module}{difficulty}{place}", module=module, difficulty=difficulty)
        for module in "abc"
        for difficulty in ("easy", "hard")
        for place in range(9)
    ]
    for count in (7, 8, 9):
        asked = [by_id(catalogue)[name] for name in papers.draw(catalogue, "practice", "vaxel", "ABCD", count)]
        for key in ("module", "difficulty"):
            shares = Counter(item[key] for item in asked).values()
            assert max(shares) - min(shares) <= 1


def test_practice_may_be_about_one_module_and_holds_its_dilemmas() -> None:
    """Practice has all questions of a module, dilemmas too, but none in quarantine and none for another role."""
    catalogue = random_catalogue(3)
    paper = papers.draw(catalogue, "practice", "reception", "ABCD", 100, "m2")
    expected = {
        item["id"]
        for item in catalogue
        if item["module"] == "m2" and "reception" in item["roles"] and not item["quarantined"]
    }
    assert set(paper) == expected
    assert any(by_id(catalogue)[name]["type"] == "dilemma" for name in paper)


def test_questions_that_share_a_situation_stand_together() -> None:
    """Those that are drawn stand in a row, in the order of the bank, whatever the order of the catalogue."""
    shared = [entry(f"s{part}", scenario="larmet", part=part, module=f"m{part}") for part in range(1, 12)]
    catalogue = [*random_catalogue(4), *shared]
    random.Random(4).shuffle(catalogue)
    for number in range(40):
        drawn = papers.draw(catalogue, "practice", "vaxel", papers.new_seed(number), 20)
        places = [place for place, name in enumerate(drawn) if name.startswith("s")]
        assert len(places) > 1
        assert places == list(range(places[0], places[0] + len(places)))
        parts = [int(drawn[place][1:]) for place in places]
        assert parts == sorted(parts)


def test_a_situation_changes_only_the_order() -> None:
    """The same questions are drawn with and without it."""
    catalogue = random_catalogue(4)
    told = [
        {**item, "scenario": "larmet", "part": place} if place % 3 == 0 else item
        for place, item in enumerate(catalogue)
    ]
    for number in range(20):
        seed = papers.new_seed(number)
        assert sorted(papers.draw(told, "final", "vaxel", seed, 20)) == sorted(
            papers.draw(catalogue, "final", "vaxel", seed, 20)
        )


def test_a_new_question_moves_no_other() -> None:
    """When a question leaves the bank, the others keep their order in a paper that has them all."""
    catalogue = random_catalogue(4)
    whole = papers.draw(catalogue, "practice", "vaxel", "ABCD", 100)
    less = papers.draw([item for item in catalogue if item["id"] != whole[3]], "practice", "vaxel", "ABCD", 100)
    assert less == whole[:3] + whole[4:]


def test_roles_draw_different_papers_from_the_same_bank() -> None:
    """A question for the registry alone is in no other role's paper."""
    catalogue = [entry(f"q{place}") for place in range(6)] + [entry("diarium", roles=["registratur"])]
    drawn = {role: papers.draw(catalogue, "final", role, "ABCD", 50) for role in papers.ROLES}
    assert [role for role in papers.ROLES if "diarium" in drawn[role]] == ["registratur"]


BAD_DRAWS = {
    "bad_kind": {"kind": "exam"},
    "bad_role": {"role": "chef"},
    "bad_seed": {"seed": "ILOU"},
    "bad_count": {"count": 0},
    "empty_paper": {"module": "nowhere"},
    "bad_catalogue": {"catalogue": {}},
    "bad_value": {"catalogue": [entry("a"), entry("a")]},
}


@pytest.mark.parametrize(("code", "change"), BAD_DRAWS.items(), ids=BAD_DRAWS)
def test_a_paper_that_cannot_be_drawn_is_refused(code: str, change: dict[str, Any]) -> None:
    """Each argument that makes no sense has an error of its own."""
    good = {"catalogue": [entry("a")], "kind": "practice", "role": "vaxel", "seed": "ABCD", "count": 3}
    answer = json.loads(papers.call_json(json.dumps({"call": "draw", **good, **change})))
    assert answer == {"error": {**answer["error"], "code": code}}


# --- Codes and dates --------------------------------------------------------------------------------------------------


def test_codes_have_no_letters_that_look_alike() -> None:
    """None of 0, O, 1 and I, in a seed that is read back as it was made."""
    assert not set(papers.LETTERS) & set("01OI")
    assert len(set(papers.LETTERS)) == 32
    seeds = [papers.new_seed(number) for number in range(0, 2**30, 999_983)]
    assert len(set(seeds)) == len(seeds)
    assert all(papers.read_seed(seed.lower()) == seed for seed in seeds)


@pytest.mark.parametrize("seed", ["", "ABC", "A" * 13, "AB0D", "ABÖD", "AB\u202eD", "A" * 1000, None, 7, ["ABCD"]])
def test_what_is_no_seed_is_refused(seed: object) -> None:
    """A seed is 4 to 12 of its letters."""
    with pytest.raises(papers.PaperError) as caught:
        papers.read_seed(seed)
    assert caught.value.code == "bad_seed"


def test_days_are_counted_as_the_calendar_counts_them() -> None:
    """Every day of two centuries, with their leap years, is the day after the one before."""
    day = datetime.date(1999, 12, 31)
    before = papers.day_number(day.isoformat())
    for _ in range(74_000):
        day += datetime.timedelta(days=1)
        before += 1
        assert papers.day_number(day.isoformat()) == before
        assert papers.date_text(before) == day.isoformat()


@pytest.mark.parametrize(
    "date", ["2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-1-01", "20261122", "", None, 5]
)
def test_what_is_no_date_is_refused(date: object) -> None:
    """A date that is not in the calendar, or not written YYYY-MM-DD, is no date."""
    with pytest.raises(papers.PaperError) as caught:
        papers.day_number(date)
    assert caught.value.code == "bad_date"


# --- One file, two interpreters ---------------------------------------------------------------------------------------

_MISSING_IN_MICROPYTHON = {
    "lower", "upper", "casefold", "title", "capitalize", "isalnum", "isalpha", "removeprefix", "removesuffix", "zfill",
    "ljust", "rjust", "translate", "maketrans", "format", "round", "sorted", "vars", "sort", "hexdigest", "fromkeys",
}  # fmt: skip


def test_papers_keeps_to_what_micropython_does_alike() -> None:
    """The file imports only json and hashlib and uses nothing that MicroPython lacks or does otherwise."""
    tree = ast.parse(Path(papers.__file__).read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [ast.unparse(node) for node in imports] == ["import hashlib", "import json"]
    used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    used |= {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    assert used & _MISSING_IN_MICROPYTHON == set()
    forbidden = (ast.Match, ast.JoinedStr, ast.Starred, ast.Lambda)
    assert [node for node in ast.walk(tree) if isinstance(node, forbidden)] == []


RESULTS: list[Any] = [
    None, [], 7, {}, {"a": None, "b": True, "c": False, "å": -1, "10": 2**62},
    {"text": "å😀\u2028\0\x7f\"\\/\n\ud800 \udfff"},
    {"deep": [[[[[[[1]]]]]]]}, {"too deep": [[[[[[[[1]]]]]]]]}, {"decimals": 1.5}, GOOD, {**GOOD, "check_code": "x"},
    {**GOOD, "responses": [{"question_id": "a", "response": {"text": "x" * 300, "name": "?"}}]},
    {**GOOD, "responses": [{"question_id": "b", "response": {"path": ["å"]}}, {"question_id": "b", "response": None}]},
    {**GOOD, "responses": [{"question_id": "c"}]}, {**GOOD, "seed": "ab-cd", "responses": [], "attempt": "2345"},
]  # fmt: skip


def paper_calls() -> list[str]:
    """Return calls of every kind, good and bad, as the page writes them."""
    real = build_catalogue(load_content(PROJECT))
    calls: list[dict[str, Any]] = [
        {
            "call": "draw",
            "catalogue": catalogue,
            "kind": kind,
            "role": role,
            "seed": papers.new_seed(count),
            "count": count,
        }
        for catalogue in (real, random_catalogue(8, 600), SHARED, [entry("å"), entry("😀", module="ö")])
        for kind in papers.KINDS
        for role in papers.ROLES
        for count in (1, 20)
    ]
    history = answered(*[(f"q{n}", ("wrong", "correct", "partly")[n % 3], n % 2 == 0, "2026-11-01") for n in range(20)])
    for number in range(60):
        day = papers.date_text(papers.day_number(TODAY) + number)
        calls += [
            {
                "call": "due",
                "history": history,
                "today": day,
                "count": 5,
                "catalogue": random_catalogue(9),
                "role": "vaxel",
            },
            {
                "call": "record",
                "history": history,
                "question_id": "q3",
                "outcome": "correct",
                "sure": True,
                "today": day,
            },
        ]
    calls += [{"call": "due", "history": broken, "today": TODAY, "count": 5} for broken in DAMAGED.values()]
    calls += [{"call": "check_code", "result": value} for value in RESULTS]
    calls += [{"call": "result", **value} for value in RESULTS if isinstance(value, dict)]
    calls += [{"call": "new_seed", "number": number} for number in (0, 31, 2**30 - 1, 2**40, -1, "7", 1.5, True)]
    return [as_the_page_writes(call) for call in calls]


SHARED = [entry(f"s{part}", scenario=f"s{part % 3}", part=part) for part in range(1, 30)]
"""Questions that share three situations."""
NONSENSE = ["", "{", "[]", "null", "7", '"draw"', '{"call": "guess"}', '{"call": []}', "[" * 5000, '{"call": "draw"}']


def test_micropython_answers_as_cpython(tmp_path: Path) -> None:
    """Every call, good, bad and none, has the same answer under MicroPython in Node, beside the grader."""
    calls = [*paper_calls(), *NONSENSE]
    answers = run_in_node(tmp_path, calls, "papers")
    expected = [papers.call_json(call) for call in calls]
    assert [canonical(answer) for answer in answers] == [canonical(answer) for answer in expected]
    refused = [json.loads(answer)["error"] is not None for answer in expected]
    assert refused.count(False) > 100
    assert all(refused[-len(NONSENSE) :])
