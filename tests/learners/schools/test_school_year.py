from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from learners.schools.school_year import coming_year, first_day, last_day, school_year, year_name


def test_year_begins_on_the_first_of_september():
    assert school_year(date(2026, 8, 31)) == 2025
    assert school_year(date(2026, 9, 1)) == 2026
    assert year_name(2026) == "2026—2027"


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)))
def test_every_day_lies_in_its_year(day):
    year = school_year(day)
    assert first_day(year) <= day <= last_day(year)
    assert last_day(year) + timedelta(days=1) == first_day(year + 1)


def test_coming_year_is_prepared_from_june_on():
    days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 9, 1), date(2027, 1, 1)]
    assert [coming_year(day) for day in days] == [2025, 2026, 2026, 2026]
