"""A changed course may finish unfinished runs; it never takes a completion back.

ARCHITECTURE.md decision 9: a lesson removed or a threshold lowered can be what was missing.
"""

from django.db import transaction

from learners.study import completion, touching
from learners.study.models import Enrolment, Progress


def reevaluate(course_id: int, now: float) -> int:
    """Completes what is earned under the course's present rules; returns how many runs."""
    finished = 0
    runs = Enrolment.objects.unfinished().filter(course=course_id).exclude(started_at=None)
    for enrolment_id in runs.values_list("pk", flat=True).iterator():
        finished += _reevaluate_run(enrolment_id, now)
    return finished


@transaction.atomic
def _reevaluate_run(enrolment_id: int, now: float) -> bool:
    enrolment = completion.locked(enrolment_id)
    if enrolment.completed_at is not None:
        return False
    touched = False
    open_progress = Progress.objects.filter(completed_at=None).select_related("lesson__recording")
    for progress in open_progress.filter(enrolment=enrolment):
        if completion.is_earned(progress):
            completion.complete_lesson(progress, now)
            touched = True
    if completion.complete_course_if_earned(enrolment, now) or touched:
        touching.touch(enrolment.user_id, enrolment.course_id)
    return enrolment.completed_at is not None
