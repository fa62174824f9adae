"""Work on assignments that nobody waits for."""

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from learners.assignments import assigning, files, reminding, trends
from learners.assignments.models import Assignment, ClassFigure, FigureFile

logger = logging.getLogger(__name__)
FILES_KEPT = timedelta(hours=2)


@task()
def prepare_assignment(assignment_id: int) -> int:
    counted = assigning.prepare(Assignment.objects.get(pk=assignment_id))
    logger.info("assignment %s: %s classes counted", assignment_id, counted)
    return counted


@task()
def count_left_over() -> int:
    """A preparation that was interrupted goes on."""
    counted = 0
    for assignment in Assignment.objects.open().filter(
        pk__in=ClassFigure.objects.filter(counted=False).values("assignment_id")
    ):
        counted += assigning.prepare(assignment)
    return counted


@task()
def take_snapshots() -> int:
    return trends.take(timezone.localdate())


@task()
def send_reminders() -> int:
    sent = reminding.send_due(timezone.now())
    logger.info("%s reminders handled", sent)
    return sent


@task()
def make_file(file_id: int) -> None:
    file = FigureFile.objects.select_related("asked_by", "district", "school", "course").get(
        pk=file_id
    )
    try:
        files.make(file)
    except Exception:
        files.fail(file)
        raise


@task()
def forget_files() -> int:
    return files.forget(timezone.now() - FILES_KEPT)
