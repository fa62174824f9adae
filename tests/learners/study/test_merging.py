from hypothesis import given
from hypothesis import strategies as st

from learners.study import coverage
from learners.study.merging import Report, Row, merge
from learners.study.tokens import Token

NOW = 1_800_000_000.0
TOKEN = Token(1, 0, 2, 3, int(NOW - 3600), 400, 360, "abc")
PLENTY = NOW - 6 * 3600


def covered(text):
    return coverage.from_text(text)


def report(text, position=0.0, at=NOW):
    return Report(covered(text), position, at)


def test_merge_first_report_covers_and_moves_the_clock():
    merged = merge(Row("abc"), report("0-15", 15.2), TOKEN, NOW - 15, NOW)
    assert (coverage.to_text(merged.row.covered), merged.credited, merged.pending) == (
        "0-15",
        15,
        0,
    )
    assert merged.credited_until == NOW - 15 + 7.5
    assert (merged.row.position, merged.row.last_report_at) == (15.2, NOW)


def test_merge_replayed_minute_counts_once():
    row = merge(Row("abc"), report("0-60"), TOKEN, PLENTY, NOW).row
    again = merge(row, report("0-60"), TOKEN, PLENTY, NOW)
    assert (again.row.covered, again.credited, again.pending) == (row.covered, 0, 0)


def test_merge_claim_beyond_the_clock_is_kept_pending_and_flagged():
    merged = merge(Row("abc"), report("0-300"), TOKEN, NOW - 20, NOW)
    assert (merged.credited, merged.pending) == (60, 240)
    assert merged.row.overclaimed_seconds == 240
    later = merge(merged.row, report("0-300"), TOKEN, merged.credited_until, NOW + 300)
    assert (later.credited, later.pending) == (240, 0)
    assert later.row.overclaimed_seconds == 240


def test_merge_after_silence_counts_as_offline():
    row = Row("abc", last_report_at=NOW - 1000)
    assert merge(row, report("0-100"), TOKEN, PLENTY, NOW).row.offline_seconds == 100
    row = Row("abc", last_report_at=NOW - 100)
    assert merge(row, report("0-100"), TOKEN, PLENTY, NOW).row.offline_seconds == 0


def test_merge_replaced_recording_starts_anew():
    row = Row(
        "old", covered=covered("0-350"), position=350.0, position_at=NOW - 9, offline_seconds=4
    )
    merged = merge(row, report("0-5", 5.0, NOW - 10), TOKEN, PLENTY, NOW).row
    assert (merged.media_key, coverage.to_text(merged.covered)) == ("abc", "0-5")
    assert (merged.position, merged.offline_seconds) == (5.0, 5)


def test_merge_late_report_does_not_move_the_position_back():
    row = merge(Row("abc"), report("50-60", 60.0, NOW - 5), TOKEN, PLENTY, NOW).row
    late = merge(row, report("0-10", 10.0, NOW - 900), TOKEN, PLENTY, NOW).row
    assert late.position == 60.0
    assert coverage.to_text(late.covered) == "0-10,50-60"


reports = st.lists(
    st.tuples(st.integers(0, 390), st.integers(1, 10), st.floats(0, 500)), min_size=1, max_size=8
)


@given(reports, st.randoms(use_true_random=False))
def test_merge_reordered_and_duplicated_reports_end_in_one_state(played, random):
    sent = [Report(coverage.bits(a, a + n), float(a), NOW - age) for a, n, age in played]
    shuffled = [*sent, *sent]
    random.shuffle(shuffled)
    assert _after(sent) == _after(shuffled)


def _after(sent):
    row, until = Row("abc"), PLENTY
    for one in sent:
        merged = merge(row, one, TOKEN, until, NOW)
        row, until = merged.row, merged.credited_until
    return row.covered, row.position, row.position_at, until
