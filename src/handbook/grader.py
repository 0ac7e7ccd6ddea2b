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

OUTCOMES = ("correct", "partly", "wrong", "unanswered", "considered", "error")


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

    Every question weighs the same; a partly right one counts its share, a dilemma not at all. The mark is inclusive:
    75 % of 75 % passes.
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
    """Grade ``choice``: one correct, one point. Response: ``{"selected": [id]}``."""
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
    return _graded(choices, correct, selected, _right_less_wrong(selected, correct), len(correct))


def _grade_hottext(definition: dict[str, object], response: object) -> dict[str, object]:
    """Grade ``hottext``: a point for each word masked that must be, less one for each that must stay, never below 0.

    Both errors have consequences: a word left visible gives a secret away, one masked too many refuses what is public.
    Response: ``{"selected": [ids of the masked words]}``.
    """
    choices, correct = _choices(definition, severity_on_correct=True)
    selected = _selected(response, choices)
    grade = _graded(choices, correct, selected, _right_less_wrong(selected, correct), len(correct))
    if selected:
        wrong = [choice for choice in choices if (choice["id"] in correct) != (choice["id"] in selected)]
        grade["severities"] = _gravest_first([choice.get("severity") for choice in wrong])
    return grade


def _grade_dilemma(definition: dict[str, object], response: object) -> dict[str, object]:
    """Grade ``dilemma``: several defensible answers, so there is nothing to score, whatever is chosen."""
    choices = _listed(definition, "choices", 2)
    selected = _selected(response, choices)
    parts = [_part(choice, "chosen" if choice["id"] in selected else "left") for choice in choices]
    return _result(parts, [], 0, 0, "considered" if selected else "unanswered")


def _grade_order(definition: dict[str, object], response: object) -> dict[str, object]:
    """Grade ``order``: a point for each step directly after the one it should follow.

    Response: ``{"order": [ids of all the steps]}``.
    """
    items = _listed(definition, "items", 2)
    correct = _texts(definition.get("correct"), "bad_question", "The answer key is not a list of ids.")
    if set(correct) != set([item["id"] for item in items]) or len(correct) != len(items):
        raise GradingError("bad_question", "The answer key does not hold every step once.", "Check 'correct'.")
    order = _response_texts(response, "order")
    if order and (set(order) != set(correct) or len(order) != len(correct)):
        raise GradingError("bad_response", "The order does not hold every step once.", "Send the ids of all steps.")
    points, most = 0, len(correct) - 1
    for place in range(1, len(order)):
        follows = correct.index(order[place]) == correct.index(order[place - 1]) + 1
        points += 1 if follows else 0
    parts = []
    for item in items:
        right = bool(order) and order.index(_text(item, "id")) == correct.index(_text(item, "id"))
        parts.append(_part(item, "chosen_correct" if right else "chosen_wrong" if order else "missed"))
    made = [] if points == most else [definition.get("severity")]
    return _result(parts, made, points, most, None if order else "unanswered")


def _grade_match(definition: dict[str, object], response: object) -> dict[str, object]:
    """Grade ``match``: a point for each item with its right target. Response: ``{"pairs": {item: target}}``."""
    items = _listed(definition, "items", 2)
    targets = [_text(target, "id") for target in _listed(definition, "targets", 2)]
    correct = _mapping(definition.get("correct"), "bad_question", "The answer key is not a set of pairs.")
    if [item for item in items if correct.get(_text(item, "id")) not in targets] or len(correct) != len(items):
        raise GradingError("bad_question", "The answer key does not give every item a target.", "Check 'correct'.")
    pairs = {}
    if response is not None:
        answer = _mapping(response, "bad_response", "The response is not a set of keys.")
        pairs = _mapping(answer.get("pairs"), "bad_response", "'pairs' is not a set of pairs.")
    if [name for name in pairs if name not in correct or pairs[name] not in targets]:
        raise GradingError("bad_response", "A pair names what is not there.", "Use the ids of items and targets.")
    parts, made, points = [], [], 0
    for item in items:
        name = _text(item, "id")
        right = pairs.get(name) == correct[name]
        points += 1 if right else 0
        parts.append(_part(item, "chosen_correct" if right else "chosen_wrong" if name in pairs else "missed"))
        made += [item.get("severity")] if name in pairs and not right else []
    return _result(parts, made, points, len(items), None if pairs else "unanswered")


def _grade_text_entry(definition: dict[str, object], response: object) -> dict[str, object]:
    """Grade ``text_entry``: one point when the text, folded, is one that is accepted. Response: ``{"text": "…"}``.

    Case, spacing, dashes and how å, ä and ö are composed do not count. A text that is listed as a near miss, or is a
    slip of the keyboard away from an accepted one, gets the status ``near_miss`` and no point.
    """
    accepted = [fold(text) for text in _texts(definition.get("accepted"), "bad_question", "'accepted' is not a list.")]
    near = [fold(text) for text in _texts(definition.get("near_miss") or [], "bad_question", "'near_miss' is no list.")]
    if not accepted or "" in accepted or [text for text in near if text in accepted]:
        raise GradingError("bad_question", "Nothing is accepted, or a near miss is.", "Check 'accepted'.")
    written = fold(_response_text(response))
    if written in accepted:
        return _one_point(definition, "chosen_correct")
    if written in near or [text for text in accepted if _is_slip(written, text)]:
        return _one_point(definition, "near_miss")
    return _one_point(definition, "chosen_wrong" if written else "")


def _grade_numeric(definition: dict[str, object], response: object) -> dict[str, object]:
    """Grade ``numeric``: one point for a number within the tolerance, or the right date. Response: ``{"text": "…"}``.

    Numbers are read with decimal comma or point and compared exactly; dates as 2026-12-13, 13/12 or 13 december 2026.
    """
    written = _response_text(response)
    if "date" in definition:
        key = _read_date(_text(definition, "date"))
        if key is None or key[0] == 0:
            raise GradingError("bad_question", "'date' is not a date with a year.", "Write 2026-12-13.")
        found = _read_date(written)
        right = found is not None and found[1:] == key[1:] and found[0] in (0, key[0])
    else:
        value = _read_number(_text(definition, "value"))
        tolerance = _read_number(str(definition.get("tolerance") or "0"))
        if value is None or tolerance is None or tolerance[0] < 0:
            raise GradingError("bad_question", "'value' or 'tolerance' is not a number.", "Write 21 or 2,5.")
        number = _read_number(written)
        right = number is not None and _within(number, value, tolerance)
    return _one_point(definition, "chosen_correct" if right else "chosen_wrong" if fold(written) else "")


def _grade_branching(definition: dict[str, object], response: object) -> dict[str, object]:
    """Grade ``branching``, a simulated call: a point for each good choice on the path, of as many as were made.

    Response: ``{"path": [choice ids]}`` from the first turn. A path that has not reached an ending is unanswered.
    The parts of the grade are called ``turn/choice``; ``ending`` names the last turn.
    """
    turns = _listed(definition, "turns", 2)
    names = [_text(turn, "id") for turn in turns]
    turn = turns[0]
    parts, made, points = [], [], 0
    path = _response_texts(response, "path")
    for choice_id in path:
        found = [choice for choice in _turn_choices(turn, names) if choice["id"] == choice_id]
        if not found:
            raise GradingError("bad_response", "The path takes a choice that is not there.", "Start the call again.")
        right = found[0].get("correct") is True
        points += 1 if right else 0
        made += [] if right else [found[0].get("severity")]
        part = _part(found[0], "chosen_correct" if right else "chosen_wrong")
        part["id"] = _text(turn, "id") + "/" + choice_id
        parts.append(part)
        turn = turns[names.index(_text(found[0], "next"))]
    finished = bool(path) and not _turn_choices(turn, names)
    if not finished:
        return _result(parts, [], 0, 1, "unanswered")
    grade = _result(parts, made, points, len(path), None)
    grade["ending"] = turn["id"]
    return grade


def _turn_choices(turn: dict[str, object], names: list[str]) -> list[dict[str, object]]:
    """Return the choices of a turn; an ending has none."""
    if "choices" not in turn:
        return []
    choices = _listed(turn, "choices", 2)
    for choice in choices:
        if _text(choice, "next") not in names:
            raise GradingError("bad_question", "A choice leads to a turn that is not there.", "Check 'next'.")
    return choices


def _one_point(definition: dict[str, object], status: str) -> dict[str, object]:
    """Return the grade of a question with one thing to write; an empty status means that nothing was written."""
    part = {"id": "answer", "feedback": definition.get("feedback"), "severity": definition.get("severity")}
    right = status == "chosen_correct"
    made = [definition.get("severity")] if status in ("chosen_wrong", "near_miss") else []
    outcome = None if status else "unanswered"
    return _result([_part(part, status or "missed")], made, 1 if right else 0, 1, outcome)


def _graded(
    choices: list[dict[str, object]], correct: list[str], selected: list[str], points: int, max_points: int
) -> dict[str, object]:
    parts = [_part(choice, _status(choice["id"] in correct, choice["id"] in selected)) for choice in choices]
    made = [choice.get("severity") for choice in choices if choice["id"] in selected and choice["id"] not in correct]
    return _result(parts, made, points, max_points, None if selected else "unanswered")


def _result(
    parts: list[dict[str, object]], made: list[object], points: int, max_points: int, outcome: str | None
) -> dict[str, object]:
    if outcome is None:
        outcome = "correct" if points == max_points else "partly" if points > 0 else "wrong"
    return {
        "outcome": outcome,
        "points": points,
        "max_points": max_points,
        "choices": parts,
        "severities": _gravest_first(made),
    }


def _part(item: dict[str, object], status: str) -> dict[str, object]:
    return {
        "id": item["id"],
        "status": status,
        "severity": item.get("severity") or None,
        "feedback": item.get("feedback") or "",
    }


def _gravest_first(made: list[object]) -> list[str]:
    return [severity for severity in SEVERITIES if severity in made]


def _right_less_wrong(selected: list[str], correct: list[str]) -> int:
    right = len([choice_id for choice_id in selected if choice_id in correct])
    points = right - (len(selected) - right)
    return points if points > 0 else 0


def _status(is_correct: bool, is_selected: bool) -> str:
    if is_correct:
        return "chosen_correct" if is_selected else "missed"
    return "chosen_wrong" if is_selected else "left"


def _listed(definition: dict[str, object], key: str, fewest: int) -> list[dict[str, object]]:
    """Return the entries at *key*, each with an id of its own and no unknown severity, or refuse the question."""
    listed = definition.get(key)
    if not isinstance(listed, list) or len(listed) < fewest:
        raise GradingError("bad_question", "'" + key + "' holds too few.", "Give at least " + str(fewest) + ".")
    items = [_mapping(item, "bad_question", "An item of '" + key + "' is not a set of keys.") for item in listed]
    _refuse_repeats([_text(item, "id") for item in items], "bad_question", "Two items have the same id.")
    for item in items:
        if item.get("severity") is not None and item["severity"] not in SEVERITIES:
            raise GradingError("bad_question", "A severity is unknown.", "Use one of: " + ", ".join(SEVERITIES))
    return items


def _choices(
    definition: dict[str, object], severity_on_correct: bool = False
) -> tuple[list[dict[str, object]], list[str]]:
    """Return the choices and the ids of the correct ones, or refuse the question."""
    choices = _listed(definition, "choices", 2)
    ids = [choice["id"] for choice in choices]
    correct = _texts(definition.get("correct"), "bad_question", "The answer key is not a list of ids.")
    _refuse_repeats(correct, "bad_question", "The answer key names a choice twice.")
    if not correct or [choice_id for choice_id in correct if choice_id not in ids]:
        raise GradingError("bad_question", "The answer key names no choice, or one not there.", "Check 'correct'.")
    graver = [choice for choice in choices if choice["id"] in correct and choice.get("severity") is not None]
    if graver and not severity_on_correct:
        raise GradingError("bad_question", "A severity stands on a correct choice.", "Check 'severity'.")
    return choices, correct


def _selected(response: object, choices: list[dict[str, object]]) -> list[str]:
    """Return the ids selected, each once and each of a choice that is there."""
    selected = _response_texts(response, "selected")
    _refuse_repeats(selected, "bad_response", "A choice is selected twice.")
    ids = [choice["id"] for choice in choices]
    if [choice_id for choice_id in selected if choice_id not in ids]:
        raise GradingError("bad_response", "A choice that is not there is selected.", "Use the ids of the choices.")
    return selected


def _response_texts(response: object, key: str) -> list[str]:
    """Return the list of texts at *key*. None is no answer; anything but an object with that list is refused."""
    if response is None:
        return []
    answer = _mapping(response, "bad_response", "The response is not a set of keys.")
    return _texts(answer.get(key), "bad_response", "'" + key + "' is not a list of ids.")


def _response_text(response: object) -> str:
    """Return what was written, at most 200 letters of it: nobody means more, and comparing takes time."""
    if response is None:
        return ""
    written = _mapping(response, "bad_response", "The response is not a set of keys.").get("text")
    if not isinstance(written, str):
        raise GradingError("bad_response", "'text' is not a text.", 'Send {"text": "…"}.')
    return written[:200]


_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÉÈÜ"
_LOWER = "abcdefghijklmnopqrstuvwxyzåäöéèü"
_SPACES = " \t\n\r\u00a0\u2002\u2003\u2009\u202f"
_SAME = (("a\u030a", "å"), ("a\u0308", "ä"), ("o\u0308", "ö"), ("–", "-"), ("—", "-"), ("−", "-"), ("’", "'"))
_EDGES = ".,;:!?\"'”“»«"


def fold(text: str) -> str:
    """Return *text* as it is compared: small letters, single spaces, one kind of dash, no punctuation at the edges.

    Written out by hand because MicroPython's own ``lower`` and ``split`` know only ASCII.
    """
    letters = [_LOWER[_UPPER.index(letter)] if letter in _UPPER else letter for letter in text]
    folded = "".join([" " if letter in _SPACES else letter for letter in letters])
    for written, meant in _SAME:
        folded = folded.replace(written, meant)
    folded = " ".join([word for word in folded.split(" ") if word])
    while folded and folded[0] in _EDGES:
        folded = folded[1:]
    while folded and folded[-1] in _EDGES:
        folded = folded[:-1]
    return folded


def _is_slip(written: str, accepted: str) -> bool:
    """Return whether *written* is a slip away: one letter in a word of five or more, two in twelve or more."""
    allowed = 2 if len(accepted) >= 12 else 1 if len(accepted) >= 5 else 0
    if not allowed or len(accepted) > 60 or abs(len(written) - len(accepted)) > allowed:
        return False
    row = list(range(len(accepted) + 1))
    for place, letter in enumerate(written):
        before, row = row, [place + 1]
        for column, other in enumerate(accepted):
            row.append(min(before[column + 1] + 1, row[column] + 1, before[column] + (0 if letter == other else 1)))
    return row[-1] <= allowed


def _read_number(text: str) -> tuple[int, int] | None:
    """Return *text* as a whole number and its decimals (``2,50`` is 250 and 2), or None."""
    digits, decimals, sign = "", -1, 1
    for letter in fold(text):
        if letter in "0123456789":
            digits += letter
            decimals += 1 if decimals >= 0 else 0
        elif letter in ",." and decimals < 0 and digits:
            decimals = 0
        elif letter == "-" and not digits and sign == 1:
            sign = -1
        elif letter != " ":
            return None
    if not digits or len(digits) > 15 or decimals == 0:
        return None
    return sign * int(digits), decimals if decimals > 0 else 0


def _within(number: tuple[int, int], value: tuple[int, int], tolerance: tuple[int, int]) -> bool:
    places = max(number[1], value[1], tolerance[1])
    scaled: list[int] = [whole * 10 ** (places - decimals) for whole, decimals in (number, value, tolerance)]
    return abs(scaled[0] - scaled[1]) <= scaled[2]


_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_PASSED_OVER = ("den", "måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag", "kl")


def _read_date(text: str) -> tuple[int, int, int] | None:
    """Return year (0 when none is written), month and day of *text*, or None."""
    parted = "".join([letter if letter not in "-/.:," else " " for letter in fold(text)])
    words = [word for word in parted.split(" ") if word and word not in _PASSED_OVER]
    if len(words) == 1 and len(words[0]) == 8:
        words = [words[0][:4], words[0][4:6], words[0][6:]]
    if not 2 <= len(words) <= 3:
        return None
    if len(words[0]) == 4 and len(words) == 3:
        words = [words[2], words[1], words[0]]
    month = _month(words[1])
    day = _read_number(words[0])
    year = _read_number(words[2]) if len(words) == 3 else (0, 0)
    if day is None or year is None or month == 0 or not 1 <= day[0] <= 31:
        return None
    return year[0], month, day[0]


def _month(word: str) -> int:
    """Return the number of a month written as a number or by its first three letters, or 0."""
    if word[:3] in _MONTHS:
        return _MONTHS.index(word[:3]) + 1
    number = _read_number(word)
    return number[0] if number is not None and 1 <= number[0] <= 12 else 0


def _total(grades: object) -> tuple[int, int, int, dict[str, int]]:
    """Return the sum of shares as numerator and denominator, the number unanswered, and a count for each severity."""
    if not isinstance(grades, list) or not grades:
        raise GradingError("bad_grades", "There are no grades.", "Give a list of grades.")
    numerator, denominator, unanswered, scored = 0, 1, 0, 0
    severities = {}
    for severity in SEVERITIES:
        severities[severity] = 0
    for item in grades:
        found = _mapping(item, "bad_grades", "A grade is not a set of keys.")
        points, most = _whole(found.get("points")), _whole(found.get("max_points"))
        if found.get("error") is not None or points > most:
            raise GradingError("bad_grades", "A question could not be graded.", "Mend it before deciding.")
        if most == 0:
            continue
        scored += 1
        numerator, denominator = _add_fractions(numerator, denominator, points, most)
        unanswered += 1 if found.get("outcome") == "unanswered" else 0
        for severity in _texts(found.get("severities"), "bad_grades", "'severities' is not a list."):
            if severity not in severities:
                raise GradingError("bad_grades", "A severity is unknown.", "Use those of SEVERITIES.")
            severities[severity] += 1
    if not scored:
        raise GradingError("bad_grades", "No question can be scored.", "Give at least one that is not a dilemma.")
    return numerator, denominator * scored, unanswered, severities


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


GRADERS = {
    "choice": _grade_choice,
    "multiple_response": _grade_multiple_response,
    "order": _grade_order,
    "match": _grade_match,
    "text_entry": _grade_text_entry,
    "numeric": _grade_numeric,
    "hottext": _grade_hottext,
    "branching": _grade_branching,
    "dilemma": _grade_dilemma,
}
"""One function for each type: definition and response in, grade out."""

TYPES = (
    "choice",
    "multiple_response",
    "order",
    "match",
    "text_entry",
    "numeric",
    "hottext",
    "branching",
    "dilemma",
)
"""The types in the order they are shown; a dict has no order in MicroPython."""
