"""Papers, repetition and results: which questions are asked, which come back, and what a learner takes home.

One file for CPython and MicroPython, like :mod:`handbook.grader`, and in the same dialect: it imports only ``json`` and
``hashlib``, sorts by hand, and nothing depends on the order of a dict. Dates are passed in. What is drawn is ranked by
hashes of seed and question id, so that the same seed gives the same paper on every interpreter, whatever the order of
the catalogue, and a question added to the bank moves few others.

The catalogue is what :mod:`handbook.catalogue` makes: a list with ``id``, ``module``, ``type``, ``difficulty``,
``severity`` (the gravest of the wrong choices, or None), ``roles`` and ``quarantined`` for each question, and
``scenario`` and ``part`` (a number) for one that shares its situation with others. The functions raise PaperError on
values that they cannot use; ``call_json`` never raises.
"""

import hashlib
import json

SCHEMA_VERSION = 1
ROLES = ("vaxel", "reception", "registratur", "kansli")
KINDS = ("practice", "pre", "final")

SPACING = (1, 7, 30)
"""Days until a question comes back; fixed spacing does as well as any cleverer one."""

REASONS = ("confident_wrong", "wrong", "overdue", "new")
"""Why a question is to be repeated, in the order in which they are."""

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Those of codes: 32, without those that look alike (0 and O, 1 and I)."""

MOST_QUESTIONS = 100
_RESPONSE_KEYS = ("selected", "order", "pairs", "text", "path")
_DEEPEST = 8
_HEX = "0123456789abcdef"


class PaperError(ValueError):
    """Values that no paper, repetition or result can be made from: a code, a sentence and a hint."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def call_json(text: str) -> str:
    """Answer one call as JSON: ``{"call": name, …}`` with the arguments of the function *name* as further keys.

    The answer has what the function returns, ``{"questions": […]}`` for ``draw``, ``{"seed": …}`` for ``new_seed``,
    ``{"questions": […], "next_date": …}`` for ``due``, ``{"history": …}`` for ``record``, ``{"result": …}`` for
    ``result`` (whose arguments are its *values*) and ``{"check_code": …}`` for ``check_code``; and always ``error``,
    which is None, or ``code``, ``message`` and ``hint``.
    """
    try:
        answer = _answer(json.loads(text))
        answer["error"] = None
    except PaperError as error:
        answer = {"error": {"code": error.code, "message": error.message, "hint": error.hint}}
    except (ValueError, RuntimeError, MemoryError):
        answer = {"error": {"code": "bad_call", "message": "The call cannot be read.", "hint": "Send JSON."}}
    return json.dumps(answer)


def _answer(value: object) -> dict[str, object]:
    request = _mapping(value, "bad_call")
    name, get = request.get("call"), request.get
    if name == "draw":
        count, module = get("count"), get("module") or ""
        return {"questions": draw(get("catalogue"), get("kind"), get("role"), get("seed"), count, module)}
    if name == "new_seed":
        return {"seed": new_seed(get("number"))}
    if name == "due":
        return due(get("history"), get("today"), get("count"), get("catalogue"), get("role"))
    if name == "record":
        return {"history": record(get("history"), get("question_id"), get("outcome"), get("sure"), get("today"))}
    if name == "result":
        return {"result": result(request)}
    if name == "check_code":
        return {"check_code": check_code(get("result"))}
    raise PaperError("bad_call", "There is no such call.", "draw, new_seed, due, record, result or check_code.")


# --- Drawing a paper ----------------------------------------------------------------------------------------------


def draw(catalogue: object, kind: object, role: object, seed: object, count: object, module: object = "") -> list[str]:
    """Return the ids of the questions in a paper, in the order in which they are asked.

    Questions in quarantine are never drawn, and a dilemma only for practice. The paper is spread over modules, then
    over difficulties, then over severities. A pre-test and a final test have every module of the role, and wrong
    choices that give a secret away in at least a third of the questions, as far as the bank has them; they grow beyond
    *count* when that takes more. Questions that share a situation stand together. A bank with fewer questions gives a
    shorter paper; *module* limits it to one module.
    """
    _one_of(kind, KINDS, "bad_kind")
    pool = [entry for entry in _pool(catalogue, role) if module in ("", entry["module"])]
    if kind != "practice":
        pool = [entry for entry in pool if entry["type"] != "dilemma"]
    wanted = _whole(count, 1, MOST_QUESTIONS, "bad_count")
    if not pool:
        raise PaperError("empty_paper", "There is no question to draw.", "Check role and module.")
    ranked = _ranked(pool, str(kind) + "/" + read_seed(seed) + "/")
    taken: dict[str, int] = {}
    chosen: list[str] = []
    if kind != "practice":
        leaks = [entry for entry in ranked if entry["severity"] == "leak"]
        wanted, share = _size(ranked, leaks, wanted)
        chosen = _spread(leaks, share, taken)
    rest = [entry for entry in ranked if entry["id"] not in chosen]
    asked = set(chosen + _spread(rest, wanted - len(chosen), taken))
    return _kept_together([entry for entry in ranked if entry["id"] in asked])


def new_seed(number: object) -> str:
    """Return a seed of six letters for *number*, which the page gets from its random generator."""
    return _code(_whole(number, 0, 10**12, "bad_number"), 6)


def read_seed(text: object) -> str:
    """Return a seed as it is kept, in capitals without spaces and hyphens, or refuse what is none."""
    found = ""
    for letter in text if isinstance(text, str) and len(text) <= 40 else "?":
        capital = chr(ord(letter) - 32) if "a" <= letter <= "z" else letter
        if capital not in LETTERS + " -":
            raise PaperError("bad_seed", "The code of the paper cannot be read.", "It is made of " + LETTERS)
        found += capital if capital in LETTERS else ""
    if not 4 <= len(found) <= 12:
        raise PaperError("bad_seed", "The code of the paper has the wrong length.", "It has 4 to 12 letters.")
    return found


def _pool(catalogue: object, role: object) -> list[dict[str, str]]:
    """Return the questions of the role that are not in quarantine, as texts by key."""
    _one_of(role, ROLES, "bad_role")
    if not isinstance(catalogue, list):
        raise PaperError("bad_catalogue", "The catalogue is not a list.", "Give the one that the build wrote.")
    pool = []
    for item in catalogue:
        entry = _mapping(item, "bad_catalogue")
        found = {"severity": str(entry.get("severity") or "none"), "scenario": str(entry.get("scenario") or "")}
        found["part"] = ("00" + str(_whole(entry.get("part") or 0, 0, 999, "bad_catalogue")))[-3:]
        for key in ("id", "module", "type", "difficulty"):
            found[key] = _text(entry, key)
        if role in _texts(entry, "roles") and entry.get("quarantined") is not True:
            pool.append(found)
    _refuse_repeats([entry["id"] for entry in pool])
    return pool


def _size(ranked: list[dict[str, str]], leaks: list[dict[str, str]], count: int) -> tuple[int, int]:
    """Return how long a test is, and how many of its questions have a leak among their wrong choices.

    The length is the shortest from *count* up that has room for every module beside the share of leaks.
    """
    modules = len(set([entry["module"] for entry in ranked]))
    leaking = len(set([entry["module"] for entry in leaks]))
    size = min(count, len(ranked))
    share = min((size + 2) // 3, len(leaks))
    while size < len(ranked) and size - share < modules - min(share, leaking):
        size += 1
        share = min((size + 2) // 3, len(leaks))
    return size, share


def _spread(ranked: list[dict[str, str]], count: int, taken: dict[str, int]) -> list[str]:
    """Return the ids of up to *count* entries, each from what is least taken: module, then difficulty, then severity.

    *taken* says how often each has been taken, and is kept up to date. The first in rank wins a tie. Entries alike in
    all three wait in one group, of which only the first is looked at.
    """
    groups: dict[str, list[tuple[int, list[str], str]]] = {}
    for place, entry in enumerate(ranked):
        names = [key + " " + entry[key] for key in ("module", "difficulty", "severity")]
        groups.setdefault(" ".join(names), []).append((place, names, entry["id"]))
    chosen: list[str] = []
    while groups and len(chosen) < count:
        best, least = "", [0]
        for group in groups:
            place, names, _ = groups[group][0]
            cost = [taken.get(name, 0) for name in names] + [place]
            if not best or cost < least:
                best, least = group, cost
        _, names, question_id = groups[best].pop(0)
        chosen.append(question_id)
        for name in names:
            taken[name] = taken.get(name, 0) + 1
        if not groups[best]:
            del groups[best]
    return chosen


def _kept_together(entries: list[dict[str, str]]) -> list[str]:
    """Return the ids of the entries, those that share a situation in a row, where the first of them stands."""
    ids: list[str] = []
    for entry in entries:
        if not entry["scenario"]:
            ids.append(entry["id"])
        elif entry["id"] not in ids:
            by_part = {}
            for other in entries:
                if other["scenario"] == entry["scenario"]:
                    by_part[other["part"] + other["id"]] = other["id"]
            ids += [by_part[part] for part in in_order(list(by_part))]
    return ids


def _ranked(entries: list[dict[str, str]], salt: str) -> list[dict[str, str]]:
    """Return the entries in an order that depends on *salt* and their ids alone."""
    by_rank = {}
    for entry in entries:
        digest = _sha256(salt + entry["id"])
        rank = "".join([_HEX[byte >> 4] + _HEX[byte & 15] for byte in digest[:8]])
        by_rank[rank + entry["id"]] = entry
    return [by_rank[rank] for rank in in_order(list(by_rank))]


# --- Repetition ---------------------------------------------------------------------------------------------------


def due(
    history: object, today: object, count: object, catalogue: object = None, role: object = None
) -> dict[str, object]:
    """Return what to repeat *today*: ``questions`` (each ``id`` and ``reason``, one of REASONS) and ``next_date``.

    First those answered wrongly by a learner who was sure, then other wrong ones, then those whose day has come, the
    longest overdue first. New ones from the *catalogue* for the *role* fill up; without a catalogue there are none.
    ``next_date`` is the next day on which something comes back, or None.
    """
    day = day_number(today)
    wanted = _whole(count, 1, MOST_QUESTIONS, "bad_count")
    entries = _history(history)
    pool = [] if catalogue is None else [entry for entry in _pool(catalogue, role) if entry["type"] != "dilemma"]
    if catalogue is not None:
        known = [entry["id"] for entry in pool]
        entries = [entry for entry in entries if entry["question_id"] in known]
    keys, later = [], []
    for place, entry in enumerate(entries):
        comes = _text(entry, "due")
        reason = 2 if entry["outcome"] == "correct" else 0 if entry["sure"] else 1
        if day_number(comes) > day:
            later.append(comes)
        else:
            keys.append(str(reason) + comes + ("00000" + str(place))[-6:])
    found = [{"id": entries[int(key[11:])]["question_id"], "reason": REASONS[int(key[0])]} for key in in_order(keys)]
    asked = [entry["question_id"] for entry in entries]
    fresh = _ranked([entry for entry in pool if entry["id"] not in asked], "new/" + str(today) + "/")
    found += [{"id": question_id, "reason": "new"} for question_id in _spread(fresh, wanted - len(found), {})]
    return {"questions": found[:wanted], "next_date": in_order(later)[0] if later else None}


def record(history: object, question_id: object, outcome: object, sure: object, today: object) -> dict[str, object]:
    """Return the history after an answer: *outcome* as the grader says it, *sure* as the learner said before it.

    A right answer on its day waits for the next of SPACING; one before its day changes nothing, so that trying again
    at once does not hide a mistake. Wrong and partly right start over. What is not scored is not recorded.
    """
    day = day_number(today)
    entries = _history(history)
    name = _text({"question_id": question_id}, "question_id")
    before = [entry for entry in entries if entry["question_id"] == name]
    early = bool(before) and day < day_number(before[0]["due"])
    if outcome in ("partly", "wrong") or (outcome == "correct" and not early):
        stage = min(_whole(before[0]["stage"], 0, 2, "bad_history") + 1, 2) if before and outcome == "correct" else 0
        comes = date_text(day + SPACING[stage])
        entry: dict[str, object] = {
            "question_id": name,
            "outcome": outcome,
            "sure": sure is True,
            "stage": stage,
            "due": comes,
        }
        entries = [other for other in entries if other["question_id"] != name] + [entry]
    return {"schema_version": SCHEMA_VERSION, "questions": entries}


def _history(history: object) -> list[dict[str, object]]:
    """Return the entries of a history, or refuse one that is damaged; None is a new one."""
    if history is None:
        return []
    found = _mapping(history, "bad_history")
    if _whole(found.get("schema_version"), 0, 10**6, "bad_history") != SCHEMA_VERSION:
        raise PaperError("bad_history", "The history is of another version.", "Set it aside and start a new one.")
    entries = [_mapping(item, "bad_history") for item in _list(found, "questions")]
    for entry in entries:
        _one_of(entry.get("outcome"), ("correct", "partly", "wrong"), "bad_history")
        _one_of(entry.get("sure"), (True, False), "bad_history")
        _whole(entry.get("stage"), 0, 2, "bad_history")
        day_number(entry.get("due"))
    _refuse_repeats([_text(entry, "question_id") for entry in entries])
    return entries


# --- Results ------------------------------------------------------------------------------------------------------


def result(values: object) -> dict[str, object]:
    """Return what a learner may save: what was asked and answered, never who answered or how it was graded.

    *values* has ``content_version``, ``profile``, ``role``, ``kind``, ``seed``, ``date``, ``questions`` (ids in the
    order asked), ``responses`` (``{"question_id", "response"}`` in the order given; the first to each question counts,
    and None is no response) and ``attempt``, a code from new_seed that tells this attempt from an equal one by somebody
    else ("" when there is none). In the result ``responses`` has one for each question, None where there is none.
    """
    given = _mapping(values, "bad_result")
    questions = _texts(given, "questions")
    first: dict[str, object] = {}
    for item in _list(given, "responses"):
        answer = _mapping(item, "bad_result")
        question_id = _text(answer, "question_id")
        _one_of(question_id, questions, "bad_result")
        if first.get(question_id) is None:
            first[question_id] = _clean(answer.get("response"))
    made: dict[str, object] = {"schema_version": SCHEMA_VERSION, "questions": questions}
    for key in ("content_version", "profile", "role", "kind", "seed", "date"):
        made[key] = given.get(key)
    made["seed"] = read_seed(given.get("seed"))
    made["attempt"] = given.get("attempt") or ""
    made["responses"] = [first.get(question_id) for question_id in questions]
    check_result(made)
    made["check_code"] = check_code(made)
    return made


def check_result(value: object) -> dict[str, object]:
    """Return *value* when it has the shape of a result, and refuse it otherwise. A score is never asked for."""
    found = _mapping(value, "bad_result")
    if _whole(found.get("schema_version"), 1, 10**6, "bad_result") != SCHEMA_VERSION:
        raise PaperError("bad_version", "The result is of a newer version.", "Use a handbook as new as the result.")
    for key in ("content_version", "profile"):
        _text(found, key)
    _one_of(found.get("role"), ROLES, "bad_result")
    _one_of(found.get("kind"), KINDS, "bad_result")
    day_number(found.get("date"))
    _one_of(found.get("seed"), (read_seed(found.get("seed")),), "bad_result")
    if found.get("attempt") != "":
        _one_of(found.get("attempt"), (read_seed(found.get("attempt")),), "bad_result")
    questions, responses = _texts(found, "questions"), _list(found, "responses")
    _refuse_repeats(questions)
    if not 0 < len(questions) <= MOST_QUESTIONS or len(responses) != len(questions):
        raise PaperError("bad_result", "There is not one response for each question.", "Save the result again.")
    for response in responses:
        _mapping(response if response is not None else {}, "bad_result")
    return found


def check_code(value: object) -> str:
    """Return the code that ties a certificate to its result file: four letters, a hyphen and four letters.

    It shows that file and certificate belong together and that nothing was changed by accident; it is no signature,
    since anyone can compute it.
    """
    return as_code(fingerprint(value))


def as_code(digest: bytes) -> str:
    """Return the first 40 bits of a digest as a check code."""
    number = 0
    for byte in digest[:5]:
        number = number * 256 + byte
    code = _code(number, 8)
    return code[:4] + "-" + code[4:]


def fingerprint(value: object) -> bytes:
    """Return the SHA-256 of the whole result but its check code."""
    found = _mapping(value, "bad_result")
    rest = {}
    for key in found:
        if key != "check_code":
            rest[key] = found[key]
    return _sha256(canonical(rest))


def _clean(response: object) -> object:
    """Return a response with the keys that a grader reads, and no text longer than it reads; None stays None."""
    if response is None:
        return None
    kept = {}
    for key in _RESPONSE_KEYS:
        value = _mapping(response, "bad_result").get(key)
        if value is not None:
            kept[key] = value[:200] if isinstance(value, str) else value
    return kept


# --- The same everywhere: text, order, codes and dates -------------------------------------------------------------


def canonical(value: object, depth: int = 0) -> str:
    """Return a JSON value as text in one form: keys in order, no spaces, ASCII only; no number with decimals.

    Written by hand, since what ``json.dumps`` writes differs between interpreters.
    """
    if depth > _DEEPEST:
        raise PaperError("too_deep", "The result is nested too deeply.", "Save the result again.")
    if value is None or value is True or value is False:
        return "null" if value is None else "true" if value else "false"
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return "[" + ",".join([canonical(item, depth + 1) for item in value]) + "]"
    if not isinstance(value, dict):
        raise PaperError("bad_result", "The result holds a number with decimals.", "Save the result again.")
    written = {}
    for key in value:
        written[_quoted(key)] = canonical(value[key], depth + 1)
    return "{" + ",".join([key + ":" + written[key] for key in in_order(list(written))]) + "}"


def _quoted(text: str) -> str:
    written = []
    for letter in text:
        code = ord(letter)
        if code > 0xFFFF:
            written += [_escaped(0xD7C0 + (code >> 10)), _escaped(0xDC00 + (code & 0x3FF))]
        elif code < 32 or code > 126 or letter in ('"', "\\"):
            written.append(_escaped(code))
        else:
            written.append(letter)
    return '"' + "".join(written) + '"'


def _escaped(code: int) -> str:
    return "\\u" + _HEX[code >> 12] + _HEX[code >> 8 & 15] + _HEX[code >> 4 & 15] + _HEX[code & 15]


def _sha256(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _code(number: int, length: int) -> str:
    code = ""
    for _ in range(length):
        code = LETTERS[number % 32] + code
        number = number // 32
    return code


def in_order(texts: list[str]) -> list[str]:
    """Return the texts sorted letter by letter, by merging: MicroPython's own sorting is not stable."""
    if len(texts) < 2:
        return texts
    middle = len(texts) // 2
    low, high = in_order(texts[:middle]), in_order(texts[middle:])
    merged, one, other = [], 0, 0
    while one < len(low) and other < len(high):
        if high[other] < low[one]:
            merged.append(high[other])
            other += 1
        else:
            merged.append(low[one])
            one += 1
    return merged + low[one:] + high[other:]


def day_number(text: object) -> int:
    """Return a date written YYYY-MM-DD as a count of days, so that dates can be compared and added to."""
    parts = text.split("-") if isinstance(text, str) and len(text) == 10 else []
    if [len(part) for part in parts] != [4, 2, 2] or [letter for letter in "".join(parts) if letter not in _HEX[:10]]:
        raise PaperError("bad_date", "A date cannot be read.", "Write YYYY-MM-DD.")
    year, month, day = int(parts[0]), int(parts[1]), int(parts[2])
    since_march = month - 3 if month > 2 else month + 9
    begun = year if month > 2 else year - 1
    number = begun * 365 + begun // 4 - begun // 100 + begun // 400 + (153 * since_march + 2) // 5 + day - 1
    if begun < 1 or date_text(number) != text:
        raise PaperError("bad_date", "There is no such date.", "Write YYYY-MM-DD.")
    return number


def date_text(number: int) -> str:
    """Return the date that day_number counts as *number*."""
    rest = number % 146097
    begun = (rest - rest // 1460 + rest // 36524 - rest // 146096) // 365
    in_year = rest - (365 * begun + begun // 4 - begun // 100)
    since_march = (5 * in_year + 2) // 153
    day = in_year - (153 * since_march + 2) // 5 + 1
    month = since_march + 3 if since_march < 10 else since_march - 9
    year = begun + number // 146097 * 400 + (1 if month <= 2 else 0)
    return ("000" + str(year))[-4:] + "-" + ("0" + str(month))[-2:] + "-" + ("0" + str(day))[-2:]


# --- Reading what is passed in ------------------------------------------------------------------------------------


def _mapping(value: object, code: str) -> dict[str, object]:
    if not isinstance(value, dict):
        raise PaperError(code, "Something is not a set of keys.", "Give an object with keys.")
    return value


def _list(values: dict[str, object], key: str) -> list[object]:
    found = values.get(key)
    if not isinstance(found, list):
        raise PaperError("bad_value", "'" + key + "' is not a list.", "Give a list.")
    return found


def _texts(values: dict[str, object], key: str) -> list[str]:
    return [_text({key: item}, key) for item in _list(values, key)]


def _text(values: dict[str, object], key: str) -> str:
    value = values.get(key)
    if not isinstance(value, str) or not 0 < len(value) <= 100:
        raise PaperError("bad_value", "'" + key + "' is no text of 1 to 100 letters.", "Give it one.")
    return value


def _whole(value: object, least: int, most: int, code: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise PaperError(code, "A number is out of its range.", "From " + str(least) + " to " + str(most) + ".")
    return value


def _one_of(value: object, allowed: object, code: str) -> None:
    known = list(allowed) if isinstance(allowed, (tuple, list)) else []
    if not [item for item in known if item is value or (isinstance(item, str) and item == value)]:
        raise PaperError(code, "A value is not one of those known.", ", ".join([str(item) for item in known]))


def _refuse_repeats(ids: list[str]) -> None:
    if len(set(ids)) != len(ids):
        raise PaperError("bad_value", "An id stands twice.", "Use each id once.")
