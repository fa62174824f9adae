"""Progress is a merge, not a write: reports in any order, any number of times, end in one state.

ARCHITECTURE.md decisions 2 and 3. Times are seconds since 1970 on the server's clock.
"""

from dataclasses import dataclass, replace

from learners.study import coverage, credit
from learners.study.tokens import Token


@dataclass(frozen=True, slots=True)
class Report:
    """`played` are covered seconds as bits; `position_at` is when playback stood at `position`."""

    played: int
    position: float
    position_at: float


@dataclass(frozen=True, slots=True)
class Row:
    """What a progress row remembers of coverage."""

    media_key: str = ""
    covered: int = 0
    position: float = 0.0
    position_at: float = 0.0
    last_report_at: float = 0.0
    offline_seconds: int = 0
    overclaimed_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Merged:
    """`pending` seconds of the report did not fit the clock yet and may be sent again."""

    row: Row
    credited_until: float
    credited: int
    pending: int


def merge(row: Row, report: Report, token: Token, credited_until: float, now: float) -> Merged:
    if row.media_key != token.media_key:
        # Coverage belongs to a file: on another file it starts anew.
        row = replace(row, media_key=token.media_key, covered=0, offline_seconds=0, position_at=0.0)
    new = report.played & ~row.covered
    claimed = coverage.seconds(new)
    earned = credit.grant(
        claimed=claimed, now=now, credited_until=credited_until, opened_at=token.opened_at
    )
    pending = claimed - earned.granted
    offline = credit.is_offline(now, row.last_report_at, token.opened_at)
    moved = (report.position_at, report.position) > (row.position_at, row.position)
    return Merged(
        row=Row(
            media_key=row.media_key,
            covered=row.covered | coverage.first(new, earned.granted),
            position=report.position if moved else row.position,
            position_at=report.position_at if moved else row.position_at,
            last_report_at=max(now, row.last_report_at),
            offline_seconds=row.offline_seconds + (earned.granted if offline else 0),
            overclaimed_seconds=max(row.overclaimed_seconds, pending),
        ),
        credited_until=earned.credited_until,
        credited=earned.granted,
        pending=pending,
    )
