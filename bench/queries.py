"""SQL statements of each address with 1 and with 100 lessons, courses, enrolments."""

import json
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bench import school
from courses.models import CourseIndexPage, CoursePage, LessonPage
from learners.accounts.models import User
from learners.study.models import Enrolment

Counts = dict[str, list[int]]
SMALL, LARGE = 1, 100


def statements(act: Callable[[], Any]) -> int:
    """Statements that read or write, without BEGIN and COMMIT; once to warm up, once to count."""
    act()
    with CaptureQueriesContext(connection) as captured:
        act()
    control = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return sum(not query["sql"].startswith(control) for query in captured.captured_queries)


@override_settings(PAGE_CACHE_ENTRIES=0, ALLOWED_HOSTS=["testserver"])
def count() -> Counts:
    small = measure(school.add_course(SMALL))
    large = school.add_course(LARGE)
    add_courses(LARGE)
    both = measure(large)
    return {name: [small[name], both[name]] for name in small}


def measure(course: CoursePage) -> dict[str, int]:
    enrolment = school.add_learners(course, 1)[0]
    if course.get_children().count() > SMALL:
        enrol_everywhere(enrolment)
    lesson = course.lessons().first()
    someone, nobody = Client(), Client()
    someone.force_login(enrolment.user)
    index = CourseIndexPage.objects.get()
    addresses = {"home": index.get_parent(), "course index": index, "course": course}
    public = {**addresses, "lesson": lesson}
    found = {
        f"{name} (not cached)": statements(lambda page=page: read(nobody, page.get_url()))
        for name, page in public.items()
    }
    for name, page in {**addresses, "lesson": lesson}.items():
        address = f"/learn/state/{page.pk}/"
        found[f"state of {name}"] = statements(lambda address=address: read(someone, address))
    found["/learn/"] = statements(lambda: read(someone, "/learn/"))
    found["/learn/history/"] = statements(lambda: read(someone, "/learn/history/"))
    found["/statistics/courses/"] = statements(lambda: read(city(), "/statistics/courses/"))
    found["heartbeat"] = heartbeat(enrolment, lesson)
    return found


def city() -> Client:
    """Somebody who may see the city's figures, signed in."""
    user, _created = User.objects.get_or_create(username="bench", is_superuser=True)
    client = Client()
    client.force_login(user)
    return client


def read(client: Client, address: str) -> None:
    response = client.get(address)
    if response.status_code != 200:
        raise RuntimeError(f"{address}: {response.status_code}")


def heartbeat(enrolment: Enrolment, lesson: LessonPage) -> int:
    client, token = Client(), school.token(enrolment, lesson)
    played = [0]

    def report() -> None:
        sent = {"token": token, "lesson": lesson.pk, "position": played[0] + 15}
        sent["played"] = [[played[0], played[0] + 15]]
        played[0] += 15
        response = client.post("/learn/progress/", json.dumps(sent), "application/json")
        if response.status_code != 200 or response.json()["credited"] != 15:
            raise RuntimeError(response.content.decode())

    return statements(report)


def add_courses(number: int) -> None:
    index = CourseIndexPage.objects.get()
    for n in range(number):
        index.add_child(
            instance=CoursePage(title=f"课程 {n}", slug=f"n-{n}", first_published_at=timezone.now())
        )


def enrol_everywhere(enrolment: Enrolment) -> None:
    others = CoursePage.objects.exclude(pk=enrolment.course_id)
    Enrolment.objects.bulk_create(Enrolment(user=enrolment.user, course=c) for c in others)
