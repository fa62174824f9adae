"""A city of N children: how long it loads, what its figures cost, the naive join beside them."""

import time
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from learners.accounts.models import User
from learners.assignments.models import Assignment, ClassFigure
from learners.schools.models import Child, StaffAppointment
from learners.study import completion
from learners.study.models import Enrolment, Progress

ROUNDS = 5
NAIVE = """
SELECT class.district_id, COUNT(DISTINCT membership.child_id),
       COUNT(DISTINCT CASE WHEN enrolment.completed_at IS NOT NULL THEN membership.child_id END)
FROM schools_classmembership membership
JOIN schools_schoolclass class ON class.id = membership.school_class_id
LEFT JOIN schools_guardianship guardian ON guardian.child_id = membership.child_id
LEFT JOIN study_enrolment enrolment
       ON enrolment.user_id = guardian.user_id AND enrolment.course_id = %s
WHERE membership.until IS NULL
GROUP BY class.district_id
"""


@override_settings(ALLOWED_HOSTS=["testserver"])
def measure(children: int) -> dict[str, Any]:
    """Adds so many children that there are `children`, and measures; times in milliseconds."""
    missing = children - Child.objects.count()
    began = time.monotonic()
    if missing > 0:
        call_command("simulate_city", children=missing)
    loaded = time.monotonic() - began
    given = Assignment.objects.filter(scope="city").latest("pk")
    figure = ClassFigure.objects.filter(assignment=given).select_related("school", "district")
    one = figure.first()
    base = f"/statistics/assignments/{given.public_id}/"
    client = Client()
    client.force_login(_city_administrator())
    found = {
        "loaded in s": round(loaded, 1),
        "classes": ClassFigure.objects.filter(assignment=given).count(),
        "city": _page(client, base),
        "district": _page(client, f"{base}districts/{one.district.code}/") if one else 0,
        "school": _page(client, f"{base}schools/{one.school.public_id}/") if one else 0,
        "naive join": _best(lambda: _naive(given.course_id), rounds=1),
        "completion": _completion(given.course_id),
    }
    return {name: round(value, 1) for name, value in found.items()}


def _city_administrator() -> User:
    user, created = User.objects.get_or_create(username="bench-city")
    if created:
        StaffAppointment.objects.create(user=user, role="city")
    return user


def _page(client: Client, address: str) -> float:
    """The best of some rounds of the time that the page spends in the database."""

    def look() -> float:
        with CaptureQueriesContext(connection) as captured:
            if client.get(address).status_code != HTTPStatus.OK:
                raise RuntimeError(address)
        return sum(float(query["time"]) for query in captured.captured_queries) * 1000

    return min(look() for _ in range(ROUNDS))


def _best(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    def clocked() -> float:
        began = time.monotonic()
        act()
        return (time.monotonic() - began) * 1000

    return min(clocked() for _ in range(rounds))


def _naive(course_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NAIVE, [course_id])
        cursor.fetchall()


def _completion(course_id: int) -> float:
    """Completing the last lesson, recounts included."""
    unfinished = iter(_almost_done(course_id))
    return _best(lambda: completion.complete_if_earned(*next(unfinished), time.time()))


def _almost_done(course_id: int) -> Iterator[tuple[int, int]]:
    runs = Enrolment.objects.filter(course=course_id).exclude(completed_at=None)
    for run in list(runs.order_by("pk")[:ROUNDS]):
        progress = Progress.objects.filter(enrolment=run).order_by("pk").last()
        if progress:
            Enrolment.objects.filter(pk=run.pk).update(completed_at=None)
            Progress.objects.filter(pk=progress.pk).update(
                completed_at=None, quiz_passed_at=progress.last_report_at
            )
            yield run.pk, progress.lesson_id
