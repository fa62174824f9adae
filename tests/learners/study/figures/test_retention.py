import pytest
from hypothesis import given
from hypothesis import strategies as st

from learners.study.coverage import from_text, to_text
from learners.study.figures.retention import Part, counts, curve, share, steepest, withheld


def test_people_of_every_second():
    assert counts(["0-3", "2-4,5-6", ""], 6) == [1, 1, 2, 1, 0, 1]


def test_coverage_beyond_the_end_is_cut():
    assert counts(["2-9", "8-9"], 4) == [0, 0, 1, 1]


@given(st.lists(st.integers(0, 2**30), max_size=8))
def test_counts_agree_with_the_bits(coverages):
    texts = [to_text(bits) for bits in coverages]
    expected = [sum(from_text(text) >> second & 1 for text in texts) for second in range(30)]
    assert counts(texts, 30) == expected


def test_small_groups_are_withheld():
    assert [withheld(people) for people in (0, 4, 5, 6)] == [None, None, 5, 6]


def test_curve_has_parts_of_about_equal_length():
    found = curve(["0-10"] * 6 + ["0-4"] * 3, 10, points=4)
    assert found == [Part(0, 2, 9), Part(2, 5, 8), Part(5, 7, 6), Part(7, 10, 6)]


def test_curve_of_few_people_is_withheld():
    assert curve(["0-10"] * 4, 10, points=2) == [Part(0, 5, None), Part(5, 10, None)]


def test_curve_without_length():
    assert curve([], 0) == []


@pytest.mark.parametrize(
    ("people", "begin"),
    [([9, 8, 5], 2), ([9, 9, 9], None), ([9, None, 5], 1), ([5, 9], None), ([], None)],
)
def test_most_people_left_before(people, begin):
    parts = [Part(at, at + 1, count) for at, count in enumerate(people)]
    found = steepest(parts)
    assert (found.begin if found else None) == begin


def test_share_of_right_answers():
    assert [share(3, 4), share(0, 5), share(2, 6)] == [None, 0, 33]
