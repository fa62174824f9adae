"""What publishing means for learners: re-evaluation after a change, no deletion over rows."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from learners.study.models import Enrolment, Progress
from learners.study.tasks import reevaluate_course


def on_requirements_changed(sender: Any, course_id: int, **kwargs: Any) -> None:
    transaction.on_commit(lambda: reevaluate_course.enqueue(course_id))


def count_learner_rows(pages: QuerySet) -> int:
    """Enrolments in and progress on any of these pages."""
    ids = pages.values("pk")
    return (
        Enrolment.objects.filter(course__in=ids).count()
        + Progress.objects.filter(lesson__in=ids).count()
    )
