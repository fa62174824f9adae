"""What a parent learned, month by month, and the runs they finished."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Sum
from django.db.models.functions import Coalesce, TruncMonth

from cms.reading import minutes
from learners.study.models import Enrolment, Progress
from learners.study.months import last_months

SHOWN_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Month:
    """`minutes` were played or read for the first time; `lessons` were completed."""

    first_day: date
    minutes: int
    lessons: int


def by_month(user: Any, today: date) -> list[Month]:
    """The last twelve months, oldest first, in one query.

    A lesson counts, with all its minutes, in the month it was completed, an unfinished one in
    the month it was last worked on.
    """
    rows = (
        Progress.objects.filter(enrolment__user=user)
        .annotate(month=TruncMonth(Coalesce("completed_at", "last_report_at")))
        .values("month")
        .annotate(seconds=Sum("covered_seconds"), lessons=Count("completed_at"))
        .order_by("month")
    )
    found = {row["month"].date(): row for row in rows}
    return [
        _month(first_day, found.get(first_day)) for first_day in last_months(today, SHOWN_MONTHS)
    ]


def _month(first_day: date, row: Any) -> Month:
    if row is None:
        return Month(first_day, 0, 0)
    return Month(first_day, whole_minutes(row["seconds"]), row["lessons"])


def whole_minutes(seconds: int) -> int:
    return minutes(seconds) if seconds else 0


def totals(user: Any) -> dict[str, int]:
    """Since the beginning: `minutes`, `lessons` completed, `courses` finished; two queries."""
    learned = Progress.objects.filter(enrolment__user=user).aggregate(
        seconds=Coalesce(Sum("covered_seconds"), 0), lessons=Count("completed_at")
    )
    courses = Enrolment.objects.of(user).finished().count()
    return {
        "minutes": whole_minutes(learned["seconds"]),
        "lessons": learned["lessons"],
        "courses": courses,
    }


def finished_runs(user: Any) -> Any:
    """Every completed run, newest first, with its course and certificate at hand."""
    return (
        Enrolment.objects.of(user)
        .finished()
        .select_related("course", "certificate")
        .order_by("-completed_at", "-pk")
    )
