"""The months of somebody's learning in a row, none left out, so that a pause is seen as one."""

from datetime import date


def month_before(month: date) -> date:
    """The first day of the month before that of `month`."""
    year, number = divmod(month.year * 12 + month.month - 2, 12)
    return date(year, number + 1, 1)


def last_months(today: date, count: int) -> list[date]:
    """First days of the last `count` months, oldest first, this month last."""
    found = [today.replace(day=1)]
    while len(found) < count:
        found.append(month_before(found[-1]))
    return found[::-1]
