from datetime import UTC, datetime, time

import pytest

from learners.assignments import quiet


def at(day, hour, minute=0):
    """In Shanghai."""
    return datetime(2026, 11, day, hour, minute, tzinfo=quiet.CITY)


@pytest.mark.parametrize(
    ("now", "sent"),
    [
        (at(24, 7, 59), at(24, 8)),
        (at(24, 8), at(24, 8)),
        (at(24, 20, 59), at(24, 20, 59)),
        (at(24, 21), at(25, 8)),
        (at(24, 0), at(24, 8)),
        (datetime(2026, 11, 24, 15, tzinfo=UTC), at(25, 8)),
    ],
)
def test_message_waits_from_nine_in_the_evening_to_eight(now, sent):
    assert quiet.send_at(now) == sent


@pytest.mark.parametrize(
    ("now", "sent"),
    [
        (at(24, 9, 59), at(24, 10)),
        (at(24, 10), at(24, 10)),
        (at(24, 18, 30), at(25, 10)),
    ],
)
def test_night_may_be_longer(now, sent):
    assert quiet.send_at(now, quiet.Hours(time(10), time(18, 30))) == sent


@pytest.mark.parametrize("hours", [(time(7), time(21)), (time(8), time(22)), (time(9), time(9))])
def test_night_is_never_shorter(hours):
    with pytest.raises(ValueError, match="not shorter"):
        quiet.Hours(*hours)
