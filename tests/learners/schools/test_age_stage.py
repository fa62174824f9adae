from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learners.schools.age_stage import age_stage, completed_years

TODAY = date(2026, 11, 24)
CODES = ["expecting", "0-3", "4-6", "7-12", "13-15", "16-18", ""]


@pytest.mark.parametrize(
    ("kind", "grade", "stage"),
    [
        ("kindergarten", -3, "0-3"),
        ("kindergarten", -2, "4-6"),
        ("primary", 1, "7-12"),
        ("junior", 7, "13-15"),
        ("senior", 10, "16-18"),
        ("vocational", 12, "16-18"),
        ("other", 1, "4-6"),
        ("community_urban", None, "4-6"),
        ("", None, "4-6"),
    ],
)
def test_kind_of_school_decides_first(kind, grade, stage):
    assert age_stage(TODAY, kind, grade, "2020-01") == stage


@pytest.mark.parametrize(
    ("birth_month", "stage"),
    [
        ("2026-12", "expecting"),
        ("2026-11", "0-3"),
        ("2022-12", "0-3"),
        ("2022-11", "4-6"),
        ("2019-12", "4-6"),
        ("2019-11", "7-12"),
        ("2013-11", "13-15"),
        ("2010-11", "16-18"),
        ("2007-12", "16-18"),
        ("2007-11", ""),
        ("", ""),
    ],
)
def test_completed_years_decide_without_a_class(birth_month, stage):
    assert age_stage(TODAY, birth_month=birth_month) == stage


def test_due_date_counts_as_birth_once_it_has_passed():
    assert age_stage(TODAY, due_date=TODAY) == "expecting"
    assert age_stage(TODAY, due_date=TODAY - timedelta(days=1)) == "0-3"
    assert age_stage(TODAY, birth_month="2019-01", due_date=TODAY) == "7-12"


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)), st.integers(0, 400))
def test_stage_never_goes_back(birth, months):
    month = f"{birth:%Y-%m}"
    later = birth + timedelta(days=30 * months)
    before, after = age_stage(birth, birth_month=month), age_stage(later, birth_month=month)
    assert CODES.index(before) <= CODES.index(after)
    assert completed_years(month, later) >= completed_years(month, birth)
