import pytest
from hypothesis import given
from hypothesis import strategies as st

from learners.schools.grades import NAMES
from learners.schools.roster.classes import class_in_title, parse_class


@pytest.mark.parametrize(
    ("text", "grade_text", "kind", "parsed"),
    [
        ("三年级2班", "", "primary", (3, "三年级2班")),
        ("三（２）班", "", "primary", (3, "三年级2班")),
        ("3年级二班", "", "primary", (3, "三年级2班")),
        ("2班", "三年级", "primary", (3, "三年级2班")),
        ("２", "3", "primary", (3, "三年级2班")),
        ("12", "三", "primary", (3, "三年级12班")),
        ("十二班", "三", "primary", (3, "三年级12班")),
        ("302", "", "primary", (3, "三年级2班")),
        ("302班", "三年级", "primary", (3, "三年级2班")),
        ("3.2", "", "primary", (3, "三年级2班")),
        ("三二班", "", "primary", (3, "三年级2班")),
        ("七年级(10)班", "", "junior", (7, "七年级10班")),
        ("初一3班", "", "junior", (7, "七年级3班")),
        ("1班", "2", "junior", (8, "八年级1班")),
        ("高二（5）班", "", "senior", (11, "高二5班")),
        ("大一班", "", "kindergarten", (0, "大1班")),
        ("大班", "", "kindergarten", (0, "大班")),
        ("小班3班", "", "kindergarten", (-2, "小3班")),
        ("彩虹班", "中班", "kindergarten", (-1, "中班彩虹班")),
        ("彩虹班", "", "kindergarten", (None, "彩虹班")),
        ("", "三年级", "primary", (3, "")),
        ("", "", "primary", (None, "")),
    ],
)
def test_class_has_one_name(text, grade_text, kind, parsed):
    assert parse_class(text, grade_text, kind) == parsed


@given(st.sampled_from(sorted(NAMES)), st.integers(1, 40))
def test_name_leads_to_itself(grade, number):
    grade, name = parse_class(f"{number}班", NAMES[grade])
    assert parse_class(name) == (grade, name)


@given(st.text(max_size=60), st.text(max_size=8))
def test_any_text_gives_a_name_that_fits(text, grade_text):
    grade, name = parse_class(text, grade_text)
    assert (grade is None or grade in NAMES, len(name) <= 40) == (True, True)


@pytest.mark.parametrize(
    ("title", "parsed"),
    [
        ("Sheet1 江湾小学三年级（2）班学生花名册", (3, "三年级2班")),
        ("大一班", (0, "大1班")),
        ("2026级新生", (None, "")),
        ("江湾小学", (None, "")),
    ],
)
def test_class_in_a_title(title, parsed):
    assert class_in_title(title) == parsed
