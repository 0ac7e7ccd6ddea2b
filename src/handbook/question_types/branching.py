"""``branching``: a simulated call. The caller speaks, you choose your words, the caller goes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.diagnostics import Code, did_you_mean
from handbook.question_types.base import Common, Question
from handbook.question_types.parts import Part, read_parts, refuse_count, refuse_repeats

if TYPE_CHECKING:
    from handbook.entry import Entry
    from handbook.yaml_source import Text

BRANCHING_KEYS = ("turns",)
ENDINGS = ("good", "poor", "harm")
"""How a call can end: as it should, with somebody poorly served, or with harm done."""


@dataclass(frozen=True)
class Say:
    """Something you can say: the words with their reason, where the call goes then, and whether it is well said."""

    part: Part
    next: str
    correct: bool


@dataclass(frozen=True)
class Turn:
    """What the caller says, and what you can say to it; an ending has an outcome instead."""

    id: str
    says: Text
    choices: tuple[Say, ...]
    ending: str

    def definition(self) -> dict[str, object]:
        """Return the turn as the grader takes it."""
        if self.ending:
            return {"id": self.id, "ending": self.ending}
        return {
            "id": self.id,
            "choices": [
                say.part.definition() | {"next": say.next} | ({"correct": True} if say.correct else {})
                for say in self.choices
            ],
        }


@dataclass(frozen=True)
class BranchingQuestion(Question):
    """A call, from its first turn on."""

    turns: tuple[Turn, ...]

    def definition(self) -> dict[str, object]:
        """Return what the grader takes."""
        return {"id": self.id, "type": "branching", "turns": [turn.definition() for turn in self.turns]}

    def key(self) -> dict[str, object]:
        """Return the shortest call in which everything is well said, as a response."""
        turns = {turn.id: turn for turn in self.turns}
        waiting: list[tuple[str, list[str]]] = [(self.turns[0].id, [])]
        seen = {self.turns[0].id}
        while waiting:
            name, path = waiting.pop(0)
            if turns[name].ending:
                return {"path": path}
            for say in turns[name].choices:
                if say.correct and say.next not in seen:
                    seen.add(say.next)
                    waiting.append((say.next, [*path, say.part.id]))
        raise AssertionError("a call that nobody can win is refused when it is read")


def read_branching(entry: Entry, common: Common) -> BranchingQuestion | None:
    """Return the call in *entry*: every turn can be reached, every path ends, and one path is good throughout."""
    sources = entry.entries("turns", f"{entry.label}, turn")
    read = [(_read_turn(source), source) for source in sources]
    turns = [(turn, source) for turn, source in read if turn is not None]
    refuse_repeats(entry, "turns", [turn.id for turn, _ in turns])
    if len(turns) < len(read) or refuse_count(entry, "turns", len(turns), 3, 30):
        return None
    before = len(entry.diagnostics)
    _check_paths(turns)
    return BranchingQuestion(common, tuple(turn for turn, _ in turns)) if len(entry.diagnostics) == before else None


def _read_turn(source: Entry) -> Turn | None:
    turn_id = source.identifier("id")
    source.named(source.raw("id"))
    source.only(["id", "says", "choices", "ending"])
    says = source.text("says")
    if source.has("choices") == source.has("ending"):
        source.report(
            "", Code.WRONG_SHAPE, "give either 'choices' or 'ending'.", f"An ending is one of: {', '.join(ENDINGS)}."
        )
        return None
    ending = source.choice("ending", ENDINGS) if source.has("ending") else None
    choices = _read_choices(source) if source.has("choices") else ()
    if turn_id is None or says is None or (not ending and len(choices) < 2):
        return None
    return Turn(str(turn_id), says, choices, str(ending or ""))


def _read_choices(source: Entry) -> tuple[Say, ...]:
    found = []
    for part, item in read_parts(source, "choices", label="choice", keys=("next", "correct", "severity")):
        following = item.text("next")
        correct = item.choice("correct", ["yes"], required=False) is not None
        if correct == (part.severity is not None):
            item.report(
                "id",
                Code.SEVERITY,
                "give either 'correct: yes' or a 'severity'.",
                "Every wrong word has a consequence.",
            )
        elif following is not None:
            found.append(Say(part, str(following), correct))
    return tuple(found)


def _check_paths(turns: list[tuple[Turn, Entry]]) -> None:
    """Report choices that lead nowhere or back, turns that cannot be reached, and a call that nobody can win.

    Where every choice leads on and none leads back, every path ends.
    """
    onward = {turn.id: {say.next for say in turn.choices} for turn, _ in turns}
    if any(_leads_astray(turn, source, onward) for turn, source in turns):
        return
    first, source = turns[0]
    reached = _reach({first.id}, onward)
    for turn, at in turns:
        if turn.id not in reached:
            at.report("id", Code.DEAD_END, "no choice leads here.", "Lead one here, or remove the turn.")
    good = {turn.id: {say.next for say in turn.choices if say.correct} for turn, _ in turns}
    won = {turn.id for turn, _ in turns if turn.ending == "good"}
    if not won & _reach({first.id}, good):
        source.report("id", Code.DEAD_END, "no good words lead to a good ending.", "Mark them 'correct: yes'.")


def _leads_astray(turn: Turn, source: Entry, onward: dict[str, set[str]]) -> bool:
    """Report, and return True, when a choice leads to a turn that is not there, or back to an earlier one."""
    for say in turn.choices:
        if say.next not in onward:
            hint = did_you_mean(say.next, onward)
            source.report("choices", Code.DEAD_END, f"'{say.part.id}' leads to '{say.next}'.", hint)
            return True
        if turn.id in _reach({say.next}, onward):
            hint = "A call goes forward; write the turn again under another id."
            source.report("choices", Code.DEAD_END, f"'{say.part.id}' leads back to where the call has been.", hint)
            return True
    return False


def _reach(found: set[str], edges: dict[str, set[str]]) -> set[str]:
    """Return everything that can be reached from *found* along *edges*."""
    waiting = list(found)
    while waiting:
        for name in edges.get(waiting.pop(), set()) - found:
            found.add(name)
            waiting.append(name)
    return found
