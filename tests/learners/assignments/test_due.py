from datetime import UTC, date, datetime

import pytest

from learners.assignments import due


def test_due_ends_with_the_day_in_shanghai():
    assert due.due_at(date(2026, 11, 30)) == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert due.due_on(datetime(2026, 11, 30, 16, tzinfo=UTC)) == date(2026, 11, 30)


def test_anew_counts_from_the_first_of_september():
    assert due.anew_from(2026) == datetime(2026, 8, 31, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    ("today", "is_open"), [(date(2027, 8, 31), True), (date(2027, 9, 1), False)]
)
def test_assignment_is_open_until_the_end_of_august(today, is_open):
    assert due.is_open(2026, today) is is_open


@pytest.mark.parametrize(
    ("day", "year", "problem"),
    [
        (date(2026, 11, 23), None, "past"),
        (date(2026, 11, 24), None, ""),
        (date(2027, 8, 31), 2026, ""),
        (date(2027, 9, 1), 2026, "other-year"),
        (date(2027, 9, 1), None, ""),
        (date(2028, 9, 1), None, "far"),
    ],
)
def test_day_is_neither_past_nor_far_nor_in_another_school_year(day, year, problem):
    assert due.problem(day, date(2026, 11, 24), year) == problem


@pytest.mark.parametrize(
    ("today", "month"),
    [
        (date(2026, 11, 24), date(2026, 11, 30)),
        (date(2026, 11, 25), date(2026, 12, 31)),
        (date(2026, 12, 31), date(2027, 1, 31)),
        (date(2027, 1, 30), date(2027, 2, 28)),
    ],
)
def test_month_chip_is_the_end_of_a_month_that_is_not_over(today, month):
    assert due.chips(today)["month"] == month


def test_week_chips_and_days_left():
    chips = due.chips(date(2026, 11, 24))
    assert (chips["week"], chips["fortnight"]) == (date(2026, 12, 1), date(2026, 12, 8))
    assert due.days_left(chips["week"], date(2026, 12, 2)) == -1
