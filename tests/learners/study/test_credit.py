from hypothesis import given
from hypothesis import strategies as st

from learners.study.credit import SLACK, Credit, grant, is_offline, opened

NOW = 1_800_000_000.0
HOUR = 3600.0
LONG_AGO = NOW - 400 * 24 * HOUR


def test_grant_honest_quarter_minute_is_whole():
    earned = grant(claimed=15, now=NOW, credited_until=NOW - 15, opened_at=NOW - 60)
    assert earned == Credit(15, NOW - 7.5)


def test_grant_everything_at_once_gets_twice_the_clock_and_the_slack():
    earned = grant(claimed=380, now=NOW, credited_until=LONG_AGO, opened_at=NOW - 30)
    assert earned == Credit(80, NOW + SLACK)


def test_grant_right_after_using_everything_gets_nothing():
    earned = grant(claimed=380, now=NOW, credited_until=NOW + SLACK, opened_at=NOW - 30)
    assert earned == Credit(0, NOW + SLACK)


def test_grant_evening_offline_is_credited_whole():
    earned = grant(claimed=3 * 3600, now=NOW, credited_until=LONG_AGO, opened_at=NOW - 3 * HOUR)
    assert earned.granted == 3 * 3600


def test_grant_idle_day_earns_at_most_the_window():
    earned = grant(claimed=10**6, now=NOW, credited_until=LONG_AGO, opened_at=NOW - 24 * HOUR)
    assert earned.granted == 2 * (6 * 3600 + 10)


def test_grant_token_of_last_week_earns_only_from_now():
    assert opened(NOW, NOW - 47 * HOUR) == NOW - 47 * HOUR
    earned = grant(claimed=600, now=NOW, credited_until=LONG_AGO, opened_at=NOW - 7 * 24 * HOUR)
    assert earned.granted == 20


def test_is_offline_after_five_minutes_without_contact():
    assert is_offline(NOW, last_contact=NOW - 301, opened_at=NOW - 400) is True
    assert is_offline(NOW, last_contact=NOW - 300, opened_at=NOW - 400) is False
    assert is_offline(NOW, last_contact=0.0, opened_at=NOW - 20) is False


@given(st.lists(st.tuples(st.floats(0, 900), st.integers(0, 4000)), max_size=30))
def test_grant_any_sequence_never_earns_more_than_twice_the_elapsed_time(steps):
    now, until, total = NOW, LONG_AGO, 0
    for wait, claimed in steps:
        now += wait
        earned = grant(claimed=claimed, now=now, credited_until=until, opened_at=NOW)
        assert 0 <= earned.granted <= claimed
        assert earned.credited_until >= until
        until, total = earned.credited_until, total + earned.granted
        assert total <= 2 * (now - NOW + SLACK)
