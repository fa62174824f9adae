import pytest
from hypothesis import given
from hypothesis import strategies as st

from learners.study import coverage

LENGTH = 400
interval = st.tuples(st.floats(0, LENGTH), st.floats(0, LENGTH)).map(sorted).map(tuple)
played = st.lists(interval, max_size=12)


def test_whole_halves_rounds_up_as_browsers_do():
    assert [coverage.whole(s) for s in (0.49, 0.5, 1.5, 2.5)] == [0, 1, 2, 3]


def test_to_text_with_gaps_reads_back():
    covered = coverage.from_text("0-15,20-33")
    assert coverage.to_text(covered) == "0-15,20-33"
    assert coverage.to_ranges(covered) == [(0, 15), (20, 33)]
    assert coverage.seconds(covered) == 28


def test_from_text_empty_covers_nothing():
    assert coverage.from_text("") == 0
    assert coverage.to_text(0) == ""


def test_from_played_adjoining_intervals_neither_lose_nor_gain_a_second():
    assert coverage.to_text(coverage.from_played([(0, 14.7), (14.7, 30.1)], 60)) == "0-30"


def test_from_played_beyond_probed_length_is_clipped_within_tolerance():
    assert coverage.to_text(coverage.from_played([(55, 61.9)], 60)) == "55-60"


@pytest.mark.parametrize("bad", [(-1, 5), (5, 4), (0, 62.1), (70, 71)])
def test_from_played_impossible_interval_is_refused(bad):
    with pytest.raises(coverage.OutOfRange):
        coverage.from_played([bad], 60)


def test_first_takes_the_earliest_seconds_across_gaps():
    assert coverage.to_text(coverage.first(coverage.from_text("0-15,20-33,40-41"), 17)) == (
        "0-15,20-22"
    )
    assert coverage.first(coverage.from_text("3-9"), 0) == 0


@pytest.mark.parametrize(
    ("length", "per_cent", "required"), [(380, 90, 342), (381, 90, 343), (10, 100, 10), (0, 90, 0)]
)
def test_required_seconds_rounds_up(length, per_cent, required):
    assert coverage.required_seconds(length, per_cent) == required


@given(played)
def test_text_any_coverage_reads_back(intervals):
    covered = coverage.from_played(intervals, LENGTH)
    assert coverage.from_text(coverage.to_text(covered)) == covered
    assert coverage.from_ranges(coverage.to_ranges(covered)) == covered


@given(played, played, played)
def test_merging_any_order_any_repetition_ends_in_one_state(a, b, c):
    together = coverage.from_played([*a, *b, *c], LENGTH)
    one, two, three = (coverage.from_played(x, LENGTH) for x in (a, b, c))
    assert (one | two) | three == together
    assert three | (two | one) | two == together


@given(played, st.integers(0, LENGTH))
def test_first_any_count_is_a_subset_of_that_size(intervals, count):
    covered = coverage.from_played(intervals, LENGTH)
    kept = coverage.first(covered, count)
    assert kept & ~covered == 0
    assert coverage.seconds(kept) == min(count, coverage.seconds(covered))
