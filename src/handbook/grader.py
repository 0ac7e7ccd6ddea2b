"""The grader: one file for CPython (tests, re-grading), MicroPython (every page) and Pyodide (exercises).

It imports only ``json`` and keeps to what MicroPython does alike: no ``re`` and no ``lower()`` on Swedish text, no
sorting by key, no reliance on the order of a dict, no ``%`` or ``round`` on decimals. The same test vectors run in all
three.

In: a question's *definition* and a *response*, both plain JSON values. Out: a *grade*, a plain dict. Nothing raises:
a bad question or a bad response gives a grade whose ``error`` says so, and never a point. Points are whole numbers, so
that a pass mark of 75 % is exact. A question passes to its type's function through ``GRADERS``; adding a type changes
no caller.
"""

import json

SEVERITIES = ("leak", "unlawful_refusal", "unlawful_asking", "delay", "poor_service")
"""What acting on a wrong choice would mean, gravest first: secrecy broken, a lawful request refused, a caller asked
who they are or why (2 kap. 18 § TF), waiting, or merely poor service (6 § FL)."""

OUTCOMES = ("correct", "partly", "wrong", "unanswered", "error")


class GradingError(ValueError):
    """A question or a response that cannot be graded: a code, a sentence and a hint."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def grade(question: object, response: object) -> dict[str, object]:
    """Return the grade of *response* to *question*.

    Keys of a grade: ``question_id``, ``type``, ``outcome`` (one of OUTCOMES), ``points`` of ``max_points``,
    ``choices`` (for every choice: ``id``, ``status``, ``severity``, ``feedback``), ``severities`` (of the wrong choices
    made, gravest first) and ``error`` (None, or ``code``, ``message`` and ``hint``).
    """
    try:
        return _grade(_mapping(question, "bad_question", "The question is not a set of keys."), response)
    except GradingError as error:
        return _failed(question, error)


def decide(grades: object, pass_percent: object) -> dict[str, object]:
    """Return whether a test is passed: the pass mark is reached and nothing secret was given away.

    Every question weighs the same; a partly right one counts its share. The mark is inclusive: 75 % of 75 % passes.
    Keys: ``passed``, ``reached``, ``percent`` (whole, rounded down), ``questions``, ``unanswered``, ``severities``
    (a count for each) and ``error``.
    """
    try:
        numerator, denominator, unanswered, severities = _total(grades)
        mark = _pass_mark(pass_percent)
        reached = numerator * 100 >= mark * denominator
        return {
            "passed": reached and severities["leak"] == 0,
            "reached": reached,
            "percent": numerator * 100 // denominator,
            "questions": len(grades) if isinstance(grades, list) else 0,
            "unanswered": unanswered,
            "severities": severities,
            "error": None,
        }
    except GradingError as error:
        return {"passed": False, "reached": False, "percent": 0, "error": _describe(error)}


def call_json(text: str) -> str:
    """Answer one call as JSON: ``{"call": "grade", "question": …, "response": …}`` or ``{"call": "decide", …}``.

    JSON text is the only thing that crosses between JavaScript and Python; everything else arrives damaged.
    """
    try:
        request = json.loads(text)
    except (ValueError, RuntimeError, MemoryError):
        request = None
    name = request.get("call") if isinstance(request, dict) else None
    if isinstance(request, dict) and name == "grade":
        return json.dumps(grade(request.get("question"), request.get("response")))
    if isinstance(request, dict) and name == "decide":
        return json.dumps(decide(request.get("grades"), request.get("pass_percent")))
    error = GradingError("bad_call", "The call cannot be read.", 'Send {"call": "grade", …} or {"call": "decide", …}.')
    return json.dumps({"error": _describe(error)})


def _grade(definition: dict[str, object], response: object) -> dict[str, object]:
    question_type = _text(definition, "type")
    if question_type not in GRADERS:
        raise GradingError("unknown_type", "The question's type is unknown.", "One of: " + ", ".join(TYPES))
    result = GRADERS[question_type](definition, response)
    result["question_id"] = _text(definition, "id")
    result["type"] = question_type
    result["error"] = None
    return result


def _grade_choice(definition: dict[str, object], response: object) -> dict[str, object]:
    """Grade ``choice``: one correct, one point."""
    choices, correct = _choices(definition)
    if len(correct) != 1:
        raise GradingError("bad_question", "A choice question has exactly one correct choice.", "Check 'correct'.")
    selected = _selected(response, choices)
    if len(selected) > 1:
        raise GradingError("bad_response", "More than one choice is selected.", "Select one.")
    points = 1 if selected == correct else 0
    return _graded(choices, correct, selected, points, 1)


def _grade_multiple_response(definition: dict[str, object], response: object) -> dict[str, object]:
    """Grade ``multiple_response``: a point for each correct choice selected, less one for each wrong, never below 0."""
    choices, correct = _choices(definition)
    selected = _selected(response, choices)
    right = len([choice_id for choice_id in selected if choice_id in correct])
    points = right - (len(selected) - right)
    return _graded(choices, correct, selected, points if points > 0 else 0, len(correct))


def _graded(
    choices: list[dict[str, object]], correct: list[str], selected: list[str], points: int, max_points: int
) -> dict[str, object]:
    outcome = "partly" if points > 0 else "wrong"
    if points == max_points:
        outcome = "correct"
    if not selected:
        outcome = "unanswered"
    made = [choice.get("severity") for choice in choices if choice["id"] in selected]
    return {
        "outcome": outcome,
        "points": points,
        "max_points": max_points,
        "choices": [
            {
                "id": choice["id"],
                "status": _status(choice["id"] in correct, choice["id"] in selected),
                "severity": choice.get("severity") or None,
                "feedback": choice.get("feedback") or "",
            }
            for choice in choices
        ],
        "severities": [severity for severity in SEVERITIES if severity in made],
    }


def _status(is_correct: bool, is_selected: bool) -> str:
    if is_correct:
        return "chosen_correct" if is_selected else "missed"
    return "chosen_wrong" if is_selected else "left"


def _choices(definition: dict[str, object]) -> tuple[list[dict[str, object]], list[str]]:
    """Return the choices and the ids of the correct ones, or refuse the question."""
    listed = definition.get("choices")
    if not isinstance(listed, list) or len(listed) < 2:
        raise GradingError("bad_question", "The question has fewer than two choices.", "Give at least two.")
    choices = [_mapping(item, "bad_question", "A choice is not a set of keys.") for item in listed]
    ids = [_text(choice, "id") for choice in choices]
    _refuse_repeats(ids, "bad_question", "Two choices have the same id.")
    correct = _texts(definition.get("correct"), "bad_question", "The answer key is not a list of ids.")
    _refuse_repeats(correct, "bad_question", "The answer key names a choice twice.")
    if not correct or [choice_id for choice_id in correct if choice_id not in ids]:
        raise GradingError(
            "bad_question", "The answer key names no choice, or one that is not there.", "Check 'correct'."
        )
    for choice in choices:
        severity = choice.get("severity")
        if severity is not None and (severity not in SEVERITIES or choice["id"] in correct):
            raise GradingError(
                "bad_question", "A severity is unknown, or stands on a correct choice.", "Check 'severity'."
            )
    return choices, correct


def _selected(response: object, choices: list[dict[str, object]]) -> list[str]:
    """Return the ids selected. None is no answer; anything but ``{"selected": [ids]}`` is refused."""
    if response is None:
        return []
    answer = _mapping(response, "bad_response", "The response is not a set of keys.")
    selected = _texts(answer.get("selected"), "bad_response", "'selected' is not a list of ids.")
    _refuse_repeats(selected, "bad_response", "A choice is selected twice.")
    ids = [choice["id"] for choice in choices]
    if [choice_id for choice_id in selected if choice_id not in ids]:
        raise GradingError("bad_response", "A choice that is not there is selected.", "Use the ids of the choices.")
    return selected


def _total(grades: object) -> tuple[int, int, int, dict[str, int]]:
    """Return the sum of shares as numerator and denominator, the number unanswered, and a count for each severity."""
    if not isinstance(grades, list) or not grades:
        raise GradingError("bad_grades", "There are no grades.", "Give a list of grades.")
    numerator, denominator, unanswered = 0, 1, 0
    severities = {}
    for severity in SEVERITIES:
        severities[severity] = 0
    for item in grades:
        found = _mapping(item, "bad_grades", "A grade is not a set of keys.")
        points, most = _whole(found.get("points")), _whole(found.get("max_points"))
        if found.get("error") is not None or most < 1 or points > most:
            raise GradingError("bad_grades", "A question could not be graded.", "Mend it before deciding.")
        numerator, denominator = _add_fractions(numerator, denominator, points, most)
        unanswered += 1 if found.get("outcome") == "unanswered" else 0
        for severity in _texts(found.get("severities"), "bad_grades", "'severities' is not a list."):
            if severity not in severities:
                raise GradingError("bad_grades", "A severity is unknown.", "Use those of SEVERITIES.")
            severities[severity] += 1
    return numerator, denominator * len(grades), unanswered, severities


def _add_fractions(a: int, b: int, c: int, d: int) -> tuple[int, int]:
    """Return a/b + c/d in lowest terms, so that the numbers stay small over many questions."""
    numerator, denominator = a * d + c * b, b * d
    high, low = denominator, numerator
    while low:
        high, low = low, high % low
    return numerator // high, denominator // high


def _pass_mark(value: object) -> int:
    mark = _whole(value)
    if mark > 100:
        raise GradingError("bad_pass_mark", "The pass mark is over 100 percent.", "Give a whole number from 0 to 100.")
    return mark


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise GradingError("bad_number", "A number is not a whole number from 0.", "Write 75, not 75.0 or '75'.")
    return value


def _mapping(value: object, code: str, message: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise GradingError(code, message, "Give an object with keys.")
    return value


def _text(definition: dict[str, object], key: str) -> str:
    value = definition.get(key)
    if not isinstance(value, str) or not value:
        raise GradingError("bad_question", "'" + key + "' is missing or is no text.", "Give it a text.")
    return value


def _texts(value: object, code: str, message: str) -> list[str]:
    if not isinstance(value, list):
        raise GradingError(code, message, "Give a list.")
    for item in value:
        if not isinstance(item, str):
            raise GradingError(code, message, "Every item is a text.")
    return value


def _refuse_repeats(ids: list[str], code: str, message: str) -> None:
    if len(set(ids)) != len(ids):
        raise GradingError(code, message, "Use each once.")


def _failed(question: object, error: GradingError) -> dict[str, object]:
    """Return the grade of what cannot be graded: no points, and the reason."""
    known = question if isinstance(question, dict) else {}
    question_id, question_type = known.get("id"), known.get("type")
    return {
        "question_id": question_id if isinstance(question_id, str) else "",
        "type": question_type if isinstance(question_type, str) else "",
        "outcome": "error",
        "points": 0,
        "max_points": 0,
        "choices": [],
        "severities": [],
        "error": _describe(error),
    }


def _describe(error: GradingError) -> dict[str, str]:
    return {"code": error.code, "message": error.message, "hint": error.hint}


GRADERS = {"choice": _grade_choice, "multiple_response": _grade_multiple_response}
"""One function for each type: definition and response in, grade out."""

TYPES = ("choice", "multiple_response")
"""The types in the order they are shown; a dict has no order in MicroPython."""
