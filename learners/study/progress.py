"""Taking a report in: one read, one merge in Python, one conditional write.

A person's version guards all their progress rows, so that reports which race are merged one
after the other; a lost race is read and merged again (ARCHITECTURE.md decisions 2 to 4).
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from learners.study import completion, coverage, statements
from learners.study.merging import Merged, Report, Row, merge
from learners.study.refusal import Refusal, not_found, signed_out
from learners.study.tokens import Token

TRIES = 8


@dataclass(frozen=True, slots=True)
class Standing:
    """What the database knew before the report."""

    version: int
    credited_until: float
    progress_id: int | None
    row: Row
    started: bool
    completed: bool
    course_completed: bool


@dataclass(frozen=True, slots=True)
class Outcome:
    covered: int
    required: int
    credited: int
    pending: int
    completed: bool
    course_completed: bool


def record(token: Token, report: Report, now: float, device: str = "") -> Outcome:
    """Merges the report; raises Refusal when the token or the lesson is not good any more.

    `device` is kept with a course that the report finishes.
    """
    for _try in range(TRIES):
        standing = _read(token)
        merged = merge(standing.row, report, token, standing.credited_until, now)
        if _store(token, standing, merged, now):
            return _outcome(token, standing, merged, now, device)
    raise Refusal(HTTPStatus.TOO_MANY_REQUESTS, "busy", _("Please try again in a moment."))


def _outcome(token: Token, standing: Standing, merged: Merged, now: float, device: str) -> Outcome:
    covered = coverage.seconds(merged.row.covered)
    completed, course_completed = standing.completed, standing.course_completed
    if not standing.started:
        completion.mark_started(token.enrolment, now)
    if covered >= token.required and not completed:
        completed, course_completed = completion.complete_if_earned(
            token.enrolment, token.lesson, now, device
        )
    return Outcome(
        covered=covered,
        required=token.required,
        credited=merged.credited,
        pending=merged.pending,
        completed=completed,
        course_completed=course_completed,
    )


def _read(token: Token) -> Standing:
    with connection.cursor() as cursor:
        cursor.execute(statements.READ, [token.lesson, token.lesson, token.enrolment, token.user])
        found = cursor.fetchone()
    if found is None or found[0] != token.epoch:
        raise signed_out()
    version, credited_until, live, content_hash, *enrolled, progress_id = found[1:8]
    started, course_completed = enrolled
    rest = list(found[8:])
    if not live:
        raise not_found()
    if (content_hash or "")[:12] != token.media_key:
        raise Refusal(
            HTTPStatus.CONFLICT,
            "lesson-changed",
            _("This lesson has a new recording. Please open it again."),
        )
    return Standing(
        version=version,
        credited_until=_seconds(credited_until),
        progress_id=progress_id,
        row=_row(rest) if progress_id else Row(media_key=token.media_key),
        started=started is not None,
        completed=rest[-1] is not None,
        course_completed=course_completed is not None,
    )


def _row(columns: list[Any]) -> Row:
    media_key, covered, position, position_at, last, offline, overclaimed, _completed = columns
    return Row(
        media_key=media_key,
        covered=coverage.from_text(covered),
        position=position,
        position_at=_seconds(position_at),
        last_report_at=_seconds(last),
        offline_seconds=offline,
        overclaimed_seconds=overclaimed,
    )


def _store(token: Token, standing: Standing, merged: Merged, now: float) -> bool:
    """Whether the write found the person as they were read."""
    spend = [_moment(merged.credited_until), token.user, standing.version]
    row = merged.row
    values: list[Any] = [
        row.media_key,
        coverage.to_text(row.covered),
        coverage.seconds(row.covered),
        row.position,
        _moment(row.position_at),
        _moment(row.last_report_at),
        row.offline_seconds,
        row.overclaimed_seconds,
    ]
    if standing.progress_id is None:
        return _add(spend, [*values, _moment(now), token.enrolment, token.lesson, False])
    return _change(spend, [*values, standing.progress_id])


def _add(spend: list[Any], values: list[Any]) -> bool:
    if connection.vendor == "postgresql":
        return _execute(statements.SPEND_AND_ADD, [*spend, *values])
    return _two_statements(spend, statements.ADD, values)


def _change(spend: list[Any], values: list[Any]) -> bool:
    if connection.vendor == "postgresql":
        return _execute(statements.SPEND_AND_CHANGE, [*spend, *values])
    return _two_statements(spend, statements.CHANGE, values)


def _two_statements(spend: list[Any], statement: str, values: list[Any]) -> bool:
    """SQLite cannot write two tables in one statement; BEGIN IMMEDIATE holds them together."""
    with transaction.atomic():
        return _execute(statements.SPEND, spend) and _execute(statement, values)


def _execute(statement: str, values: list[Any]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount == 1


def _seconds(value: Any) -> float:
    """A stored moment as seconds since 1970; SQLite hands it out in UTC without saying so."""
    moment: datetime = value if value.tzinfo else value.replace(tzinfo=UTC)
    return moment.timestamp()


def _moment(seconds: float) -> Any:
    return connection.ops.adapt_datetimefield_value(datetime.fromtimestamp(seconds, UTC))
