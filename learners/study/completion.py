"""Completion is set once and never cleared (PRODUCT.md rules 1 and 2)."""

from django.db import transaction

from courses import requirements
from courses.completion import is_course_complete
from learners.study.clock import moment
from learners.study.lengths import measure
from learners.study.models import Enrolment, Progress, TimeCredit


def mark_started(enrolment_id: int, now: float) -> None:
    Enrolment.objects.filter(pk=enrolment_id, started_at=None).update(started_at=moment(now))


@transaction.atomic
def complete_if_earned(enrolment_id: int, lesson_id: int, now: float) -> tuple[bool, bool]:
    """Completes the lesson, then the course, as far as they are earned.

    Returns whether lesson and course are complete now.
    """
    enrolment = locked(enrolment_id)
    progress = (
        Progress.objects.select_related("lesson__recording")
        .filter(enrolment=enrolment, lesson=lesson_id)
        .get()
    )
    if progress.completed_at is None and is_earned(progress):
        complete_lesson(progress, now)
    if enrolment.completed_at is None and progress.completed_at is not None:
        complete_course_if_earned(enrolment, now)
    return progress.completed_at is not None, enrolment.completed_at is not None


def locked(enrolment_id: int) -> Enrolment:
    """The enrolment, under its person's lock: locks are taken in one order, person first."""
    enrolment = Enrolment.objects.get(pk=enrolment_id)
    TimeCredit.objects.select_for_update().filter(user=enrolment.user_id).first()
    enrolment.refresh_from_db()
    return enrolment


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
    progress.completed_at = moment(now)
    progress.completed_offline = in_contact < measure(progress.lesson).required
    progress.save(update_fields=["completed_at", "completed_offline"])


def complete_course_if_earned(enrolment: Enrolment, now: float) -> None:
    """Completes the enrolment when every required lesson is; records under which rules."""
    done = dict(enrolment.progress.completed().values_list("lesson_id", "completed_offline"))
    asked = requirements.record(enrolment.course)
    if not is_course_complete(asked.rules, set(done)):
        return
    counted = {rule["lesson"] for rule in asked.rules if rule["required"]} or set(done)
    enrolment.completed_at = moment(now)
    enrolment.completed_offline = any(done[lesson] for lesson in counted & set(done))
    enrolment.requirements = asked
    enrolment.save(update_fields=["completed_at", "completed_offline", "requirements"])
