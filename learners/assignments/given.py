"""What a person's classes were given: registered with learning, which shows it first."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from learners.assignments import due
from learners.assignments.models import Assignment, ClassFigure
from learners.schools.models import ClassGuardian, ClassMembership, Guardianship
from learners.study.assigned import Assigned


def to_person(user: Any) -> list[Assigned]:
    """One query, whatever there is."""
    members = ClassMembership.objects.current().filter(
        child__in=Guardianship.objects.of(user).values("child_id")
    )
    joined = ClassGuardian.objects.of(user).current()
    classes = members.values("school_class_id").union(joined.values("school_class_id"))
    figures = ClassFigure.objects.open().filter(school_class__in=classes)
    today = timezone.localdate()
    wanted = figures.select_related("assignment", "school_class").order_by("assignment__due_at")
    return [
        Assigned(
            course_id=figure.assignment.course_id,
            given_by=figure.school_class.name,
            due_on=figure.assignment.due_on,
            days_left=due.days_left(figure.assignment.due_on, today),
            note=figure.assignment.note,
            anew_from=figure.assignment.anew_from,
        )
        for figure in wanted
    ]


def count_assigned(pages: QuerySet) -> int:
    """Assignments of any of these pages: a course that was given cannot be deleted."""
    return Assignment.objects.filter(course__in=pages.values("pk")).count()
