from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from learners.schools.roster.cells import (
    is_lossy,
    parse_birth_month,
    parse_phones,
    parse_relation,
    parse_student_number,
    text_of,
)

PHONES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (13800138001, "13800138001"),
        (13800138001.0, "13800138001"),
        (2.5, "2.5"),
        (True, "True"),
        (datetime(2018, 1, 5, 8), "2018-01-05"),
        (date(2018, 1, 5), "2018-01-05"),
        (" 陈\u3000小\n满 ", "陈 小 满"),
        ("１２", "12"),
        ("\u202d138\u202c", "138"),
        (500105201801010011, "5.00105E+17"),
        (float("nan"), "NAN"),
    ],
)
def test_value_becomes_text(value, text):
    assert text_of(value).upper() == text.upper()


def test_lossy_numbers_are_known():
    texts = ["5.00105E+17", "500105201801010011", "E+17", ""]
    assert [is_lossy(text) for text in texts] == [True, False, False, False]


@given(st.from_regex(r"[A-Z][A-Z0-9]{5,18}", fullmatch=True))
def test_student_number_is_read_as_people_write_it(number):
    spaced = f"'{number[:4].lower()} {number[4:]}"
    assert parse_student_number(spaced) == number


@pytest.mark.parametrize("text", ["5.00105E+17", "一二三", "<b>", "12", "=1+1", "A" * 31])
def test_what_is_no_student_number(text):
    with pytest.raises(ValueError, match="not a student number"):
        parse_student_number(text)


@given(st.dates(date(1970, 1, 1), date(2035, 12, 31)))
def test_birth_month_is_read_in_every_spelling(day):
    month = f"{day:%Y-%m}"
    serial = str((day - date(1899, 12, 30)).days)
    spellings = ["%Y-%m-%d", "%Y.%m", "%Y/%m/%d", "%Y年%m月", "%Y%m%d", "%Y%m", "%Y年%m月%d日"]
    found = {parse_birth_month(day.strftime(spelling)) for spelling in spellings}
    found |= {parse_birth_month(f"{day.year}.{day.month}"), parse_birth_month(serial)}
    assert found == {month}


@pytest.mark.parametrize("text", ["五月", "2018", "2018-13", "18-05", "13800138001", "99999"])
def test_what_is_no_birth_month(text):
    with pytest.raises(ValueError, match="not a month"):
        parse_birth_month(text)


@given(PHONES, PHONES, st.sampled_from(["/", "、", "，", ";", "\n", " 和 ", " | "]))
def test_two_phones_of_one_cell(first, second, between):
    expected = list(dict.fromkeys([f"+86{first}", f"+86{second}"]))
    assert parse_phones(text_of(f"{first}{between}{second}").replace(",", "，")) == expected or (
        between == "\n"
    )
    assert parse_phones(f"{first[:3]}-{first[3:7]}-{first[7:]}") == [f"+86{first}"]
    assert parse_phones(f"妈妈{first}") == [f"+86{first}"]


@pytest.mark.parametrize("text", ["", "无", "023-67000000", "1380013800", "138001380011"])
def test_cell_without_a_mobile_number(text):
    with pytest.raises(ValueError, match="no mobile number"):
        parse_phones(text)


@given(st.text(max_size=40))
def test_any_text_gives_numbers_or_an_error(text):
    try:
        assert {len(phone) for phone in parse_phones(text)} == {14}
    except ValueError as error:
        assert str(error) == "no mobile number"


@pytest.mark.parametrize(
    ("word", "relation"),
    [
        ("妈妈", "mother"),
        ("母子", "mother"),
        ("父亲", "father"),
        ("外公", "grandparent"),
        ("祖父", "grandparent"),
        ("奶奶", "grandparent"),
        ("继父", "other"),
        ("伯父", "other"),
        ("老师", "other"),
        ("", "other"),
    ],
)
def test_relation(word, relation):
    assert parse_relation(word) == relation
