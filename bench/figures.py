"""A city of N children: how long it loads, what its figures cost, the naive join beside them.

Milliseconds of the database, the best of some rounds, unless a name says otherwise.
"""

import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from http import HTTPStatus
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import preparing
from learners.accounts.models import User
from learners.assignments.models import Assignment, ClassFigure
from learners.schools.models import Child, StaffAppointment
from learners.study import completion
from learners.study.models import Enrolment, Progress

ROUNDS, FINISHING = 5, 200
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
    """Adds so many children that there are `children`, and measures."""
    loaded = _load(children - Child.objects.count())
    given = Assignment.objects.filter(scope="city").latest("pk")
    found = {
        "loaded in s": loaded,
        "classes": ClassFigure.objects.filter(assignment=given).count(),
        **pages(given),
        "naive join": best(lambda: _naive(given.course_id), rounds=1),
        **_completion(given.course_id),
        **preparing.measure(given.course, list(almost_done(given.course_id, FINISHING))),
    }
    found["naive join ÷ city"] = found["naive join"] / found["city"]
    return {name: round(value, 1) for name, value in found.items()}


def _load(missing: int) -> float:
    began = time.monotonic()
    if missing > 0:
        # What is measured is one assignment to the city, not those of the smaller cities too.
        Assignment.objects.filter(scope="city").update(withdrawn_at=timezone.now())
        call_command("simulate_city", children=missing)
    _settle()
    return time.monotonic() - began


def _settle() -> None:
    """What autovacuum and the checkpointer do in the minutes after loading."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
            cursor.execute("CHECKPOINT")


def pages(given: Assignment) -> dict[str, float]:
    """Every kind of page with figures, as the city administrator opens it."""
    of_given = ClassFigure.objects.filter(assignment=given)
    figure = of_given.select_related("school", "district", "school_class").latest("pk")
    below = {
        "city": "",
        "district": f"districts/{figure.district.code}/",
        "school": f"schools/{figure.school.public_id}/",
    }
    base, course = f"/statistics/assignments/{given.public_id}/", given.course_id
    addresses = {
        **{level: base + path for level, path in below.items()},
        "city, primary schools": f"{base}?kind=primary",
        **{
            f"course, {n}": f"/statistics/assignments/courses/{course}/{p}"
            for n, p in below.items()
        },
        "courses, thirty days": "/statistics/courses/",
        "courses, half a year": f"/statistics/courses/?first={_half_a_year_ago()}",
        "list of assignments": "/statistics/assignments/",
        "assignment": f"/school/assignments/{given.public_id}/",
        "class": f"/school/assignments/{given.public_id}/classes/{figure.school_class.public_id}/",
    }
    client = Client()
    client.force_login(_city_administrator())
    return {name: _page(client, address) for name, address in addresses.items()}


def _half_a_year_ago() -> date:
    return timezone.localdate() - timedelta(180)


def _city_administrator() -> User:
    """By appointment, and with the right to the figures of courses."""
    user, created = User.objects.get_or_create(username="bench-city", is_superuser=True)
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


def best(act: Callable[[], object], rounds: int = ROUNDS) -> float:
    def clocked() -> float:
        began = time.monotonic()
        act()
        return (time.monotonic() - began) * 1000

    return min(clocked() for _ in range(rounds))


def _naive(course_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(NAIVE, [course_id])
        cursor.fetchall()


def _completion(course_id: int) -> dict[str, float]:
    """Completing the last lesson, recounts included; its statements without the savepoints."""
    unfinished = almost_done(course_id)

    def complete() -> None:
        completion.complete_if_earned(*next(unfinished), time.time())

    found = best(complete)
    with CaptureQueriesContext(connection) as captured:
        complete()
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    sent = [query for query in captured.captured_queries if not query["sql"].startswith(control)]
    return {"completion": found, "statements of a completion": len(sent)}


def almost_done(course_id: int, number: int = ROUNDS + 1) -> Iterator[tuple[int, int]]:
    """Runs of the course put back to just before their end, as pairs of run and last lesson."""
    runs = Enrolment.objects.filter(course=course_id).exclude(completed_at=None)
    for run in list(runs.order_by("-pk")[:number]):
        progress = Progress.objects.filter(enrolment=run).order_by("pk").last()
        if progress:
            Enrolment.objects.filter(pk=run.pk).update(completed_at=None)
            Progress.objects.filter(pk=progress.pk).update(
                completed_at=None, quiz_passed_at=progress.last_report_at
            )
            yield run.pk, progress.lesson_id
