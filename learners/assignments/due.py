"""When an assignment is due, until when it is open, and from when completions count for it.

PRODUCT.md rule 2 and ARCHITECTURE.md decision 5: due at the end of a day in Asia/Shanghai; open
until 31 August after it, later finishers shown as late; then its figures are frozen. One that asks
for the course anew counts what was completed from 1 September of its school year on.
"""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from learners.schools.school_year import first_day, last_day, school_year

CITY = ZoneInfo("Asia/Shanghai")
WEEK, FORTNIGHT = timedelta(days=7), timedelta(days=14)


def midnight(day: date) -> datetime:
    """The first moment of the day."""
    return datetime.combine(day, time(), CITY)


def due_at(due_on: date) -> datetime:
    """The first moment that is late."""
    return midnight(due_on + timedelta(days=1))


def due_on(due: datetime) -> date:
    return due.astimezone(CITY).date() - timedelta(days=1)


def anew_from(year: int) -> datetime:
    return midnight(first_day(year))


def is_open(year: int, today: date) -> bool:
    return today <= last_day(year)


def days_left(due: date, today: date) -> int:
    """0 on the day itself, negative afterwards."""
    return (due - today).days


def problem(due: date, today: date, year: int | None = None) -> str:
    """Why this day cannot be: `past`, `far`, `other-year`; empty when it can.

    `year` is the school year it must stay in, of the classes chosen or of the assignment.
    """
    if due < today:
        return "past"
    if year is not None and school_year(due) != year:
        return "other-year"
    if due > last_day(school_year(today) + 1):
        return "far"
    return ""


def chips(today: date) -> dict[str, date]:
    """One tap each: in a week, in two weeks, at the end of the month, from the 25th of the next."""
    in_month = today if today.day < 25 else today.replace(day=1) + timedelta(days=32)
    end = in_month.replace(day=monthrange(in_month.year, in_month.month)[1])
    return {"week": today + WEEK, "fortnight": today + FORTNIGHT, "month": end}
