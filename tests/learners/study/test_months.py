from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learners.study.months import last_months, month_before


@pytest.mark.parametrize(
    ("month", "before"),
    [
        (date(2026, 11, 24), date(2026, 10, 1)),
        (date(2026, 1, 1), date(2025, 12, 1)),
        (date(2026, 3, 31), date(2026, 2, 1)),
    ],
)
def test_month_before(month, before):
    assert month_before(month) == before


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 30))
def test_last_months_follow_each_other_up_to_this_one(today, count):
    months = last_months(today, count)
    assert len(months) == count
    assert months[-1] == today.replace(day=1)
    assert [month_before(month) for month in months[1:]] == months[:-1]
