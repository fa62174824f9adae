import pytest
from hypothesis import given
from hypothesis import strategies as st

from learners.schools.grades import BY_KIND, NAMES
from learners.schools.roster.classes import parse_class
from learners.schools.year.naming import later


@pytest.mark.parametrize(
    ("name", "grade", "kind", "after"),
    [
        ("三年级2班", 3, "primary", (4, "四年级2班")),
        ("三（2）班", 3, "primary", (4, "四年级2班")),
        ("三年级彩虹班", 3, "primary", (4, "四年级彩虹班")),
        ("六年级1班", 6, "primary", None),
        ("六年级1班", 6, "other", (7, "七年级1班")),
        ("高三1班", 12, "other", None),
        ("九年级3班", 9, "junior", None),
        ("初一3班", 7, "junior", (8, "八年级3班")),
        ("高一12班", 10, "senior", (11, "高二12班")),
        ("托1班", -3, "kindergarten", (-2, "小1班")),
        ("小1班", -2, "kindergarten", (-1, "中1班")),
        ("小班", -2, "kindergarten", (-1, "中班")),
        ("小班彩虹", -2, "kindergarten", (-1, "中班彩虹")),
        ("大2班", 0, "kindergarten", None),
        ("彩虹班", -1, "kindergarten", (0, "彩虹班")),
        ("2023级2班", 3, "primary", (4, "2023级2班")),
        ("滨江一班", None, "community_urban", (None, "滨江一班")),
    ],
)
def test_name_a_year_later(name, grade, kind, after):
    assert later(name, grade, kind) == after


def test_two_years_later():
    assert later("三年级2班", 3, "primary", 2) == (5, "五年级2班")
    assert later("五年级2班", 5, "primary", 2) is None


GRADES = st.sampled_from([g for g in NAMES if g < 12])


@given(GRADES, st.integers(1, 19))
def test_later_name_tells_the_later_grade(grade, number):
    kind = next((k for k, (first, last) in BY_KIND.items() if first <= grade < last), "other")
    _grade, name = parse_class(f"{number}班", NAMES[grade], kind)
    after, renamed = later(name, grade, kind)
    assert parse_class(renamed, kind=kind) == (after, renamed)
