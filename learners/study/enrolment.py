"""Taking part in a course."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.models import CoursePage
from learners.study import touching
from learners.study.assigned import assigned_to, is_outdated
from learners.study.models import Enrolment, TimeCredit


def enrol(user: Any, course: CoursePage) -> Enrolment:
    """The person's current run of the course, begun now if there is none. Safe to repeat."""
    runs = Enrolment.objects.of(user).current().filter(course=course)
    return runs.first() or _begin(user, course)


def _begin(user: Any, course: CoursePage) -> Enrolment:
    voluntary = _is_voluntary(user, course)
    try:
        with transaction.atomic():
            TimeCredit.objects.get_or_create(user=user)
            return Enrolment.objects.create(user=user, course=course, voluntary=voluntary)
    except IntegrityError:
        # Two tabs at once: the other one was first.
        return Enrolment.objects.get(user=user, course=course, current=True)


def _is_voluntary(user: Any, course: CoursePage) -> bool:
    return course.pk not in assigned_to(user)


def open_course(user: Any, course: CoursePage) -> Enrolment:
    """The current run, or a new one when the course is assigned anew (PRODUCT.md rule 2)."""
    enrolment = enrol(user, course)
    if is_outdated(enrolment.completed_at, assigned_to(user).get(course.pk)):
        return start_again(user, course)
    return enrolment


@transaction.atomic
def start_again(user: Any, course: CoursePage) -> Enrolment:
    """A new run after a completed one; an unfinished run goes on."""
    TimeCredit.objects.select_for_update().filter(user=user).first()
    enrolment = enrol(user, course)
    if enrolment.completed_at is None:
        return enrolment
    Enrolment.objects.filter(pk=enrolment.pk).update(current=False)
    again = Enrolment.objects.create(
        user=user,
        course=course,
        run=enrolment.run + 1,
        enrolled_at=timezone.now(),
        voluntary=_is_voluntary(user, course),
    )
    touching.touch(again.user_id, course.pk)
    return again
