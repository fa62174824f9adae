"""What a page of figures counts: one assignment, or all of a course this school year."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import CoursePage
from learners.assignments.models import Assignment, ClassFigure, SchoolSnapshot
from learners.schools.school_year import first_day, school_year
from learners.study.figures import of_courses
from learners.study.figures.of_courses import Figures, Filters


@dataclass(frozen=True, slots=True)
class Subject:
    title: str
    about: str
    figures: QuerySet[ClassFigure]
    snapshots: QuerySet[SchoolSnapshot]
    name: str
    key: Any

    def voluntary(self) -> Figures | None:
        """Of a course, this school year: whoever in the city learns it without being asked."""
        if self.name != "course":
            return None
        today = timezone.localdate()
        since = first_day(school_year(today))
        chosen = Filters(since, today, course=self.key, voluntary=True)
        return of_courses.total(row.figures for row in of_courses.by_course(chosen))

    def url(self, **place: Any) -> str:
        """`place` is `district` or `school`, or nothing for the top."""
        below = next(iter(place), "")
        name = f"assignment_statistics:{self.name}{f'_{below}' if below else ''}"
        return reverse(name, args=[self.key, *place.values()])


def of_assignment(given: Assignment) -> Subject:
    return Subject(
        title=given.course.title,
        about=f"{given.given_to} · {_('Due')} {given.due_on:%Y-%m-%d}",
        figures=ClassFigure.objects.filter(assignment=given),
        snapshots=SchoolSnapshot.objects.filter(assignment=given),
        name="assignment",
        key=given.public_id,
    )


def of_course(course: CoursePage) -> Subject:
    """A class that got the course twice counts twice."""
    year = school_year(timezone.localdate())
    # Ids, not a subquery: PostgreSQL then knows how many rows it will add up.
    given = list(
        Assignment.objects.standing().filter(course=course, year=year).values_list("pk", flat=True)
    )
    return Subject(
        title=course.title,
        about=_("All assignments of this school year; whoever was asked twice counts twice."),
        figures=ClassFigure.objects.filter(assignment__in=given),
        snapshots=SchoolSnapshot.objects.filter(assignment__in=given),
        name="course",
        key=course.pk,
    )
