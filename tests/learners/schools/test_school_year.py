from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from learners.schools.school_year import first_day, last_day, school_year, year_name


def test_year_begins_on_the_first_of_september():
    assert school_year(date(2026, 8, 31)) == 2025
    assert school_year(date(2026, 9, 1)) == 2026
    assert year_name(2026) == "2026—2027"


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_every_day_lies_in_its_year(day):
    year = school_year(day)
    assert first_day(year) <= day <= last_day(year)
    assert last_day(year) + timedelta(days=1) == first_day(year + 1)
