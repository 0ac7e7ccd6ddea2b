"""Public holidays and the last day of a period, for appeal deadlines and course days.

Sources: lag (1989:253) om allmänna helgdagar; 2 § lag (1930:173) om beräkning av lagstadgad tid, by which a period
that ends on a Saturday, a Sunday, a public holiday or one of three eves goes on to the next working day. Standard
library only: the exercises use it in the browser.
"""

from __future__ import annotations

import datetime

DAY = datetime.timedelta(days=1)


def easter(year: int) -> datetime.date:
    """Return Easter Sunday of *year* in the Gregorian calendar (the anonymous algorithm of 1876)."""
    century, rest = divmod(year, 100)
    leap, odd = divmod(century, 4)
    shift = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - leap - shift + 15) % 30
    quarter, left = divmod(rest, 4)
    weekday = (32 + 2 * odd + 2 * quarter - epact - left) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return datetime.date(year, month, day + 1)


def holidays(year: int) -> dict[datetime.date, str]:
    """Return the public holidays of *year* by date, with their Swedish names; ordinary Sundays are not among them."""
    sunday = easter(year)
    return {
        datetime.date(year, 1, 1): "nyårsdagen",
        datetime.date(year, 1, 6): "trettondedag jul",
        sunday - 2 * DAY: "långfredagen",
        sunday: "påskdagen",
        sunday + DAY: "annandag påsk",
        datetime.date(year, 5, 1): "första maj",
        sunday + 39 * DAY: "Kristi himmelsfärdsdag",
        sunday + 49 * DAY: "pingstdagen",
        datetime.date(year, 6, 6): "nationaldagen",
        _saturday(year, 6, 20): "midsommardagen",
        _saturday(year, 10, 31): "alla helgons dag",
        datetime.date(year, 12, 25): "juldagen",
        datetime.date(year, 12, 26): "annandag jul",
    }


def eves(year: int) -> dict[datetime.date, str]:
    """Return the three eves of *year* on which a period does not end either."""
    return {
        _saturday(year, 6, 20) - DAY: "midsommarafton",
        datetime.date(year, 12, 24): "julafton",
        datetime.date(year, 12, 31): "nyårsafton",
    }


def day_off(day: datetime.date) -> str | None:
    """Return why a period does not end on *day*: the name of the holiday, eve or weekday; None on a working day."""
    named = {**eves(day.year), **holidays(day.year)}.get(day)
    if named is not None:
        return named
    return {5: "lördag", 6: "söndag"}.get(day.weekday())


def last_day(start: datetime.date, weeks: int) -> datetime.date:
    """Return the last day of a period of *weeks* from *start*: the same weekday, or the next working day after it."""
    day = start + weeks * 7 * DAY
    while day_off(day) is not None:
        day += DAY
    return day


def _saturday(year: int, month: int, day: int) -> datetime.date:
    """Return the first Saturday on or after the date."""
    first = datetime.date(year, month, day)
    return first + (5 - first.weekday()) % 7 * DAY
