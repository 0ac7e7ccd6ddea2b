"""How the grader reads what people write: texts, numbers and dates, against Python's own ways to read them."""

from __future__ import annotations

import datetime
import unicodedata
from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st
from question_strategies import HOSTILE, many, statuses, words

from handbook import grader

_marks = " \t\u00a0.,-–'’”»!\u0308\u030a\u0301\u00ad\u200b😀"
_swedish = st.text(st.sampled_from(f"abcxyzåäöéèüABCXYZÅÄÖÉÈÜ0123456789{_marks}"), max_size=20)


@many
@given(st.text(st.characters(), max_size=30) | _swedish | st.sampled_from(HOSTILE[:-1]))
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is folded stays as it is, and has no space or quotation mark at its ends and no two spaces together."""
    folded = grader.fold(text)
    assert grader.fold(folded) == folded
    assert folded.strip(" \"'”“»«") == folded
    assert "  " not in folded


@many
@given(st.text("abcxyzåäöéèüABCXYZÅÄÖÉÈÜ -0123456789", max_size=30))
def test_folding_knows_composed_and_decomposed_letters_of_any_size(text: str) -> None:
    """Å as one letter or as A and a ring, small or large, is the same; so are ä, ö, é, è and ü."""
    folded = grader.fold(text)
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert grader.fold(unicodedata.normalize(form, text)) == folded
    assert grader.fold(text.upper()) == grader.fold(text.lower()) == folded
    assert folded == " ".join(text.lower().split())


@many
@given(st.lists(words, min_size=1, max_size=3), st.data())
def test_an_accepted_text_is_right_however_it_is_written(accepted: list[str], data: st.DataObject) -> None:
    """Case, spaces, composition and marks around it do not count."""
    text = data.draw(st.sampled_from(accepted))
    for change in (str.upper, str.lower, lambda t: unicodedata.normalize("NFD", t), lambda t: f" ”{t}”. ", str.title):
        found = grader.grade({"id": "q", "type": "text_entry", "accepted": accepted}, {"text": change(text)})
        assert found["outcome"] == "correct"


def _distance(one: str, other: str) -> int:
    """Return how many letters must be put in, taken away or changed, by the textbook's table."""
    table = {(-1, -1): 0}
    for row in range(-1, len(one)):
        for column in range(-1, len(other)):
            if (row, column) != (-1, -1):
                table[row, column] = min(
                    table.get((row - 1, column), 99) + 1,
                    table.get((row, column - 1), 99) + 1,
                    table.get((row - 1, column - 1), 99) + (one[row] != other[column]) if row >= 0 <= column else 99,
                )
    return table[len(one) - 1, len(other) - 1]


@many
@given(st.text("abå", min_size=1, max_size=14), st.data())
def test_a_near_miss_is_a_slip_of_the_keyboard_away(accepted: str, data: st.DataObject) -> None:
    """None in short words, one letter from five, two from twelve: by Levenshtein's distance."""
    written = list(accepted)
    for _ in range(data.draw(st.integers(0, 3))):
        place = data.draw(st.integers(0, len(written)))
        written[place : place + data.draw(st.integers(0, 1))] = data.draw(st.sampled_from(["", "a", "c"]))
    text = "".join(written)
    allowed = 2 if len(accepted) >= 12 else 1 if len(accepted) >= 5 else 0
    distance = _distance(text, accepted)
    expected = "chosen_correct" if distance == 0 else "near_miss" if distance <= allowed else "chosen_wrong"
    found = grader.grade({"id": "q", "type": "text_entry", "accepted": [accepted]}, {"text": text})
    assert statuses(found) == {"answer": expected if text else "missed"}


# --- Numbers and dates ------------------------------------------------------------------------------------------------

_decimals = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=4)


def _swedish_number(number: Decimal, style: str) -> str:
    """Return *number* as people write it: with comma or point, with spaces at the thousands, with a true minus."""
    text = f"{number:,f}" if "space" in style else f"{number:f}"
    text = text.replace(",", "\u00a0" if "no-break" in style else " ")
    text = text.replace(".", "," if "comma" in style else ".")
    return text.replace("-", "−") if "minus" in style else text


@many
@given(_decimals, _decimals, st.integers(0, 3), st.data())
def test_numbers_are_read_as_decimals(value: Decimal, offset: Decimal, tolerance: int, data: st.DataObject) -> None:
    """However a number is written, it is right exactly when Decimal says that it lies within the tolerance."""
    styles = st.sampled_from(["", "comma", "space comma", "no-break space comma minus", "space"])
    written = data.draw(st.sampled_from([value, value + tolerance, value - tolerance, value + offset / 10**9, offset]))
    written = written.quantize(Decimal("0.000001"))
    assume(len(str(abs(written)).replace(".", "")) <= 15)
    question = {
        "id": "q",
        "type": "numeric",
        "value": _swedish_number(value, data.draw(styles)),
        "tolerance": str(tolerance),
    }
    found = grader.grade(question, {"text": _swedish_number(written, data.draw(styles))})
    assert (found["outcome"] == "correct") is (abs(written - value) <= tolerance)
    assert found["error"] is None


_date_styles = (
    "{d:%Y-%m-%d}", "{d:%Y%m%d}", "{d:%Y/%m/%d}", "{d:%y-%m-%d}", "{d:%y%m%d}", "{d.day}/{d.month}",
    "{d.day}/{d.month} {d:%Y}", "{d.day}/{d.month}-{d:%y}", "{d.day}.{d.month}.{d:%Y}", "{d:%d.%m.%y}", "{d:%d-%m-%Y}",
    "{d.day} {month}", "{d.day} {month} {d:%Y}", "{d.day}:{ending} {month}", "den {d.day} {month} {d:%Y}",
    "{weekday} {d.day} {short} {d:%Y}", "{weekday}en den {d.day} {month}", "{d.day}{ending} {month}",
    "{d.day} {short}. {d:%Y}", "{d.day}-{short}-{d:%y}",
)  # fmt: skip
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober", "november",
    "december",
)  # fmt: skip
_WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


def _written(day: datetime.date, style: str) -> str:
    month = _MONTHS[day.month - 1]
    ending = "a" if day.day in (1, 2, 21, 22, 31) else "e"
    return style.format(d=day, month=month, short=month[:3], ending=ending, weekday=_WEEKDAYS[day.weekday()])


@many
@given(st.dates(datetime.date(1002, 1, 1), datetime.date(9997, 12, 31)), st.integers(-400, 400), st.data())
def test_dates_are_read_as_the_calendar_has_them(key: datetime.date, days: int, data: st.DataObject) -> None:
    """However a day is written, it is right exactly when it is the day of the key, as far as the year is told."""
    style = data.draw(st.sampled_from(_date_styles))
    day = key + datetime.timedelta(data.draw(st.sampled_from([0, days, 365])))
    same = (day.month, day.day) == (key.month, key.day)
    if "%Y" in style:
        same &= day.year == key.year
    elif "%y" in style:
        same &= day.year % 100 == key.year % 100
    found = grader.grade({"id": "q", "type": "numeric", "date": key.isoformat()}, {"text": _written(day, style)})
    assert found["outcome"] == ("correct" if same else "wrong")


@many
@given(st.integers(1000, 9999), st.integers(0, 13), st.integers(0, 32))
def test_only_days_of_the_calendar_are_a_key(year: int, month: int, day: int) -> None:
    """A key that datetime refuses, such as 30 February, is a bad question, and no other is."""
    text = f"{year}-{month:02}-{day:02}"
    try:
        datetime.date(year, month, day)
        expected = "correct"
    except ValueError:
        expected = "error"
    assert grader.grade({"id": "q", "type": "numeric", "date": text}, {"text": text})["outcome"] == expected
