"""Work that nobody waits for; the schedule and publishing enqueue it."""

import logging

from django.utils import timezone
from django_tasks import task

from learners.study import clock, devices, popularity, reevaluation
from learners.study.figures import daily
from search import indexing

logger = logging.getLogger(__name__)


@task()
def reevaluate_course(course_id: int) -> int:
    finished = reevaluation.reevaluate(course_id, clock.now())
    logger.info("course %s re-evaluated: %s runs finished", course_id, finished)
    return finished


@task()
def write_popularity() -> int:
    changed = popularity.write()
    indexing.follow_popularity()
    logger.info("popularity written: %s resources changed", changed)
    return changed


@task()
def add_up_days() -> int:
    """At night, hours after the day ended: what began before midnight is written by then."""
    written = daily.add_up(timezone.localdate())
    logger.info("days of courses added up: %s rows", written)
    return written


@task()
def forget_devices() -> int:
    return devices.forget(timezone.now())
