"""What learning keeps of a person: for them to take away, and what a closed account leaves.

docs/decisions/0011-closing-an-account.md tells what stays and why.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from learners.study.certificates import issuing
from learners.study.models import Enrolment, Progress, QuizAttempt, SavedResource, TimeCredit

WHOLE_PAGE = ("lesson__body", "lesson__quiz")


def export(user: Any) -> dict[str, Any]:
    """In a constant number of statements, whatever was learned."""
    attempts = Prefetch("attempts", QuizAttempt.objects.order_by("created_at"))
    progress = Progress.objects.select_related("lesson").defer(*WHOLE_PAGE).order_by("pk")
    enrolments = (
        Enrolment.objects.of(user)
        .select_related("course")
        .prefetch_related(Prefetch("progress", progress.prefetch_related(attempts)))
        .order_by("enrolled_at")
    )
    saved = SavedResource.objects.filter(user=user).select_related("resource").order_by("saved_at")
    credit = TimeCredit.objects.filter(user=user).first()
    return {
        "enrolments": [_enrolment(enrolment) for enrolment in enrolments],
        "saved": [
            {"resource": row.resource.title, "saved_at": _moment(row.saved_at)} for row in saved
        ],
        "learning_time_credited_until": _moment(credit.credited_until) if credit else None,
        **issuing.export(user),
    }


def _enrolment(enrolment: Enrolment) -> dict[str, Any]:
    return {
        "course": enrolment.course.title,
        "run": enrolment.run,
        "voluntary": enrolment.voluntary,
        "enrolled_at": _moment(enrolment.enrolled_at),
        "started_at": _moment(enrolment.started_at),
        "completed_at": _moment(enrolment.completed_at),
        "completed_offline": enrolment.completed_offline,
        "finished_on_device": enrolment.device or None,
        "lessons": [_lesson(progress) for progress in enrolment.progress.all()],
    }


def _lesson(progress: Progress) -> dict[str, Any]:
    """Seconds of the recording, or of reading; `covered` are its ranges, ends exclusive."""
    return {
        "lesson": progress.lesson.title,
        "covered_seconds": progress.covered_seconds,
        "covered": progress.covered,
        "position": progress.position,
        "position_at": _moment(progress.position_at),
        "first_report_at": _moment(progress.first_report_at),
        "last_report_at": _moment(progress.last_report_at),
        "offline_seconds": progress.offline_seconds,
        "overclaimed_seconds": progress.overclaimed_seconds,
        "completed_at": _moment(progress.completed_at),
        "completed_offline": progress.completed_offline,
        "quiz_best": progress.quiz_best,
        "quiz_passed_at": _moment(progress.quiz_passed_at),
        "quiz_attempts": [
            {
                "answers": attempt.answers,
                "score": attempt.score,
                "passed": attempt.passed,
                "at": _moment(attempt.created_at),
            }
            for attempt in progress.attempts.all()
        ],
    }


def _moment(value: datetime | None) -> str | None:
    return timezone.localtime(value).isoformat() if value else None


def erase(user: Any) -> None:
    """What was watched, answered and saved goes; what courses count stays, to the day.

    Of a certificate's name the masked form stays (docs/decisions/0072-certificates.md).
    """
    # First: a report under way then finds nobody to credit, and stores nothing.
    TimeCredit.objects.filter(user=user).delete()
    issuing.erase(user)
    QuizAttempt.objects.filter(progress__enrolment__user=user).delete()
    SavedResource.objects.filter(user=user).delete()
    runs = Enrolment.objects.of(user)
    _blur(runs, "enrolled_at", "started_at", "completed_at", emptied=["device"])
    progress = Progress.objects.filter(enrolment__user=user)
    progress.update(covered="", position=0, overclaimed_seconds=0)
    _blur(
        progress,
        "position_at",
        "first_report_at",
        "last_report_at",
        "quiz_passed_at",
        "completed_at",
    )


def _blur(rows: Any, *moments: str, emptied: Sequence[str] = ()) -> None:
    """Moments become the beginning of their day: statistics count days, not minutes."""
    changed = list(rows)
    for row in changed:
        for name in moments:
            setattr(row, name, _day(getattr(row, name)))
        for name in emptied:
            setattr(row, name, "")
    rows.model.objects.bulk_update(changed, [*moments, *emptied], batch_size=200)


def _day(value: datetime | None) -> datetime | None:
    if value is None:
        return None
    return timezone.localtime(value).replace(hour=0, minute=0, second=0, microsecond=0)
