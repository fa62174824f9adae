import pytest
from hypothesis import given
from hypothesis import strategies as st

from cms.lettering import NEVER_FIRST, balanced, fitted, lines, shortened, width

TITLE = "隔代带娃：老人和年轻父母怎么搭把手"


def test_character_is_as_wide_as_its_size():
    assert width("家长", "sans", 10) == 20
    assert width("", "serif", 10) == 0


def test_text_is_made_smaller_only_where_it_is_too_wide():
    assert fitted("陈静", "serif", 15, 130) == 15
    assert fitted("陈" * 20, "serif", 15, 150) == 7.5
    assert fitted("", "serif", 15, 130) == 15


def test_lines_break_where_they_are_full():
    assert lines("一二三四五六", "sans", 10, 40, 3) == ["一二三四", "五六"]
    assert lines("  一\n二  ", "sans", 10, 100, 3) == ["一 二"]


def test_marks_stay_with_the_words_they_close_or_open():
    assert lines("一二三四，五", "sans", 10, 40, 3) == ["一二三四，", "五"]
    assert lines("一二三“四五”", "sans", 10, 40, 3) == ["一二三", "“四五”"]


def test_words_in_latin_letters_stay_whole():
    assert lines("家长 school", "sans", 10, 45, 3) == ["家长", "school"]


def test_what_does_not_fit_ends_in_an_ellipsis():
    assert lines("一二三四五六七八九", "sans", 10, 40, 2) == ["一二三四", "五六七…"]
    assert shortened("一", "sans", 10, 5) == "…"


def test_balanced_lines_leave_no_single_character():
    assert lines(TITLE, "serif", 9, 150, 3)[-1] == "手"
    assert balanced(TITLE, "serif", 9, 150, 3) == ["隔代带娃：老人和年", "轻父母怎么搭把手"]
    assert balanced("短", "serif", 9, 150, 3) == ["短"]
    assert balanced("字" * 100, "serif", 9, 90, 3)[-1].endswith("…")


@given(st.text(max_size=60), st.integers(1, 4))
def test_lines_are_few_and_lose_nothing_but_the_end(text, most):
    found = lines(text, "sans", 10, 60, most)
    assert 1 <= len(found) <= most
    kept = "".join("".join(found).split())
    plain = "".join(text.split())
    assert kept == plain or (kept.endswith("…") and plain.startswith(kept[:-1]))


@pytest.mark.parametrize("mark", sorted(NEVER_FIRST))
def test_no_line_begins_with_a_closing_mark(mark):
    found = lines(("一" * 4 + mark) * 4, "sans", 10, 40, 9)
    assert [line for line in found if line[0] in NEVER_FIRST] == []
