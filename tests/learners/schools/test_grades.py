import pytest
from hypothesis import given
from hypothesis import strategies as st

from learners.schools.grades import BY_KIND, NAMES, grade_name, grades_of, parse_grade


@pytest.mark.parametrize(
    ("text", "kind", "grade"),
    [
        ("三年级", "primary", 3),
        (" ３ ", "primary", 3),
        ("3年", "", 3),
        ("三", "primary", 3),
        ("1", "junior", 7),
        ("2", "senior", 11),
        ("4", "senior", 4),
        ("8", "junior", 8),
        ("初一", "junior", 7),
        ("初中三年级", "", 9),
        ("九年级", "junior", 9),
        ("高二", "", 11),
        ("高三年级", "senior", 12),
        ("职高一", "vocational", 10),
        ("中专二年级", "vocational", 11),
        ("小学六年级", "", 6),
        ("十一年级", "", 11),
        ("大班", "kindergarten", 0),
        ("托班", "kindergarten", -3),
        ("小小班", "kindergarten", -2),
        ("中", "kindergarten", -1),
        ("初九", "", None),
        ("", "", None),
        ("彩虹", "kindergarten", None),
        ("0", "", None),
    ],
)
def test_grade_is_read(text, kind, grade):
    assert parse_grade(text, kind) == grade


@given(st.sampled_from(sorted(NAMES)))
def test_name_is_read_back(grade):
    assert parse_grade(grade_name(grade)) == grade


@given(st.text(max_size=12), st.sampled_from(["", *BY_KIND]))
def test_any_text_is_a_grade_or_none(text, kind):
    assert parse_grade(text, kind) in {None, *NAMES}


def test_grades_of_a_kind():
    assert grades_of("junior") == [(7, "七年级"), (8, "八年级"), (9, "九年级")]
    assert grades_of("community_urban") == []
    assert len(grades_of("other")) == 16
    assert grade_name(None) == ""
