"""Completion is set once and never cleared (PRODUCT.md rules 1 and 2)."""

from django.db import transaction
from django.db.models import OuterRef, Subquery, Sum

from courses import requirements
from courses.completion import is_course_complete
from learners.study import touching
from learners.study.clock import moment
from learners.study.lengths import measure
from learners.study.models import Enrolment, Progress, TimeCredit


@transaction.atomic
def mark_started(enrolment_id: int, now: float) -> None:
    """Safe to repeat; under the person's lock, since figures are counted from it."""
    enrolment = locked(enrolment_id)
    if enrolment.started_at is None:
        enrolment.started_at = moment(now)
        enrolment.save(update_fields=["started_at"])
        touching.touch(enrolment.user_id, enrolment.course_id)


@transaction.atomic
def complete_if_earned(
    enrolment_id: int, lesson_id: int, now: float, device: str = ""
) -> tuple[bool, bool]:
    """Completes the lesson, then the course, as far as they are earned.

    Returns whether lesson and course are complete now. `device` is a mark of `devices`.
    """
    enrolment = locked(enrolment_id)
    progress = (
        Progress.objects.select_related("lesson__recording")
        .filter(enrolment=enrolment, lesson=lesson_id)
        .get()
    )
    touched = progress.completed_at is None and is_earned(progress)
    if touched:
        complete_lesson(progress, now)
    if enrolment.completed_at is None and progress.completed_at is not None:
        touched |= complete_course_if_earned(enrolment, now, device)
    if touched:
        touching.touch(enrolment.user_id, enrolment.course_id)
    return progress.completed_at is not None, enrolment.completed_at is not None


def locked(enrolment_id: int) -> Enrolment:
    """The enrolment, under its person's lock: locks are taken in one order, person first."""
    person = Enrolment.objects.filter(pk=enrolment_id).values("user_id")
    TimeCredit.objects.select_for_update().filter(user=Subquery(person)).first()
    return Enrolment.objects.get(pk=enrolment_id)


def is_earned(progress: Progress) -> bool:
    """Enough of the present recording is covered, and the quiz, if there is one, is passed."""
    lesson = progress.lesson
    measured = measure(lesson)
    return (
        measured.length > 0
        and progress.media_key == measured.media_key
        and progress.covered_seconds >= measured.required
        and (not lesson.quiz or progress.quiz_passed_at is not None)
    )


def complete_lesson(progress: Progress, now: float) -> None:
    in_contact = progress.covered_seconds - progress.offline_seconds
    measured = measure(progress.lesson)
    progress.completed_at = moment(now)
    progress.completed_offline = in_contact < measured.required
    progress.completed_seconds = measured.length
    progress.save(update_fields=["completed_at", "completed_offline", "completed_seconds"])
    lessons = Progress.objects.completed().filter(enrolment=OuterRef("pk")).order_by()
    seconds = lessons.values("enrolment").annotate(seconds=Sum("completed_seconds"))
    Enrolment.objects.filter(pk=progress.enrolment_id).update(
        learned_seconds=Subquery(seconds.values("seconds"))
    )


def complete_course_if_earned(enrolment: Enrolment, now: float, device: str = "") -> bool:
    """Completes the enrolment when every required lesson is, and says whether it did.

    Records under which rules.
    """
    done = dict(enrolment.progress.completed().values_list("lesson_id", "completed_offline"))
    asked = requirements.record(enrolment.course)
    if not is_course_complete(asked.rules, set(done)):
        return False
    counted = {rule["lesson"] for rule in asked.rules if rule["required"]} or set(done)
    enrolment.completed_at = moment(now)
    enrolment.completed_offline = any(done[lesson] for lesson in counted & set(done))
    enrolment.requirements, enrolment.device = asked, device
    enrolment.save(update_fields=["completed_at", "completed_offline", "requirements", "device"])
    return True
