"""Role × address, whole: every address below /school/ and /statistics/ for everybody of the cast.

What stands in docs/permissions.md is what the school answers. A new address fails here until it
stands there; `PERMISSIONS=write pytest tests/learners/test_permissions.py` writes the table anew,
to be read before it is committed. Two rules hold whatever the table says.
"""

import os
import re
from pathlib import Path

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import URLResolver, get_resolver, reverse

from learners.accounts.roles import CITY_ADMINISTRATORS, EDITORS, EXPERTS, ensure_roles
from learners.assignments import assigning
from learners.schools import transfers
from learners.schools.models import ClassChange, District, JoinRequest, StaffAppointment
from learners.schools.roster import imports
from learners.study.roles import ensure_study_rights
from tests.conftest import person
from tests.learners.assignments.conftest import wish
from tests.learners.schools.conftest import (
    appoint,
    make_child,
    make_class,
    make_guardian,
    make_school,
)
from tests.learners.schools.roster import books

TABLE = Path(__file__).resolve().parents[2] / "docs" / "permissions.md"
ROLES = ["nobody", "parent", "teacher", "other teacher", "head", "other head", "district",
         "other district", "city", "expert", "editor"]  # fmt: skip
OUTSIDERS = ["parent", "other head", "other district", "expert", "editor"]
# What everybody with any ground sees of their own; nothing in it names the school of the table.
OWN_PAGES = {"/school/", "/school/list/", "/school/access-log/", "/school/appointments/",
             "/school/assignments/", "/school/assign/<str:kind>/<str:code>/",
             "/school/assign/<str:kind>/<str:code>/<int:course_id>/", "/statistics/",
             "/statistics/courses/", "/statistics/assignments/",
             "/statistics/assignments/courses/<int:course_id>/"}  # fmt: skip

# The figures of courses are the editors' part: Wagtail's rights and its own door, a redirect.
OF_COURSES = {"/statistics/", "/statistics/courses/"}


def routes(resolver=None, prefix="/", spaces=()):
    """Every address as it is written, with the name to reverse it."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            below = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from routes(pattern, route, below)
        elif route.startswith(("/school/", "/statistics/")):
            yield route, ":".join((*spaces, pattern.name or ""))


@pytest.fixture
def district(db):
    return District.objects.get(code="500105")


@pytest.fixture
def other_district(db):
    return District.objects.get(code="500101")


@pytest.fixture
def own(home, course, district, other_district, city):
    """What every address names: one school with its class, child, staff and papers."""
    school = make_school(district)
    own = make_class(school)
    child = make_child(own, "陈小满")
    parent, asking = person("陈静"), person("陈大山")
    make_guardian(parent, child)
    teacher = person("王老师")
    post = appoint(teacher, "teacher", own)
    given = assigning.assign(teacher, wish(course, school=school, classes=[own]))
    asked = JoinRequest.objects.create(user=asking, school_class=own, child_name="陈小满",
                                       relation="other", consent_version="1")  # fmt: skip
    change = ClassChange.objects.create(school=school, kind="roll", year=2026, asked_by=teacher,
                                        wishes={"classes": [], "together": False})  # fmt: skip
    roster = imports.begin(school, teacher, "a.xlsx", books.plain_book(books.XIAOMAN), own)
    imports.check(roster)
    transfers.release(child, own, teacher)
    head = person("周校长")
    return {"school": school, "class": own, "child": child, "teacher": teacher, "parent": parent,
            "post": post, "given": given, "asked": asked, "change": change, "roster": roster,
            "head": head, "head post": appoint(head, "school", school)}  # fmt: skip


@pytest.fixture
def city(db):
    user = person("市管理员")
    appoint(user, "city")
    return user


@pytest.fixture
def people(own, city, district, other_district):
    foreign = make_class(make_school(other_district, "SM01", "石门小学"))
    made = {"nobody": None, "parent": own["parent"], "teacher": own["teacher"],
            "head": own["head"], "city": city}  # fmt: skip
    made |= {role: person(role) for role in ROLES if role not in made}
    appoint(made["other teacher"], "teacher", make_class(own["school"], "三年级1班"))
    appoint(made["other head"], "school", foreign.school)
    appoint(made["district"], "district", district)
    appoint(made["other district"], "district", other_district)
    ensure_roles()
    ensure_study_rights()
    groups = (("expert", EXPERTS), ("editor", EDITORS), ("city", CITY_ADMINISTRATORS))
    for role, group in groups:
        made[role].is_staff = True
        made[role].save()
        made[role].groups.add(Group.objects.get(name=group))
    return made


def arguments(name, own, course):
    """For the parts of an address, by what it is about."""
    public = own["school"].public_id
    about = {
        "/school/classes/": own["class"], "/school/children/": own["child"],
        "/school/schools/": own["school"], "/school/requests/": own["asked"],
        "/school/imports/": own["roster"], "/school/changes/": own["change"],
        "/school/staff/": own["post"], "/school/appointments/": own["head post"],
        "/school/assignments/": own["given"], "/statistics/assignments/": own["given"],
    }  # fmt: skip
    subject = next((one for start, one in about.items() if name.startswith(start)), None)
    every = {"public_id": subject and subject.public_id, "class_id": own["class"].public_id,
             "school_id": public, "school": public, "district": own["school"].district.code,
             "course_id": course.pk, "year": 2025, "kind": "school", "code": str(public),
             "token": "x"}  # fmt: skip
    return {part: every[part] for part in re.findall(r"<\w+:(\w+)>", name)}


def answer(client, address, method):
    """Nothing that it does stays."""
    with transaction.atomic():
        response = getattr(client, method)(address)
        transaction.set_rollback(True)
    if response.status_code == 302 and response["Location"].startswith("/account/sign-in/"):
        return "sign in"
    return str(response.status_code)


@pytest.fixture
def answers(client, own, people, course):
    """Per address: how it is asked, and what everybody is told."""
    found = {}
    for route, name in sorted(set(routes())):
        parts = arguments(route, own, course)
        address = reverse(name, kwargs=parts) if parts else route
        client.force_login(people["city"])
        method = "post" if answer(client, address, "get") == "405" else "get"
        told = []
        for role in ROLES:
            client.logout()
            if people[role] is not None:
                client.force_login(people[role])
            told.append(answer(client, address, method))
        found[route] = (method.upper(), told)
    return found


def table(answers):
    lines = [
        "| address | by | " + " | ".join(ROLES) + " |",
        "|---|---|" + "---|" * len(ROLES),
        *(
            f"| `{route}` | {method} | " + " | ".join(told) + " |"
            for route, (method, told) in answers.items()
        ),
    ]
    return "\n".join(lines) + "\n"


def test_everybody_is_answered_as_the_table_says(answers):
    before = TABLE.read_text()
    start = before.index("| address |")
    if os.environ.get("PERMISSIONS") == "write":
        TABLE.write_text(before[:start] + table(answers))
    assert TABLE.read_text()[start:].splitlines() == table(answers).splitlines()


def test_whatever_the_table_says_outsiders_get_nothing(answers):
    """Nobody signs in first; an outsider gets 404 wherever an address names the school."""
    for route, (_method, told) in answers.items():
        said = dict(zip(ROLES, told, strict=True))
        assert said["nobody"] in {"sign in", "404"} or route in OF_COURSES, route
        if route not in OWN_PAGES:
            assert {said[role] for role in OUTSIDERS} == {"404"}, route
        assert said["parent"] == "404" or route == "/statistics/", route


def test_appointments_are_for_those_above_schools(answers):
    _method, told = answers["/school/appointments/"]
    assert [role for role, said in zip(ROLES, told, strict=True) if said == "200"] == [
        "district", "other district", "city"
    ]  # fmt: skip
    assert StaffAppointment.objects.standing().filter(role="school").count() == 2
