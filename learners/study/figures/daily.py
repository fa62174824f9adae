"""Days that are over, added up: a city's figures read these sums, not millions of enrolments.

A moment of an enrolment belongs to one day and stays there (closing an account moves it to the
beginning of that day), and a day that is over gets no new ones. So each day is added once, in the
transaction that moves `DaysAdded.until`; what happened since is counted live (`of_courses`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Count
from django.db.models.functions import TruncDate
from django.utils import timezone

from learners.study.models import CourseDay, DaysAdded, Enrolment

BEGINNING = date(2000, 1, 1)
COUNTS = ("enrolled", "started", "finished", "have_started", "have_finished")
KEY = ("course_id", "day", "voluntary")
# Which moment is counted, on the day of which other one.
COUNTED = {
    "enrolled": ("enrolled_at", "enrolled_at"),
    "started": ("started_at", "started_at"),
    "finished": ("completed_at", "completed_at"),
    "have_started": ("started_at", "enrolled_at"),
    "have_finished": ("completed_at", "enrolled_at"),
}
ROWS_A_STATEMENT = 1000

Key = tuple[int, date, bool]
Sums = dict[Key, dict[str, int]]
Result = TypeVar("Result")


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def until() -> date:
    """The first day that is counted live."""
    added = DaysAdded.objects.values_list("until", flat=True).first()
    return added or BEGINNING


def steadily(read: Callable[[date], Result]) -> Result:
    """What `read` makes of sums and live counts, again when a night was added up between them."""
    while True:
        added = until()
        found = read(added)
        if until() == added:
            return found


@transaction.atomic
def add_up(today: date) -> int:
    """Adds the days that ended before `today`; the number of rows written. Safe to repeat."""
    added = _locked()
    if added.until >= today:
        return 0
    written = _add(counted(added.until, today))
    added.until = today
    added.save(update_fields=["until"])
    return written


@transaction.atomic
def recount(today: date) -> int:
    """Everything anew, for when rows came in with moments of days long over."""
    DaysAdded.objects.filter(pk=_locked().pk).update(until=BEGINNING)
    CourseDay.objects.all().delete()
    return add_up(today)


@dataclass(frozen=True, slots=True)
class Drift:
    course_id: int
    day: date
    voluntary: bool
    kept: dict[str, int]
    true: dict[str, int]


def drift() -> list[Drift]:
    """The rows that are not what the enrolments say; none is as it should be."""
    true, nothing = counted(BEGINNING, until()), dict.fromkeys(COUNTS, 0)
    kept = _kept(CourseDay.objects.all())
    return [
        Drift(*key, kept=kept.get(key, nothing), true=true.get(key, nothing))
        for key in sorted(kept.keys() | true.keys())
        if kept.get(key, nothing) != true.get(key, nothing)
    ]


def counted(first: date, after: date) -> Sums:
    """What happened from `first` until before `after`, by course and day; five statements."""
    found: Sums = {}
    for name, (moment, day_of) in COUNTED.items():
        within = {f"{moment}__gte": midnight(first), f"{moment}__lt": midnight(after)}
        rows: Any = (
            Enrolment.objects.filter(**within)
            .values("course_id", "voluntary", day=TruncDate(day_of))
            .annotate(times=Count("pk"))
            .order_by()
        )
        for row in rows:
            key = (row["course_id"], row["day"], row["voluntary"])
            found.setdefault(key, dict.fromkeys(COUNTS, 0))[name] = row["times"]
    return found


def _locked() -> DaysAdded:
    DaysAdded.objects.get_or_create(pk=1, defaults={"until": BEGINNING})
    return DaysAdded.objects.select_for_update().get(pk=1)


def _add(sums: Sums) -> int:
    """On top of what is kept of these days: those who enrolled long ago finish today."""
    days = {day for _course, day, _voluntary in sums}
    kept = _kept(CourseDay.objects.filter(day__in=days))
    rows = [CourseDay(**dict(zip(KEY, key, strict=True)), **_sum(kept.get(key), counts))
            for key, counts in sums.items()]  # fmt: skip
    CourseDay.objects.bulk_create(
        rows,
        batch_size=ROWS_A_STATEMENT,
        update_conflicts=True,
        unique_fields=["day", "course", "voluntary"],
        update_fields=COUNTS,
    )
    return len(rows)


def _kept(rows: Iterable[Any]) -> Sums:
    return {
        (row.course_id, row.day, row.voluntary): {name: getattr(row, name) for name in COUNTS}
        for row in rows
    }


def _sum(kept: dict[str, int] | None, more: dict[str, int]) -> dict[str, int]:
    return {name: (kept or {}).get(name, 0) + more[name] for name in COUNTS}
