"""Five families in seven days on one device: the rule."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from learners.assignments.one_device import FEWEST, WITHIN, Finish, families, weeks

NOON = datetime(2026, 11, 24, 12)


def done(guardian, units=None, days=0.0, device="a", course=1):
    own = frozenset([guardian]) if units is None else frozenset(units)
    return Finish(device, guardian, course, NOON + timedelta(days=days), own)


def test_five_families_in_a_week_are_shown_and_four_are_not():
    assert weeks([done(n) for n in range(4)]) == []
    assert weeks([done(n) for n in range(5)]) == [[done(n) for n in range(5)]]


def test_one_family_is_one_however_many_it_is():
    """Two parents and four grandparents of three children, each doing all three courses."""
    everybody = [done(n, units=[100 + n % 3, 100], course=c) for n in range(6) for c in (1, 2, 3)]
    assert weeks(everybody) == []
    chained = [done(n, units=[n, n + 1]) for n in range(9)]
    assert len(set(families(chained).values())) == 1


def test_two_devices_are_not_added_up():
    assert weeks([done(n, device="ab"[n % 2]) for n in range(8)]) == []


def test_seven_days_are_no_eight():
    assert weeks([*(done(n) for n in range(4)), done(5, days=7)]) == []
    (week,) = weeks([*(done(n) for n in range(4)), done(5, days=6.9)])
    assert len(week) == 5


def test_fullest_week_is_shown_and_of_equal_ones_the_latest():
    """One more family in the second week; then as many in the third."""
    first = [done(n) for n in range(5)]
    second = [done(10 + n, days=10) for n in range(6)]
    third = [done(20 + n, days=20) for n in range(6)]
    assert weeks([*first, *second]) == [second]
    assert weeks([*third, *second, *first]) == [third]


def test_latest_device_stands_first():
    early = [done(n) for n in range(5)]
    late = [done(n, device="b", days=1) for n in range(5)]
    assert weeks([*early, *late]) == [late, early]


@given(
    st.lists(
        st.builds(
            done,
            guardian=st.integers(0, 9),
            days=st.floats(0, 20),
            device=st.sampled_from("ab"),
        ),
        max_size=30,
    )
)
def test_whatever_is_shown_is_enough_and_nothing_enough_is_left_out(finishes):
    found = weeks(finishes)
    for week in found:
        assert len({one.guardian for one in week}) >= FEWEST
        assert week[-1].at - week[0].at < WITHIN
    shown = {week[0].device for week in found}
    for device in "ab":
        own = [one for one in finishes if one.device == device]
        spans = (
            {one.guardian for one in own if first.at <= one.at < first.at + WITHIN} for first in own
        )
        assert (device in shown) == any(len(span) >= FEWEST for span in spans)
