"""The city's figures of courses: who enrolled, started and finished; nobody is named.

The table asks what became of those who enrolled in the days chosen, so that its shares never
exceed the whole. The trend counts what happened on each day. Both are read live, in a number
of statements that does not depend on how many courses there are. A run counts once, also when
its account was closed since.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length, Substr, TruncDate
from django.utils import timezone

from courses.models import CoursePage, LessonPage
from learners.study.charts import per_cent
from learners.study.models import Enrolment


@dataclass(frozen=True, slots=True)
class Filters:
    """Both days included. `kind` is a lesson's format, `age` the code of an age stage."""

    first: date
    last: date
    kind: str = ""
    age: str = ""
    course: int | None = None

    def days(self) -> list[date]:
        return [self.first + timedelta(n) for n in range((self.last - self.first).days + 1)]

    def between(self) -> tuple[datetime, datetime]:
        """From the first midnight to that after the last day, by the city's clock."""
        return midnight(self.first), midnight(self.last + timedelta(1))


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True, slots=True)
class Figures:
    enrolled: int
    started: int
    finished: int

    @property
    def started_share(self) -> float:
        return per_cent(self.started, self.enrolled)

    @property
    def finished_share(self) -> float:
        return per_cent(self.finished, self.enrolled)


@dataclass(frozen=True, slots=True)
class CourseFigures:
    course: int
    title: str
    live: bool
    figures: Figures


@dataclass(frozen=True, slots=True)
class DayFigures:
    day: date
    figures: Figures


def courses(filters: Filters) -> QuerySet[CoursePage]:
    """The courses that fit: published ones, and others that somebody took."""
    found = CoursePage.objects.all()
    if filters.course:
        found = found.filter(pk=filters.course)
    if filters.age:
        found = found.filter(age_stages__code=filters.age)
    if filters.kind:
        lessons = LessonPage.objects.live().filter(format=filters.kind)
        above = Substr("path", 1, Length("path") - LessonPage.steplen)
        found = found.filter(path__in=lessons.annotate(above=above).values("above"))
    return found


def by_course(filters: Filters) -> list[CourseFigures]:
    """Most enrolments first; two statements."""
    first, after = filters.between()
    counted = (
        Enrolment.objects.filter(enrolled_at__gte=first, enrolled_at__lt=after)
        .filter(course__in=courses(filters).values("pk"))
        .values("course")
        .annotate(enrolled=Count("pk"), started=Count("started_at"), finished=Count("completed_at"))
        .order_by()
    )
    figures = {
        row["course"]: Figures(row["enrolled"], row["started"], row["finished"]) for row in counted
    }
    rows = [
        CourseFigures(pk, title, live, figures.get(pk, Figures(0, 0, 0)))
        for pk, title, live in courses(filters)
        .filter(Q(live=True) | Q(pk__in=list(figures)))
        .values_list("pk", "title", "live")
    ]
    return sorted(rows, key=lambda row: (-row.figures.enrolled, row.title, row.course))


def by_day(filters: Filters) -> list[DayFigures]:
    """Every day of the range, in order; three statements."""
    enrolled, started, finished = (
        _counts(filters, moment) for moment in ("enrolled_at", "started_at", "completed_at")
    )
    return [
        DayFigures(day, Figures(enrolled.get(day, 0), started.get(day, 0), finished.get(day, 0)))
        for day in filters.days()
    ]


def _counts(filters: Filters, moment: str) -> dict[date, int]:
    first, after = filters.between()
    rows: Any = (
        Enrolment.objects.filter(**{f"{moment}__gte": first, f"{moment}__lt": after})
        .filter(course__in=courses(filters).values("pk"))
        .annotate(day=TruncDate(moment))
        .values("day")
        .annotate(times=Count("pk"))
        .order_by()
    )
    return {row["day"]: row["times"] for row in rows}


def total(figures: Iterable[Figures]) -> Figures:
    rows = list(figures)
    return Figures(
        sum(row.enrolled for row in rows),
        sum(row.started for row in rows),
        sum(row.finished for row in rows),
    )
