"""Holidays and the last day of a period, against dates that are known."""

from __future__ import annotations

import datetime

import pytest

from handbook.swedish_calendar import day_off, easter, holidays, last_day


@pytest.mark.parametrize(
    ("year", "day"),
    [(2004, "04-11"), (2010, "04-04"), (2019, "04-21"), (2026, "04-05"), (2027, "03-28"), (2038, "04-25")],
)
def test_easter_is_where_the_almanac_has_it(year: int, day: str) -> None:
    """Easter Sunday stands where the almanac has it, from early to late."""
    assert easter(year).isoformat() == f"{year}-{day}"


def test_the_holidays_of_a_year() -> None:
    """All thirteen public holidays of 2027, with their names."""
    assert {day.isoformat(): name for day, name in holidays(2027).items()} == {
        "2027-01-01": "nyårsdagen",
        "2027-01-06": "trettondedag jul",
        "2027-03-26": "långfredagen",
        "2027-03-28": "påskdagen",
        "2027-03-29": "annandag påsk",
        "2027-05-01": "första maj",
        "2027-05-06": "Kristi himmelsfärdsdag",
        "2027-05-16": "pingstdagen",
        "2027-06-06": "nationaldagen",
        "2027-06-26": "midsommardagen",
        "2027-11-06": "alla helgons dag",
        "2027-12-25": "juldagen",
        "2027-12-26": "annandag jul",
    }


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        ("2026-06-19", "midsommarafton"),
        ("2026-12-24", "julafton"),
        ("2026-12-31", "nyårsafton"),
        ("2026-11-28", "lördag"),
        ("2026-11-29", "söndag"),
        ("2026-05-15", None),
    ],
)
def test_days_off(day: str, reason: str | None) -> None:
    """Eves and weekends are days off; the Friday after Ascension Day is not."""
    assert day_off(datetime.date.fromisoformat(day)) == reason


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-09", "2026-11-30"),
        ("2026-11-07", "2026-11-30"),
        ("2026-12-03", "2026-12-28"),
        ("2026-12-11", "2027-01-04"),
        ("2027-03-05", "2027-03-30"),
        ("2027-06-04", "2027-06-28"),
    ],
)
def test_three_weeks(start: str, end: str) -> None:
    """Three weeks end on the same weekday, or on the first working day after holidays and weekends."""
    assert last_day(datetime.date.fromisoformat(start), 3).isoformat() == end
