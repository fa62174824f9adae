"""Role × address: everybody sees only their own ground; outside it 404, not a hint (rule 7)."""

import pytest

from learners.assignments import assigning
from learners.assignments.models import FigureFile
from tests.conftest import person
from tests.learners.assignments.conftest import wish

ROLES = [
    "teacher",
    "other_teacher",
    "head",
    "other_head",
    "district_head",
    "other_district_head",
    "city_head",
    "mother",
]
# Who gets 200 (or what the view answers instead) at each address; everybody else gets 404.
MAY = {
    "classes": {"teacher", "other_teacher"},
    "school": {"head", "district_head", "city_head"},
    "district": {"district_head", "city_head"},
    "city": {"city_head"},
    "list": {"teacher", "other_teacher", "head", "other_head", "district_head",
             "other_district_head", "city_head"},
    "class assign": {"teacher", "head", "district_head", "city_head"},
    "class list": {"teacher", "head", "district_head", "city_head"},
    "assignment": {"teacher", "head", "district_head", "city_head"},
    "change": {"teacher", "head", "district_head", "city_head"},
    "withdraw": {"teacher", "head", "district_head", "city_head"},
    "follow": {"teacher", "head", "district_head", "city_head"},
    "outcomes": {"teacher", "head", "district_head", "city_head"},
    "city assignment": {"teacher", "other_teacher", "head", "other_head", "district_head",
                        "other_district_head", "city_head"},
    "change city's": {"city_head"},
    "follow city's": {"teacher", "head", "district_head", "city_head"},
    "figures": {"head", "other_head", "district_head", "other_district_head", "city_head"},
    "figures of it": {"head", "district_head", "city_head"},
    "figures of city's": {"head", "other_head", "district_head", "other_district_head",
                          "city_head"},
    "figures of district": {"district_head", "city_head"},
    "figures of school": {"head", "district_head", "city_head"},
    "course of school": {"head", "district_head", "city_head"},
    "file of figures": {"city_head"},
}  # fmt: skip


@pytest.fixture
def other_head(foreign_class):
    from tests.learners.schools.conftest import appoint

    user = person("吴校长")
    appoint(user, "school", foreign_class.school)
    return user


@pytest.fixture
def addresses(
    assignment, other_teacher, other_head, mother, city_head, course, school, third, district
):
    broad = assigning.assign(city_head, wish(course, "city"))
    assigning.prepare(broad)
    own, whole = assignment.public_id, broad.public_id
    figures = "/statistics/assignments"
    file = FigureFile.objects.create(asked_by=city_head, assignment=broad, rows="classes")
    return {
        "classes": f"/school/assign/classes/mine/{course.pk}/",
        "school": f"/school/assign/school/{school.public_id}/{course.pk}/",
        "district": f"/school/assign/district/{district.code}/",
        "city": "/school/assign/city/all/",
        "list": "/school/assignments/",
        "class assign": f"/school/classes/{third.public_id}/assign/",
        "class list": f"/school/classes/{third.public_id}/assignments/",
        "assignment": f"/school/assignments/{own}/",
        "change": f"/school/assignments/{own}/change/",
        "withdraw": f"/school/assignments/{own}/withdraw/",
        "follow": f"/school/assignments/{own}/classes/{third.public_id}/",
        "outcomes": f"/school/assignments/{own}/classes/{third.public_id}/reminders/",
        "city assignment": f"/school/assignments/{whole}/",
        "change city's": f"/school/assignments/{whole}/change/",
        "follow city's": f"/school/assignments/{whole}/classes/{third.public_id}/",
        "figures": "/statistics/assignments/",
        "figures of it": f"/statistics/assignments/{own}/",
        "figures of city's": f"/statistics/assignments/{whole}/",
        "figures of district": f"/statistics/assignments/{whole}/districts/{district.code}/",
        "figures of school": f"/statistics/assignments/{whole}/schools/{school.public_id}/",
        "course of school": f"{figures}/courses/{course.pk}/schools/{school.public_id}/",
        "file of figures": f"{figures}/files/{file.public_id}/",
    }


@pytest.mark.parametrize("role", ROLES)
def test_everybody_sees_their_own_ground_only(client, request, role, addresses, other_head):
    client.force_login(request.getfixturevalue(role))
    answers = {name: client.get(address).status_code for name, address in addresses.items()}
    seen = {name for name, status in answers.items() if status in {200, 302}}
    assert seen == {name for name, roles in MAY.items() if role in roles}
    assert {status for name, status in answers.items() if name not in seen} <= {404}


def test_nobody_is_sent_to_sign_in(client, addresses):
    for address in addresses.values():
        assert client.get(address).headers["Location"].startswith("/account/sign-in/")


def test_writing_is_refused_as_seeing_is(client, addresses, other_teacher, assignment, third):
    client.force_login(other_teacher)
    posts = [addresses["change"], addresses["withdraw"], addresses["follow"] + "remind/"]
    assert [client.post(address).status_code for address in posts] == [404] * 3
    assignment.refresh_from_db()
    assert assignment.withdrawn_at is None
