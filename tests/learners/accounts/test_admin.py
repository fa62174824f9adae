"""Managing people in the Wagtail admin, and signing in there."""

import re

import pytest
from django.contrib.auth.models import Group
from django.test import Client

from learners.accounts.models import User
from learners.accounts.protected import keyed_hash
from learners.accounts.roles import CITY_ADMINISTRATORS, EXPERTS, ensure_roles

PASSWORD = "a-good-long-password"


@pytest.fixture
def experts(home):
    ensure_roles()
    return Group.objects.get(name=EXPERTS)


@pytest.fixture
def city_administrator(experts):
    user = User.objects.create_user("shi", password=PASSWORD, name="市管理员")
    user.groups.add(Group.objects.get(name=CITY_ADMINISTRATORS))
    return user


@pytest.fixture
def superuser(experts):
    return User.objects.create_superuser("root", password=PASSWORD, name="总管")


@pytest.fixture
def professor_lin(experts):
    user = User.objects.create_user("lin", password=PASSWORD, name="林教授")
    user.set_phone("+8613800138070", verified=True)
    user.save()
    user.groups.add(experts)
    return user


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def fields(**changes):
    return {
        "username": "lin",
        "name": "林教授",
        "email": "",
        "new_phone": "",
        "password1": "",
        "password2": "",
        "is_active": "on",
        **changes,
    }


def sign_in(client, username="lin", password=PASSWORD, **data):
    return client.post("/account/staff/", {"login": username, "password": password, **data})


def test_create_a_person(city_administrator, experts):
    client = signed_in(city_administrator)
    assert client.get("/admin/users/new/").status_code == 200
    response = client.post(
        "/admin/users/new/",
        fields(
            new_phone="138 0013 8070", password1=PASSWORD, password2=PASSWORD, groups=[experts.pk]
        ),
    )
    assert (response.status_code, response["Location"]) == (302, "/admin/users/")
    user = User.objects.get(username="lin")
    assert (user.name, user.phone, user.phone_hash, user.phone_verified) == (
        "林教授",
        "+8613800138070",
        keyed_hash("+8613800138070"),
        False,
    )
    assert (list(user.groups.all()), user.check_password(PASSWORD)) == ([experts], True)


def test_edit_a_person_keeps_phone_and_password_left_empty(city_administrator, professor_lin):
    client = signed_in(city_administrator)
    address = f"/admin/users/edit/{professor_lin.pk}/"
    page = client.get(address).content.decode()
    assert ("138****8070" in page, "13800138070" in page) == (True, False)
    response = client.post(address, fields(name="林如海教授"))
    assert (response.status_code, response["Location"]) == (302, "/admin/users/")
    professor_lin.refresh_from_db()
    assert (professor_lin.name, professor_lin.phone, professor_lin.phone_verified) == (
        "林如海教授",
        "+8613800138070",
        True,
    )
    assert professor_lin.check_password(PASSWORD)


def errors_of(response):
    return [e for errors in response.context["form"].errors.values() for e in errors]


def test_edit_a_person_with_the_phone_of_another(city_administrator, professor_lin, chen_jing):
    client = signed_in(city_administrator)
    address = f"/admin/users/edit/{professor_lin.pk}/"
    for typed in ("138 0013 8001", "12345"):
        response = client.post(address, fields(new_phone=typed))
        assert (response.status_code, len(errors_of(response))) == (200, 1)
    professor_lin.refresh_from_db()
    assert professor_lin.phone == "+8613800138070"


def test_edit_a_person_without_is_active_switches_them_off(city_administrator, professor_lin):
    client = signed_in(professor_lin)
    form = fields()
    del form["is_active"]
    signed_in(city_administrator).post(f"/admin/users/edit/{professor_lin.pk}/", form)
    assert client.get("/admin/").status_code == 302


def test_people_listed_for_an_administrator_are_staff_only(
    city_administrator, professor_lin, superuser, chen_jing, chen_jianguo
):
    page = signed_in(city_administrator).get("/admin/users/")
    assert {user.username for user in page.context["object_list"]} == {"lin", "shi"}
    page = signed_in(superuser).get("/admin/users/?ordering=-name")
    assert User.objects.count() == len(page.context["object_list"])


@pytest.mark.parametrize("count", [1, 3])
def test_people_are_listed_by_the_same_statements(
    city_administrator, count, django_assert_num_queries
):
    for n in range(count):
        User.objects.create_user(f"expert{n}", password="x")
    client = signed_in(city_administrator)
    client.get("/admin/users/")
    with django_assert_num_queries(12):
        client.get("/admin/users/")


def test_administrator_reaches_neither_parents_nor_superusers(
    city_administrator, superuser, chen_jing
):
    client = signed_in(city_administrator)
    for person in (superuser, chen_jing):
        form = fields(username="taken", password1=PASSWORD + "2", password2=PASSWORD + "2")
        assert client.post(f"/admin/users/edit/{person.pk}/", form).status_code == 404
        pages = [f"/admin/users/{page}/{person.pk}/" for page in ("edit", "history", "usage")]
        assert [client.get(page).status_code for page in pages] == [404] * 3
        action = f"/admin/bulk/accounts/user/set_active_state/?id={person.pk}"
        client.post(action, {"mark_as_active": "False"})
        client.post(f"/admin/users/delete/{person.pk}/")
        person.refresh_from_db()
        assert (person.username != "taken", person.is_active) == (True, True)
    assert superuser.check_password(PASSWORD)


def test_administrator_makes_no_superusers(city_administrator, professor_lin):
    client = signed_in(city_administrator)
    client.post(f"/admin/users/edit/{professor_lin.pk}/", fields(is_superuser="on"))
    new = fields(username="new", is_superuser="on", password1=PASSWORD, password2=PASSWORD)
    client.post("/admin/users/new/", new)
    assert list(User.objects.values_list("username", "is_superuser").order_by("username")) == [
        ("lin", False),
        ("new", False),
        ("shi", False),
    ]


def test_superuser_makes_superusers(superuser, professor_lin):
    signed_in(superuser).post(f"/admin/users/edit/{professor_lin.pk}/", fields(is_superuser="on"))
    professor_lin.refresh_from_db()
    assert professor_lin.is_superuser


def test_own_account_in_the_admin_asks_for_one_name(professor_lin):
    client = signed_in(professor_lin)
    page = client.get("/admin/account/").content.decode()
    assert re.findall(r'name="name_email-(\w+)"', page) == ["name", "email"]


def test_own_account_page_in_the_admin_saves_the_name(professor_lin):
    client = signed_in(professor_lin)
    page = client.get("/admin/account/").content.decode()
    form = dict.fromkeys(
        re.findall(r'name="((?:locale|theme|avatar|notifications)-\w+)"', page), ""
    )
    client.post(
        "/admin/account/",
        {
            **form,
            "name_email-name": "林如海",
            "name_email-email": "lin@school.example",
            "theme-theme": "system",
            "theme-contrast": "system",
            "theme-density": "default",
            "theme-keyboard_shortcuts": "on",
        },
    )
    professor_lin.refresh_from_db()
    assert (professor_lin.name, professor_lin.email) == ("林如海", "lin@school.example")


def test_staff_sign_in(client, professor_lin):
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert client.session["_auth_user_id"] == str(professor_lin.pk)
    assert client.session.get_expire_at_browser_close()


@pytest.mark.parametrize(
    ("typed", "arrives"),
    [("/admin/users/", "/admin/users/"), ("https://evil.example/", "/admin/")],
)
def test_staff_sign_in_next(client, professor_lin, typed, arrives):
    assert sign_in(client, next=typed)["Location"] == arrives


@pytest.mark.parametrize(("username", "password"), [("lin", "wrong"), ("nobody", PASSWORD)])
def test_staff_sign_in_wrong(client, professor_lin, username, password):
    response = sign_in(client, username, password)
    assert (response.status_code, "_auth_user_id" in client.session) == (200, False)
    assert len(response.context["form"].non_field_errors()) == 1


def test_staff_sign_in_of_a_parent_has_no_password(client, chen_jing):
    for password in ("", "!", chen_jing.password):
        sign_in(client, chen_jing.username, password)
        assert "_auth_user_id" not in client.session


def test_staff_sign_in_after_five_wrong_passwords(client, professor_lin):
    for _ in range(5):
        sign_in(client, password="wrong")
    sign_in(client)
    assert "_auth_user_id" not in client.session


def test_staff_sign_in_is_refused_without_csrf_token(professor_lin):
    assert sign_in(Client(enforce_csrf_checks=True)).status_code == 403


def test_staff_page_when_already_signed_in(professor_lin):
    client = signed_in(professor_lin)
    assert client.get("/account/staff/")["Location"] == "/admin/"
    assert client.get("/account/staff/?next=/courses/")["Location"] == "/courses/"


def test_staff_page_escapes_the_name_of_a_parent(chen_jing):
    chen_jing.name = "<script>alert(1)</script>"
    chen_jing.save()
    page = signed_in(chen_jing).get("/account/staff/").content.decode()
    assert ("<script>alert" in page, "&lt;script&gt;alert(1)" in page) == (False, True)


def test_sign_out_of_the_admin_leads_to_the_staff_page(professor_lin):
    response = signed_in(professor_lin).post("/admin/logout/", follow=True)
    assert response.redirect_chain[-1][0] == "/account/staff/"


def test_staff_sign_in_by_code_leads_to_the_admin_too(client, outbox, professor_lin):
    client.post("/account/sign-in/", {"phone": "13800138070", "consent": "on"})
    response = client.post("/account/code/", {"code": outbox.code})
    assert response["Location"] == "/admin/"
