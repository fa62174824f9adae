"""The city's figures of courses: who enrolled, started and finished; nobody is named.

The table asks what became of those who enrolled in the days chosen, so that its shares never
exceed the whole. The trend counts what happened on each day. Days that are over are read from
their sums (`daily`), what happened since is counted live: exact at every moment, in a number of
statements that does not depend on how many courses there are. A run counts once, also when its
account was closed since.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Length, Substr, TruncDate

from courses.models import CoursePage, LessonPage
from learners.study.charts import per_cent
from learners.study.figures import daily
from learners.study.figures.daily import midnight
from learners.study.models import CourseDay, Enrolment

HAPPENED = {"enrolled": "enrolled_at", "started": "started_at", "finished": "completed_at"}


@dataclass(frozen=True, slots=True)
class Filters:
    """Both days included. `kind` is a lesson's format, `age` the code of an age stage.

    `voluntary` chooses those who began of their own accord, or those who were asked to.
    """

    first: date
    last: date
    kind: str = ""
    age: str = ""
    course: int | None = None
    voluntary: bool | None = None

    @property
    def after(self) -> date:
        return self.last + timedelta(1)

    def days(self) -> list[date]:
        return [self.first + timedelta(n) for n in range((self.after - self.first).days)]


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
    """Most enrolments first; five statements."""
    figures = daily.steadily(partial(_enrolled_in, filters))
    rows = [
        CourseFigures(pk, title, live, figures.get(pk, Figures(0, 0, 0)))
        for pk, title, live in courses(filters)
        .filter(Q(live=True) | Q(pk__in=list(figures)))
        .values_list("pk", "title", "live")
    ]
    return sorted(rows, key=lambda row: (-row.figures.enrolled, row.title, row.course))


def _enrolled_in(filters: Filters, until: date) -> dict[int, Figures]:
    """By course, what became of those who enrolled in the days: up to last night, and since."""
    kept = {
        "enrolled": Sum("enrolled"),
        "started": Sum("have_started"),
        "finished": Sum("have_finished"),
    }
    since = midnight(until)
    lately = Q(enrolled_at__gte=since) | Q(started_at__gte=since) | Q(completed_at__gte=since)
    chosen = Q(enrolled_at__gte=midnight(filters.first), enrolled_at__lt=midnight(filters.after))
    counts = {
        name: Count("pk", filter=Q(**{f"{moment}__gte": since}))
        for name, moment in HAPPENED.items()
    }
    nights: Any = _summed(filters, until).values("course").annotate(**kept).order_by()
    today: Any = (
        _live(filters).filter(chosen, lately).values("course").annotate(**counts).order_by()
    )
    found: dict[int, Counter[str]] = {}
    for row in [*nights, *today]:
        found.setdefault(row.pop("course"), Counter()).update(row)
    return {pk: Figures(*(counted[name] for name in HAPPENED)) for pk, counted in found.items()}


def by_day(filters: Filters) -> list[DayFigures]:
    """Every day of the range, in order; six statements."""
    return daily.steadily(partial(_happened_in, filters))


def _happened_in(filters: Filters, until: date) -> list[DayFigures]:
    found: dict[date, Counter[str]] = {day: Counter() for day in filters.days()}
    sums = {name: Sum(name) for name in HAPPENED}
    nights: Any = _summed(filters, until).values("day").annotate(**sums).order_by()
    for row in nights:
        found[row.pop("day")].update(row)
    for name, moment in HAPPENED.items():
        for day, times in _since(filters, until, moment):
            found[day][name] += times
    return [
        DayFigures(day, Figures(*(counted[name] for name in HAPPENED)))
        for day, counted in found.items()
    ]


def _since(filters: Filters, until: date, moment: str) -> Iterable[tuple[date, int]]:
    first = max(filters.first, until)
    within = {f"{moment}__gte": midnight(first), f"{moment}__lt": midnight(filters.after)}
    days = _live(filters).filter(**within).values_list(TruncDate(moment))
    counted: Iterable[tuple[date, int]] = days.annotate(times=Count("pk")).order_by()
    return counted


def _summed(filters: Filters, until: date) -> QuerySet[CourseDay]:
    """The days chosen that are added up."""
    within = CourseDay.objects.filter(day__gte=filters.first, day__lt=min(filters.after, until))
    return within.filter(_of(filters))


def _live(filters: Filters) -> QuerySet[Enrolment]:
    return Enrolment.objects.filter(_of(filters))


def _of(filters: Filters) -> Q:
    own = Q() if filters.voluntary is None else Q(voluntary=filters.voluntary)
    return own & Q(course__in=courses(filters).values("pk"))


def total(figures: Iterable[Figures]) -> Figures:
    rows = list(figures)
    return Figures(
        sum(row.enrolled for row in rows),
        sum(row.started for row in rows),
        sum(row.finished for row in rows),
    )
