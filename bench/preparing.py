"""Assigning to the city: the answer at once, the class rows by the worker while parents finish."""

import resource
import threading
import time
from collections.abc import Sequence
from pathlib import Path

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from courses.models import CoursePage
from learners.assignments import assigning, counting
from learners.assignments.models import Assignment, ClassFigure, Scope
from learners.schools.school_year import school_year
from learners.study import completion
from learners.study.models import Enrolment

Runs = Sequence[tuple[int, int]]


def measure(course: CoursePage, unfinished: Runs) -> dict[str, float]:
    """Seconds by the clock, and of the processor: worker and database together."""
    today = timezone.localdate()
    wish = assigning.Wish(course=course, scope=Scope.CITY, year=school_year(today), due_on=today)
    began = time.monotonic()
    given = assigning.assign(None, wish)
    answered = (time.monotonic() - began) * 1000
    finishing = threading.Thread(target=_finish, args=[unfinished])
    finishing.start()
    before, began = _processor(), time.monotonic()
    assigning.prepare(given)
    clock, processor = time.monotonic() - began, _processor() - before
    finishing.join()
    wrong = list(counting.drift(_of(given, unfinished)))
    assigning.withdraw(given)
    return {
        "assigned to the city in ms": answered,
        "its class rows in s": clock,
        "… in s of the processor": processor,
        "… wrong, of those completed meanwhile": len(wrong),
    }


def _finish(unfinished: Runs) -> None:
    """Parents finish one after the other, on a connection of their own."""
    try:
        for run in unfinished:
            completion.complete_if_earned(*run, time.time())
            time.sleep(0.02)
    finally:
        connection.close()


def _of(given: Assignment, unfinished: Runs) -> QuerySet[ClassFigure]:
    people = Enrolment.objects.filter(pk__in=[run for run, _lesson in unfinished])
    memberships = "school_class__memberships__child__guardianships__user__in"
    return given.figures.filter(**{memberships: people.values("user")}).distinct()


def _processor() -> float:
    """Of this thread, and of the database process that works for it."""
    used = resource.getrusage(resource.RUSAGE_THREAD)
    ours = used.ru_utime + used.ru_stime
    if connection.vendor != "postgresql":
        return ours
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        stat = Path(f"/proc/{cursor.fetchone()[0]}/stat").read_text().rsplit(")", 1)[1].split()
    return ours + (int(stat[11]) + int(stat[12])) / 100
