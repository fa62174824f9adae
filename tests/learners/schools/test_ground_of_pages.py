"""Role × address: who may, who gets 404 and no hint; data that could leak is there."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from learners.schools import joining
from learners.schools.models import JoinRequest, PersonalDataRead, StaffAppointment
from learners.schools.roster import imports
from tests.conftest import person
from tests.learners.schools.conftest import appoint, make_guardian
from tests.learners.schools.roster import books

ROLES = ["teacher", "other teacher", "head", "district", "other district", "city", "parent"]
# Whose page the address is: the class 三年级2班, its school, or what hangs on them.
CLASS_PAGES = ["class", "poster", "qr_svg", "qr_png", "upload_for_class", "add_child"]
CLASS_POSTS = ["renew_code", "open_code", "close_code"]
SCHOOL_PAGES = ["school", "add_class", "staff", "upload"]
IMPORT_POSTS = ["answer", "apply", "missing", "discard"]
OF_CLASS = {"teacher", "head", "district", "city"}
OF_SCHOOL = {"head", "district", "city"}


@pytest.fixture
def people(third, other_class, foreign_class, teacher, head, chen_jing, xiaoman):
    users = {
        "teacher": teacher,
        "head": head,
        "parent": chen_jing,
        **{role: person(role) for role in ("other teacher", "district", "other district", "city")},
    }
    make_guardian(chen_jing, xiaoman)
    appoint(users["other teacher"], "teacher", other_class)
    appoint(users["district"], "district", third.district)
    appoint(users["other district"], "district", foreign_class.district)
    appoint(users["city"], "city")
    return users


def allowed(client, people, address, method="get"):
    """The roles that are not told 404."""
    found = set()
    for role in ROLES:
        client.force_login(people[role])
        if getattr(client, method)(address).status_code != 404:
            found.add(role)
    return found


@pytest.mark.parametrize("name", CLASS_PAGES)
def test_class_pages(client, people, third, name):
    assert allowed(client, people, reverse(f"schools:{name}", args=[third.public_id])) == OF_CLASS


@pytest.mark.parametrize("name", CLASS_POSTS)
def test_class_code(client, people, third, name):
    address = reverse(f"schools:{name}", args=[third.public_id])
    assert allowed(client, people, address, "post") == OF_CLASS


@pytest.mark.parametrize("name", SCHOOL_PAGES)
def test_school_pages(client, people, school, name):
    address = reverse(f"schools:{name}", args=[school.public_id])
    assert allowed(client, people, address) == OF_SCHOOL


def test_child_page(client, people, xiaoman):
    assert allowed(client, people, reverse("schools:child", args=[xiaoman.public_id])) == OF_CLASS


def test_home(client, people):
    assert allowed(client, people, "/school/") == set(ROLES) - {"parent"}


@pytest.fixture
def asked(people, third):
    user = person("陈大山", "+8613900139000")
    joining.ask_teacher(
        user, third, child_name="陈小满", guardian_name="陈大山", relation="other", version="1"
    )
    return JoinRequest.objects.get()


def test_requests_are_decided_in_the_ground_alone(client, people, asked):
    for name in ("accept", "decline"):
        address = reverse(f"schools:{name}", args=[asked.public_id])
        for role in ("other teacher", "other district", "parent"):
            client.force_login(people[role])
            assert client.post(address).status_code == 404
    asked.refresh_from_db()
    assert asked.decided_at is None


def test_import_belongs_to_its_uploader_and_the_school(client, people, school, third):
    roster = imports.begin(school, people["teacher"], "a.xlsx", books.plain_book(), third)
    imports.check(roster)
    address = reverse("schools:import", args=[roster.public_id])
    assert allowed(client, people, address) == OF_CLASS
    # A colleague of the same class does not read what another one uploaded.
    colleague = person("同事")
    appoint(colleague, "teacher", third)
    client.force_login(colleague)
    assert client.get(address).status_code == 404
    for name in IMPORT_POSTS:
        client.force_login(people["other teacher"])
        assert client.post(reverse(f"schools:{name}", args=[roster.public_id])).status_code == 404
    annotated = reverse("schools:annotated", args=[roster.public_id])
    assert client.get(annotated).status_code == 404


def test_post_is_ended_by_the_school_and_above(client, people, teacher):
    post = StaffAppointment.objects.get(user=teacher)
    address = reverse("schools:end_post", args=[post.public_id])
    for role in ("other teacher", "other district", "parent", "teacher"):
        client.force_login(people[role])
        assert client.post(address).status_code == 404
    client.force_login(people["head"])
    assert client.post(address).status_code == 302


def test_move_is_for_the_ground_alone(client, people, xiaoman, other_class):
    address = reverse("schools:move_child", args=[xiaoman.public_id])
    for role in ("other teacher", "other district", "parent"):
        client.force_login(people[role])
        told = {"school_class": str(other_class.public_id)}
        assert client.post(address, told).status_code == 404
    assert xiaoman.memberships.count() == 1


def test_removal_is_for_the_ground_alone(client, people, xiaoman):
    address = reverse("schools:remove_child", args=[xiaoman.public_id])
    for role in ("other teacher", "other district", "parent"):
        client.force_login(people[role])
        assert client.post(address).status_code == 404
    assert xiaoman.memberships.get().until is None
    client.force_login(people["teacher"])
    client.post(address)
    assert xiaoman.memberships.get().until == timezone.localdate()


@pytest.mark.parametrize("name", [*CLASS_PAGES, *SCHOOL_PAGES, "child", "import", "annotated"])
def test_address_of_nothing_is_404_and_strangers_sign_in(client, head, name):
    address = reverse(f"schools:{name}", args=[uuid.uuid4()])
    assert client.get(address)["Location"].startswith("/account/sign-in/?next=/school/")
    client.force_login(head)
    assert client.get(address).status_code == 404


def test_ended_appointment_opens_nothing(client, third, teacher):
    StaffAppointment.objects.update(ends_on="2026-10-01")
    client.force_login(teacher)
    assert client.get(f"/school/classes/{third.public_id}/").status_code == 404


def test_reads_of_personal_data_are_logged(client, people, third, xiaoman, school):
    client.force_login(people["teacher"])
    client.get(f"/school/classes/{third.public_id}/")
    client.get(f"/school/children/{xiaoman.public_id}/")
    reads = list(PersonalDataRead.objects.order_by("pk").values_list(
        "user", "what", "school", "school_class", "child_id", "children"
    ))  # fmt: skip
    who = people["teacher"].pk
    assert reads == [
        (who, "roster", school.pk, third.pk, None, 1),
        (who, "child", school.pk, third.pk, xiaoman.pk, 1),
    ]
    client.force_login(people["other teacher"])
    client.get(f"/school/classes/{third.public_id}/")
    assert PersonalDataRead.objects.count() == 2


def test_pages_are_never_cached(client, people, third):
    client.force_login(people["teacher"])
    kept = "max-age=0, no-cache, no-store, must-revalidate, private"
    for address in ("/school/", f"/school/classes/{third.public_id}/", "/learn/children/"):
        assert client.get(address)["Cache-Control"] == kept
