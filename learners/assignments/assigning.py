"""Giving a course to classes; changing and withdrawing what was given."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from courses.models import CoursePage
from learners.assignments import counting, due, filling
from learners.assignments.models import Assignment, ClassFigure, Scope
from learners.assignments.models.assignment import codes
from learners.schools.models import District, School, SchoolClass

BROAD = {Scope.DISTRICT.value, Scope.CITY.value}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to give; `year` is the school year of the classes it reaches."""

    course: CoursePage
    scope: str
    year: int
    due_on: date
    note: str = ""
    anew: bool = False
    school: School | None = None
    grade: int | None = None
    district: District | None = None
    classes: Sequence[SchoolClass] = ()
    kinds: Sequence[str] = ()
    grades: Sequence[int] = ()

    @property
    def is_broad(self) -> bool:
        return self.scope in BROAD


def reached(wish: Wish) -> Any:
    """The classes there are now that the wish reaches."""
    classes = SchoolClass.objects.filter(year=wish.year, archived_at=None)
    if wish.scope == Scope.CLASSES:
        return classes.filter(pk__in=[school_class.pk for school_class in wish.classes])
    if wish.scope in {Scope.GRADE, Scope.SCHOOL}:
        classes = classes.filter(school=wish.school)
        return classes.filter(grade=wish.grade) if wish.scope == Scope.GRADE else classes
    if wish.scope == Scope.DISTRICT:
        classes = classes.filter(district=wish.district)
    if wish.kinds:
        classes = classes.filter(school__kind__in=wish.kinds)
    if wish.grades:
        classes = classes.filter(grade__in=wish.grades) | classes.filter(grade=None)
    return classes


@transaction.atomic
def assign(by: Any, wish: Wish) -> Assignment:
    """At once for a school; a district or the city is one row, its class rows follow in a task."""
    assignment = Assignment.objects.create(
        course=wish.course,
        given_by=by,
        scope=wish.scope,
        school=wish.school,
        grade=wish.grade,
        district=wish.district,
        kinds=codes(wish.kinds),
        grades=codes(wish.grades),
        year=wish.year,
        due_at=due.due_at(wish.due_on),
        anew_from=due.anew_from(wish.year) if wish.anew else None,
        note=wish.note,
    )
    assignment.chosen.set(wish.classes)
    if wish.is_broad:
        _enqueue_preparation(assignment)
    else:
        counting.classes_changed(sorted(reached(wish).values_list("pk", flat=True)))
    return assignment


def _enqueue_preparation(assignment: Assignment) -> None:
    from learners.assignments.tasks import prepare_assignment  # noqa: PLC0415 - it enqueues us

    transaction.on_commit(partial(prepare_assignment.enqueue, assignment.pk))


def prepare(assignment: Assignment) -> int:
    """The class rows, then their counts; safe to repeat. How many were counted."""
    counting.add_rows(assignment.pk)
    assignment.wanted = assignment.figures.count()
    assignment.save(update_fields=["wanted"])
    return filling.fill(assignment)


def _recount(figures: Any) -> int:
    waiting = list(figures.order_by("pk").values_list("pk", flat=True))
    counting.recount(waiting)
    return len(waiting)


@transaction.atomic
def change(assignment: Assignment, due_on: date, note: str) -> None:
    """Another day or note; another day changes who was late."""
    moved = due.due_at(due_on) != assignment.due_at
    assignment.due_at, assignment.note = due.due_at(due_on), note
    assignment.save(update_fields=["due_at", "note"])
    if not moved:
        return
    if assignment.scope in BROAD:
        assignment.figures.update(counted=False)
        _enqueue_preparation(assignment)
    else:
        _recount(assignment.figures.all())


def follow_class(from_class: int, into_class: int) -> None:
    """Children went on in another class of this year: what was given to theirs is given there."""
    given = Assignment.objects.open().filter(scope=Scope.CLASSES, chosen=from_class)
    for assignment in given:
        assignment.chosen.add(into_class)


def withdraw(assignment: Assignment) -> None:
    """Parents see it no more and no statistics count it; what was learned stays learned."""
    assignment.withdrawn_at = timezone.now()
    assignment.save(update_fields=["withdrawn_at"])


@dataclass(frozen=True, slots=True)
class Preparation:
    """How far the class rows of a broad assignment are."""

    done: int
    wanted: int | None

    @property
    def is_over(self) -> bool:
        return self.wanted is not None and self.done >= self.wanted


def preparation(assignment: Assignment, counted: int | None = None) -> Preparation | None:
    """None for what was counted at once; `counted` rows of all, where somebody knows it."""
    if assignment.scope not in BROAD:
        return None
    if counted is None:
        counted = ClassFigure.objects.filter(assignment=assignment, counted=True).count()
    return Preparation(counted, assignment.wanted)
