"""A school year begins on 1 September in Asia/Shanghai and has the number of that year."""

from datetime import date

FIRST_MONTH = 9
PREPARED_FROM = 6


def school_year(day: date) -> int:
    """2026 for every day from 1 September 2026 to 31 August 2027."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def coming_year(day: date) -> int:
    """The one that schools prepare: from June on the next, else the one that runs."""
    return day.year if day.month >= PREPARED_FROM else day.year - 1


def first_day(year: int) -> date:
    return date(year, FIRST_MONTH, 1)


def last_day(year: int) -> date:
    return date(year + 1, FIRST_MONTH - 1, 31)


def year_name(year: int) -> str:
    """2026—2027: the same in every language."""
    return f"{year}—{year + 1}"
