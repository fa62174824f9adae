"""Whoever opens a person's data in the admin leaves a trace that person can see."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from wagtail.models import ModelLogEntry

from learners.accounts import reading
from learners.accounts.models import User
from learners.accounts.roles import CITY_ADMINISTRATORS, ensure_roles
from tests.conftest import person

PASSWORD = "a-good-long-password"


@pytest.fixture
def superuser(home):
    ensure_roles()
    return User.objects.create_superuser("root", password=PASSWORD, name="总管")


@pytest.fixture
def admin(client, superuser):
    client.force_login(superuser)
    return client


def noted():
    entries = ModelLogEntry.objects.filter(action=reading.READ).order_by("pk")
    return [(e.user.username, int(e.object_id), e.data["where"]) for e in entries]


@pytest.mark.parametrize("page", ["edit", "history", "usage", "delete"])
def test_page_of_a_person_is_noted(admin, chen_jing, li_wei, page):
    assert admin.get(f"/admin/users/{page}/{chen_jing.pk}/").status_code == 200
    assert noted() == [("root", chen_jing.pk, f"wagtailusers_users:{page}")]


def test_page_of_oneself_is_not_noted(admin, superuser):
    assert admin.get(f"/admin/users/edit/{superuser.pk}/").status_code == 200
    assert noted() == []


def test_page_that_is_refused_is_not_noted(superuser, chen_jing):
    administrator = User.objects.create_user("shi", password=PASSWORD)
    administrator.groups.add(Group.objects.get(name=CITY_ADMINISTRATORS))
    client = Client()
    client.force_login(administrator)
    assert client.get(f"/admin/users/edit/{chen_jing.pk}/").status_code == 404
    client.get("/admin/users/")
    assert noted() == []


@pytest.mark.parametrize("parents", [1, 3])
def test_list_with_parents_is_noted_in_one_statement(admin, parents, django_assert_num_queries):
    people = [person(f"家长{n}", f"+86138001381{n:02}") for n in range(parents)]
    admin.get("/admin/users/")
    ModelLogEntry.objects.all().delete()
    with django_assert_num_queries(11):
        admin.get("/admin/users/?ordering=name")
    assert sorted(noted()) == [("root", p.pk, "wagtailusers_users:index") for p in people]


def test_list_shows_no_number(admin, chen_jing):
    page = admin.get("/admin/users/").content.decode()
    assert ("陈静" in page, "8001" in page) == (True, False)


def test_person_sees_when_staff_read_about_them_but_not_who(admin, chen_jing, li_wei):
    admin.get(f"/admin/users/edit/{chen_jing.pk}/")
    mother = Client()
    mother.force_login(chen_jing)
    told = mother.get("/account/download/")
    assert [read["where"] for read in told.json()["read_by_staff"]] == ["wagtailusers_users:edit"]
    assert [name for name in ("root", "总管") if name in told.content.decode()] == []
    mother.force_login(li_wei)
    assert mother.get("/account/download/").json()["read_by_staff"] == []


def test_history_of_the_site_says_what_was_read_without_a_parents_name(admin, chen_jing):
    admin.get(f"/admin/users/edit/{chen_jing.pk}/")
    admin.post(
        f"/admin/users/edit/{chen_jing.pk}/",
        {"username": chen_jing.username, "name": "陈静静", "email": "", "is_active": "on"},
    )
    entries = ModelLogEntry.objects.order_by("pk").values_list("action", "label")
    assert list(entries) == [
        (reading.READ, str(User._meta.verbose_name)),
        ("wagtail.edit", str(User(name="陈静静", password="!"))),
    ]
    assert [label for _action, label in entries if "陈静" in label] == []
    page = admin.get("/admin/reports/site-history/").content.decode()
    assert "陈静" not in page
