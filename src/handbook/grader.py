"""The grader: one file for CPython (tests, re-grading) and MicroPython (every page).

It imports only ``json`` and keeps to what MicroPython does alike: no ``re`` and no ``lower()`` on Swedish text, no
sorting by key, no reliance on the order of a dict, no ``%`` or ``round`` on decimals. The same test vectors run under
CPython, under MicroPython in Node, and in the built page.

In: a question's *definition* and a *response*, both plain JSON values. Out: a *grade*, a plain dict. Nothing raises:
a bad question or a bad response gives a grade whose ``error`` says so, and never a point. The question is read first
and whole, so that a bad one is reported whatever the response. Points are whole numbers, so that a pass mark of 75 %
is exact. A question passes to its type's function through ``GRADERS``; adding a type changes no caller.
"""

import json

SEVERITIES = ("leak", "unlawful_refusal", "unlawful_asking", "delay", "poor_service")
"""What acting on a wrong choice would mean, gravest first: secrecy broken, a lawful request refused, a caller asked
who they are or why (2 kap. 18 § TF), waiting, or merely poor service (6 § FL)."""

OUTCOMES = ("correct", "partly", "wrong", "unanswered", "considered", "error")
"""How a question went; ``considered`` is a dilemma that was answered."""

STATUSES = ("chosen_correct", "chosen_wrong", "missed", "left", "near_miss", "chosen")
"""What became of a choice, step, item or word: ``missed`` should have been chosen, ``left`` rightly was not."""

MOST_LETTERS = 200
"""The longest text that can be right: nobody means more, and comparing takes time."""

LONGEST_CALL = 200_000
"""The longest call that is read: MicroPython takes seconds over a megabyte, and the page would stand still."""


class GradingError(ValueError):
    """What cannot be graded: a sentence, a hint and a code.

    The code is bad_question, unknown_type, bad_response, bad_grades, bad_pass_mark or bad_call.
    """

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def grade(question: object, response: object) -> dict[str, object]:
    """Return the grade of *response* to *question*.

    Keys of a grade: ``question_id``, ``type``, ``outcome`` (one of OUTCOMES), ``points`` of ``max_points``,
    ``choices`` (for every choice, step, item or word, and in a call for each choice made: ``id``, ``status``,
    ``severity``, ``feedback``), ``severities`` (of what was done wrong, gravest first), ``error`` (None, or ``code``,
    ``message`` and ``hint``) and, of a call that has ended, ``ending`` (the id of its last turn).
    """
    try:
        return _grade(_mapping(question, "bad_question", "The question is not a set of keys."), response)
    except GradingError as error:
        return _failed(question, error)


def decide(grades: object, pass_percent: object) -> dict[str, object]:
    """Return whether a test is passed: the pass mark is reached and nothing secret was given away.

    Every question weighs the same; a partly right one counts its share, a dilemma not at all. The mark is inclusive:
    75 % of 75 % passes.
    Keys: ``passed``, ``reached``, ``percent`` (whole, rounded down), ``questions`` (dilemmas too), ``unanswered``,
    ``severities`` (the number of questions with each) and ``error``.
    """
    try:
        numerator, denominator, unanswered, made = _total(grades)
        mark, failure = _whole(pass_percent, 100, "bad_pass_mark"), None
    except GradingError as error:
        numerator, denominator, unanswered, made, mark, failure = 0, 1, 0, [], 100, _describe(error)
    reached = numerator * 100 >= mark * denominator
    return {
        "passed": reached and "leak" not in made,
        "reached": reached,
        "percent": numerator * 100 // denominator,
        "questions": len(grades) if isinstance(grades, list) and failure is None else 0,
        "unanswered": unanswered,
        "severities": {severity: made.count(severity) for severity in SEVERITIES},
        "error": failure,
    }


def call_json(text: str) -> str:
    """Answer one call as JSON: ``{"call": "grade", "question": …, "response": …}`` or ``{"call": "decide", …}``.

    JSON text is the only thing that crosses between JavaScript and Python; everything else arrives damaged. A call
    that cannot be read is answered with a grade whose error says so.
    """
    try:
        request = json.loads(text) if len(text) <= LONGEST_CALL else None
    except (ValueError, RuntimeError, MemoryError):
        request = None
    call = request if isinstance(request, dict) else {}
    if call.get("call") == "grade":
        return json.dumps(grade(call.get("question"), call.get("response")))
    if call.get("call") == "decide":
        return json.dumps(decide(call.get("grades"), call.get("pass_percent")))
    error = GradingError("bad_call", "The call cannot be read.", 'Send {"call": "grade", …} or {"call": "decide", …}.')
    return json.dumps(_failed(None, error))


def _grade(definition: dict[str, object], response: object) -> dict[str, object]:
    question_id, question_type = _text(definition, "id"), _text(definition, "type")
    if question_type not in GRADERS:
        raise GradingError("unknown_type", "The question's type is unknown.", "Use one of: " + ", ".join(TYPES))
    _check_part(definition)
    result = GRADERS[question_type](definition, response)
    result["question_id"] = question_id
    result["type"] = question_type
    result["error"] = None
    return result


def _grade_choice(definition: dict[str, object], response: object) -> dict[str, object]:
    """Grade ``choice``: one correct, one point. Response: ``{"selected": [id]}``."""
    choices, correct = _choices(definition)
    _require(len(correct) == 1, "bad_question", "A choice question has exactly one correct choice.", "Check 'correct'.")
    selected = _selected(response, choices)
    _require(len(selected) <= 1, "bad_response", "More than one choice is selected.", "Select one.")
    return _graded(choices, correct, selected)


def _grade_multiple_response(definition: dict[str, object], response: object) -> dict[str, object]:
    """Grade ``multiple_response``: a point for each correct choice selected, less one for each wrong, never below 0.

    The severity of a correct choice is that of missing it.
    """
    choices, correct = _choices(definition, both_ways=True)
    return _graded(choices, correct, _selected(response, choices))


def _grade_hottext(definition: dict[str, object], response: object) -> dict[str, object]:
    """Grade ``hottext``: a point for each word masked that must be, less one for each that must stay, never below 0.

    Both errors have consequences: a word left visible gives a secret away, one masked too many refuses what is public.
    Response: ``{"selected": [ids of the masked words]}``.
    """
    choices, correct = _choices(definition, both_ways=True)
    return _graded(choices, correct, _selected(response, choices))


def _grade_dilemma(definition: dict[str, object], response: object) -> dict[str, object]:
    """Grade ``dilemma``: several defensible answers, so there is nothing to score, whatever is chosen.

    Response: ``{"selected": [ids]}``.
    """
    choices = _listed(definition, "choices")
    _refuse_severity(choices)
    selected = _selected(response, choices)
    parts = [_part(choice, "chosen" if choice["id"] in selected else "left") for choice in choices]
    return _result(parts, [], 0, 0, not selected)


def _grade_order(definition: dict[str, object], response: object) -> dict[str, object]:
    """Grade ``order``: a point for each step directly after the one it should follow.

    Response: ``{"order": [ids of all the steps]}``. A step's status tells whether it stands in its own place.
    """
    items = _listed(definition, "items")
    correct = _texts(definition.get("correct"), "bad_question", "The answer key is not a list of ids.")
    whole = len(correct) == len(items) and _is_each_once(correct, items)
    _require(whole, "bad_question", "The answer key does not hold every step once.", "Check 'correct'.")
    order = _response_texts(response, "order")
    whole = len(order) in (0, len(items)) and _is_each_once(order, items)
    _require(whole, "bad_response", "The order does not hold every step once.", "Send the ids of all steps.")
    places = [correct.index(step) for step in order]
    points = len([place for place in range(1, len(places)) if places[place] == places[place - 1] + 1])
    parts = []
    for item in items:
        right = bool(order) and order.index(_text(item, "id")) == correct.index(_text(item, "id"))
        parts.append(_part(item, "chosen_correct" if right else "chosen_wrong" if order else "missed"))
    wrong = [definition] if order and order != correct else []
    return _result(parts, wrong, points, len(correct) - 1, not order)


def _grade_match(definition: dict[str, object], response: object) -> dict[str, object]:
    """Grade ``match``: a point for each item with its right target. Response: ``{"pairs": {item: target}}``."""
    items = _listed(definition, "items")
    targets = [target["id"] for target in _listed(definition, "targets")]
    correct = _mapping(definition.get("correct"), "bad_question", "The answer key is not a set of pairs.")
    keyed = [item for item in items if correct.get(_text(item, "id")) in targets]
    whole = len(keyed) == len(items) == len(correct)
    _require(whole, "bad_question", "The answer key does not give every item a target.", "Check 'correct'.")
    pairs = _mapping(_response_value(response, "pairs", {}), "bad_response", "'pairs' is not a set of pairs.")
    unknown = [name for name in pairs if name not in correct or pairs[name] not in targets]
    _require(not unknown, "bad_response", "A pair names what is not there.", "Use the ids of items and targets.")
    parts, wrong, points = [], [], 0
    for item in items:
        name = _text(item, "id")
        right = pairs.get(name) == correct[name]
        points += 1 if right else 0
        parts.append(_part(item, "chosen_correct" if right else "chosen_wrong" if name in pairs else "missed"))
        wrong += [item] if name in pairs and not right else []
    return _result(parts, wrong, points, len(items), not pairs)


def _grade_text_entry(definition: dict[str, object], response: object) -> dict[str, object]:
    """Grade ``text_entry``: one point when the text, folded, is one that is accepted. Response: ``{"text": "…"}``.

    Case, spacing, dashes and how å, ä and ö are composed do not count. A text that is listed as a near miss, or is a
    slip of the keyboard away from an accepted one, gets the status ``near_miss`` and no point.
    """
    accepted = [fold(text) for text in _texts(definition.get("accepted"), "bad_question", "'accepted' is not a list.")]
    near = [fold(text) for text in _texts(definition.get("near_miss", []), "bad_question", "'near_miss' is no list.")]
    empty = not accepted or [text for text in accepted + near if not text or len(text) > MOST_LETTERS]
    _require(not empty, "bad_question", "Nothing is accepted, or a text is empty or too long.", "Check 'accepted'.")
    both = [text for text in near if text in accepted]
    _require(not both, "bad_question", "A near miss is accepted too.", "Remove it from one of them.")
    written = fold(_response_text(response))
    if written in accepted:
        return _one_point(definition, "chosen_correct")
    if written in near or [text for text in accepted if _is_slip(written, text)]:
        return _one_point(definition, "near_miss")
    return _one_point(definition, "chosen_wrong" if written else "missed")


def _grade_numeric(definition: dict[str, object], response: object) -> dict[str, object]:
    """Grade ``numeric``: one point for a number within the tolerance, or the right date. Response: ``{"text": "…"}``.

    Numbers are read with decimal comma or point and compared exactly; dates as _read_date says, with or without year.
    """
    keys = [key for key in ("value", "date") if key in definition]
    value = _read_number(_text(definition, "value")) if keys == ["value"] else None
    date = _read_date(_text(definition, "date")) if keys == ["date"] else None
    tolerance = _read_number(_text(definition, "tolerance")) if "tolerance" in definition else 0
    if tolerance is None or tolerance < 0 or (value is None and (date is None or date[0] < 100)):
        hint = "Give a 'value' such as 21 or 2,5, or a 'date' such as 2026-12-13."
        raise GradingError("bad_question", "The number or date to write cannot be read.", hint)
    written = _response_text(response)
    number, day = _read_number(written), _read_date(written)
    right = value is not None and number is not None and abs(number - value) <= tolerance
    if date is not None and day is not None:
        right = day[1:] == date[1:] and day[0] in (-1, date[0], date[0] % 100)
    return _one_point(definition, "chosen_correct" if right else "chosen_wrong" if fold(written) else "missed")


def _grade_branching(definition: dict[str, object], response: object) -> dict[str, object]:
    """Grade ``branching``, a simulated call: a point for each good choice on the path, of as many as were made.

    Response: ``{"path": [choice ids]}`` from the first turn. A path that has not reached an ending is unanswered.
    The parts of the grade are called ``turn/choice``; ``ending`` names the last turn.
    """
    names, said = _turns(definition)
    path = _response_texts(response, "path")
    place, parts, wrong = 0, [], []
    for choice_id in path:
        found = [choice for choice in said[place] if choice["id"] == choice_id]
        _require(found, "bad_response", "A choice on the path is not there.", "Start the call again.")
        right = found[0].get("correct") is True
        part = _part(found[0], "chosen_correct" if right else "chosen_wrong")
        part["id"] = names[place] + "/" + choice_id
        parts.append(part)
        wrong += [] if right else found
        place = names.index(_text(found[0], "next"))
    if said[place]:
        return _result(parts, [], 0, 1, True)
    result = _result(parts, wrong, len(path) - len(wrong), len(path), False)
    result["ending"] = names[place]
    return result


def _turns(definition: dict[str, object]) -> tuple[list[str], list[list[dict[str, object]]]]:
    """Return the ids of the turns of a call and the choices at each, none at an ending, or refuse the question."""
    turns = _listed(definition, "turns")
    names = [_text(turn, "id") for turn in turns]
    said = [_listed(turn, "choices") if "choices" in turn else [] for turn in turns]
    _require(said[0] and [] in said, "bad_question", "The call does not begin or end.", "Only an ending is silent.")
    for choices in said:
        for choice in choices:
            right = choice.get("correct", False)
            _require(choice.get("next") in names, "bad_question", "A choice leads to no turn.", "Check 'next'.")
            _require(isinstance(right, bool), "bad_question", "'correct' is not true or false.", "Check 'correct'.")
            _refuse_severity([choice] if right else [])
    return names, said


def _one_point(definition: dict[str, object], status: str) -> dict[str, object]:
    """Return the grade of a question with one thing to write."""
    part = _part(definition, status)
    part["id"] = "answer"
    wrong = [definition] if status in ("chosen_wrong", "near_miss") else []
    return _result([part], wrong, 1 if status == "chosen_correct" else 0, 1, status == "missed")


def _graded(choices: list[dict[str, object]], correct: list[str], selected: list[str]) -> dict[str, object]:
    """Return the grade of a selection: a point for each correct choice, less one for each wrong, never below 0."""
    parts, wrong = [], []
    for choice in choices:
        is_correct, is_selected = choice["id"] in correct, choice["id"] in selected
        chosen = "chosen_correct" if is_correct else "chosen_wrong"
        parts.append(_part(choice, chosen if is_selected else "missed" if is_correct else "left"))
        wrong += [choice] if selected and is_correct != is_selected else []
    right = len([choice_id for choice_id in selected if choice_id in correct])
    return _result(parts, wrong, max(0, right - (len(selected) - right)), len(correct), not selected)


def _result(
    parts: list[dict[str, object]], wrong: list[dict[str, object]], points: int, max_points: int, unanswered: bool
) -> dict[str, object]:
    """Return a grade; *wrong* are the parts of the question whose severities count."""
    made = [item.get("severity") for item in wrong]
    outcome = "correct" if points == max_points else "partly" if points else "wrong"
    return {
        "outcome": "unanswered" if unanswered else outcome if max_points else "considered",
        "points": points,
        "max_points": max_points,
        "choices": parts,
        "severities": [severity for severity in SEVERITIES if severity in made],
    }


def _part(item: dict[str, object], status: str) -> dict[str, object]:
    feedback = item.get("feedback", "")
    if status in ("missed", "left"):
        feedback = item.get("feedback_not_chosen", feedback)
    return {"id": item["id"], "status": status, "severity": item.get("severity"), "feedback": feedback}


def _listed(definition: dict[str, object], key: str) -> list[dict[str, object]]:
    """Return the entries at *key*, at least two, each with an id of its own, or refuse the question."""
    listed = definition.get(key)
    if not isinstance(listed, list) or len(listed) < 2:
        raise GradingError("bad_question", "'" + key + "' is no list of two or more.", "Give at least two.")
    items = [_mapping(item, "bad_question", "An item of '" + key + "' is not a set of keys.") for item in listed]
    ids = set([_text(item, "id") for item in items])
    _require(len(ids) == len(items), "bad_question", "Two items have the same id.", "Use each once.")
    for item in items:
        _check_part(item)
    return items


def _check_part(item: dict[str, object]) -> None:
    """Refuse a severity that is unknown, and feedback that is no text."""
    if item.get("severity") is not None and item["severity"] not in SEVERITIES:
        raise GradingError("bad_question", "A severity is unknown.", "Use one of: " + ", ".join(SEVERITIES))
    for key in ("feedback", "feedback_not_chosen"):
        if not isinstance(item.get(key, ""), str):
            raise GradingError("bad_question", "'" + key + "' is no text.", "Give it a text.")


def _refuse_severity(items: list[dict[str, object]]) -> None:
    """Refuse a severity where there is nothing wrong to do."""
    graver = [item for item in items if item.get("severity") is not None]
    _require(not graver, "bad_question", "A severity stands on what is not wrong.", "Check 'severity'.")


def _choices(definition: dict[str, object], both_ways: bool = False) -> tuple[list[dict[str, object]], list[str]]:
    """Return the choices and the ids of the correct ones; those have a severity only if one can err *both_ways*."""
    choices = _listed(definition, "choices")
    correct = _texts(definition.get("correct"), "bad_question", "The answer key is not a list of ids.")
    named = correct and _is_each_once(correct, choices)
    _require(named, "bad_question", "The answer key names no choice, one twice, or one not there.", "Check 'correct'.")
    _refuse_severity([choice for choice in choices if choice["id"] in correct and not both_ways])
    return choices, correct


def _selected(response: object, choices: list[dict[str, object]]) -> list[str]:
    """Return the ids selected, each once and each of a choice that is there."""
    selected = _response_texts(response, "selected")
    named = _is_each_once(selected, choices)
    _require(named, "bad_response", "A choice is selected twice, or is not there.", "Use the ids of the choices.")
    return selected


def _is_each_once(ids: list[str], items: list[dict[str, object]]) -> bool:
    """Return whether all *ids* belong to *items*, each once."""
    return len([item for item in items if item["id"] in ids]) == len(ids)


def _response_value(response: object, key: str, unanswered: object) -> object:
    """Return what the response holds at *key*, or *unanswered* for None. Anything but an object is refused."""
    if response is None:
        return unanswered
    return _mapping(response, "bad_response", "The response is not a set of keys.").get(key)


def _response_texts(response: object, key: str) -> list[str]:
    return _texts(_response_value(response, key, []), "bad_response", "'" + key + "' is not a list of ids.")


def _response_text(response: object) -> str:
    """Return what was written, or a text that is never right for one that is too long to be."""
    written = _response_value(response, "text", "")
    if not isinstance(written, str):
        raise GradingError("bad_response", "'text' is not a text.", 'Send {"text": "…"}.')
    return written if len(written) <= MOST_LETTERS else "…" * MOST_LETTERS


_UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÉÈÜ"
_LOWER = "abcdefghijklmnopqrstuvwxyzåäöéèü"
_SPACES = " \t\n\r\u00a0\u2002\u2003\u2007\u2009\u202f"
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_SAME = (
    ("a\u030a", "å"), ("a\u0308", "ä"), ("o\u0308", "ö"), ("e\u0301", "é"), ("e\u0300", "è"), ("u\u0308", "ü"),
    ("\u2010", "-"), ("\u2011", "-"), ("–", "-"), ("—", "-"), ("−", "-"), ("’", "'"),
)  # fmt: skip
_OPENING = " \"'”“»«"
_CLOSING = _OPENING + ".,;:!?"


def fold(text: str) -> str:
    """Return *text* as it is compared: small letters, single spaces, one kind of dash, no punctuation around it.

    Written out by hand because MicroPython's own ``lower`` and ``split`` know only ASCII. A point or comma in front
    stays: it is part of a number.
    """
    letters = [_LOWER[_UPPER.index(letter)] if letter in _UPPER else letter for letter in text]
    folded = "".join([" " if letter in _SPACES else letter for letter in letters if letter not in _INVISIBLE])
    for written, meant in _SAME:
        folded = folded.replace(written, meant)
    folded = " ".join([word for word in folded.split(" ") if word])
    while folded and folded[0] in _OPENING:
        folded = folded[1:]
    while folded and folded[-1] in _CLOSING:
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


def _read_number(text: str) -> int | None:
    """Return *text*, a number of at most 15 digits, in units of 1/10**15, or None: ``2,5`` is 25 * 10**14.

    Spaces are passed over, as in 10 000; there is one comma or point.
    """
    digits, decimals, sign = "", -1, 1
    for letter in fold(text):
        if letter in "0123456789":
            digits += letter
            decimals += 1 if decimals >= 0 else 0
        elif letter in ",." and decimals < 0:
            decimals = 0
        elif letter == "-" and not digits and decimals < 0 and sign == 1:
            sign = -1
        elif letter != " ":
            return None
    return sign * int(digits) * 10 ** (15 - max(0, decimals)) if 0 < len(digits) <= 15 else None


_MONTHS = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_PASSED_OVER = ("", "den", "e", "a") + _WEEKDAYS + tuple([day + "en" for day in _WEEKDAYS])


def _read_date(text: str) -> tuple[int, int, int] | None:
    """Return year, month and day of *text*, or None. The year is -1 when none is written, and 26 when only that is.

    Read are 2026-12-13, 20261213, 26-12-13, 261213, 13/12 2026, 13.12.26, 13/12, 13 dec and söndagen den 13:e december.
    """
    folded = fold(text)
    words = "".join([" " if letter in "-/.:," else letter for letter in folded]).split(" ")
    words = [word for word in words if word not in _PASSED_OVER]
    year_first = len(folded) == 8 and folded[2] == "-" == folded[5]
    if len(words) == 1:
        year_first, words = True, [words[0][:-4], words[0][-4:-2], words[0][-2:]]
    if len(words) == 3 and (year_first or len(words[0]) == 4):
        words = [words[2], words[1], words[0]]
    if len(words) not in (2, 3) or (len(words) == 3 and len(words[2]) not in (2, 4)):
        return None
    if words[1][:3] in _MONTHS:
        words[1] = str(_MONTHS.index(words[1][:3]) + 1)
    words[0] = words[0].rstrip("ae")
    if "" in words or [letter for letter in "".join(words) if letter not in "0123456789"]:
        return None
    day, month, year = int(words[0]), int(words[1]), int(words[2]) if len(words) == 3 else -1
    if not 1 <= month <= 12 or not 1 <= day <= _DAYS[month - 1]:
        return None
    leap = year < 100 or (year % 4 == 0 and (year % 100 != 0 or year % 400 == 0))
    return (year, month, day) if leap or (month, day) != (2, 29) else None


def _total(grades: object) -> tuple[int, int, int, list[str]]:
    """Return the mean share as numerator and denominator, the number unanswered, and every severity made."""
    if not isinstance(grades, list):
        raise GradingError("bad_grades", "The grades are not a list.", "Give a list of grades.")
    numerator, denominator, unanswered, scored = 0, 1, 0, 0
    made: list[str] = []
    for item in grades:
        found = _mapping(item, "bad_grades", "A grade is not a set of keys.")
        most = _whole(found.get("max_points"), None, "bad_grades")
        points = _whole(found.get("points"), most, "bad_grades")
        _require(found.get("error") is None, "bad_grades", "A question could not be graded.", "Mend it first.")
        severities = _texts(found.get("severities"), "bad_grades", "'severities' is not a list.")
        unknown = [severity for severity in severities if severity not in SEVERITIES]
        _require(not unknown, "bad_grades", "A severity is unknown.", "Use those of SEVERITIES.")
        if most:
            scored += 1
            numerator, denominator = _add_fractions(numerator, denominator, points, most)
            unanswered += 1 if found.get("outcome") == "unanswered" else 0
            made += severities
    _require(scored, "bad_grades", "No question can be scored.", "Give at least one that is not a dilemma.")
    return numerator, denominator * scored, unanswered, made


def _add_fractions(a: int, b: int, c: int, d: int) -> tuple[int, int]:
    """Return a/b + c/d in lowest terms, so that the numbers stay small over many questions."""
    numerator, denominator = a * d + c * b, b * d
    high, low = denominator, numerator
    while low:
        high, low = low, high % low
    return numerator // high, denominator // high


def _whole(value: object, most: int | None, code: str) -> int:
    """Return a whole number from 0 to *most*, or refuse it."""
    if isinstance(value, bool) or not isinstance(value, int) or value < 0 or (most is not None and value > most):
        raise GradingError(code, "A number is not whole, below 0 or too big.", "Write 75, not 75.0 or '75'.")
    return value


def _require(holds: object, code: str, message: str, hint: str) -> None:
    if not holds:
        raise GradingError(code, message, hint)


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
    if not isinstance(value, list) or [item for item in value if not isinstance(item, str)]:
        raise GradingError(code, message, "Give a list of texts.")
    return value


def _failed(question: object, error: GradingError) -> dict[str, object]:
    """Return the grade of what cannot be graded: no points, and the reason."""
    result = _result([], [], 0, 0, False)
    for key, name in (("question_id", "id"), ("type", "type")):
        value = question.get(name) if isinstance(question, dict) else None
        result[key] = value if isinstance(value, str) else ""
    result["outcome"] = "error"
    result["error"] = _describe(error)
    return result


def _describe(error: GradingError) -> dict[str, str]:
    return {"code": error.code, "message": error.message, "hint": error.hint}


_IN_ORDER = (
    ("choice", _grade_choice),
    ("multiple_response", _grade_multiple_response),
    ("order", _grade_order),
    ("match", _grade_match),
    ("text_entry", _grade_text_entry),
    ("numeric", _grade_numeric),
    ("hottext", _grade_hottext),
    ("branching", _grade_branching),
    ("dilemma", _grade_dilemma),
)

GRADERS = dict(_IN_ORDER)
"""One function for each type: definition and response in, grade out."""

TYPES = tuple([name for name, _ in _IN_ORDER])
"""The types in the order they are shown; a dict has no order in MicroPython."""
