import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import ModelLogEntry

from learners.accounts.models import User
from learners.accounts.roles import CITY_ADMINISTRATORS, EDITORS
from learners.study.certificates import issuing
from learners.study.certificates.numbers import shown
from learners.study.models import Certificate
from tests.learners.study.conftest import finished_run


@pytest.fixture
def certificate(course, article_lesson, chen_jing):
    call_command("prepare_school")
    return issuing.issue(finished_run(chen_jing, course), "陈美静")


def member(role, username):
    user = User.objects.create_user(username, password="a-good-long-password", name=role)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def city(certificate):
    return member(CITY_ADMINISTRATORS, "shi")


def test_city_finds_a_certificate_by_number_with_the_name_masked(client, certificate, city):
    client.force_login(city)
    response = client.get("/admin/certificates/", {"number": shown(certificate.number)})
    assert response.context["found"] == certificate
    assert "陈*静" in response.content.decode()
    assert "陈美静" not in response.content.decode()


@pytest.mark.parametrize("number", ["", "2026-0000-0000-0000"])
def test_wrong_number_finds_nothing(client, certificate, city, number):
    client.force_login(city)
    response = client.get("/admin/certificates/", {"number": number})
    assert (response.status_code, response.context["found"]) == (200, None)


def test_page_lists_only_the_revoked(client, certificate, city):
    client.force_login(city)
    page = client.get("/admin/certificates/")
    assert list(page.context["revoked"]) == []
    assert shown(certificate.number) not in page.content.decode()
    issuing.revoke(certificate, "他人代学", city)
    assert list(client.get("/admin/certificates/").context["revoked"]) == [certificate]


def test_city_revokes_for_a_reason(client, certificate, city):
    client.force_login(city)
    address = f"/admin/certificates/{certificate.number}/revoke/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": " "}).status_code == 200
    assert not Certificate.objects.revoked().exists()
    assert client.post(address, {"reason": "他人代学"})["Location"] == "/admin/certificates/"
    client.post(address, {"reason": "第二次"})
    kept = Certificate.objects.get()
    assert (kept.revoked_reason, kept.revoked_by) == ("他人代学", city)
    assert ModelLogEntry.objects.filter(action=issuing.REVOKED, user=city).count() == 1
    report = client.get("/admin/reports/site-history/")
    assert report.status_code in (200, 302)


def test_unknown_number_cannot_be_revoked(client, certificate, city):
    client.force_login(city)
    assert client.post("/admin/certificates/XXXX/revoke/", {"reason": "x"}).status_code == 404


def test_editors_and_parents_may_not(client, certificate, chen_jing):
    for user in (member(EDITORS, "bianji"), chen_jing):
        client.force_login(user)
        for address in ("", f"{certificate.number}/revoke/"):
            response = client.post(f"/admin/certificates/{address}", {"reason": "x"})
            assert response.status_code in (302, 403)
            assert not response.get("Location", "").startswith("/admin/certificates/")
    assert not Certificate.objects.revoked().exists()


def test_menu_shows_the_way_to_those_who_may(client, certificate, city):
    for user, shown_items in ((city, True), (member(EDITORS, "bianji"), False)):
        client.force_login(user)
        menu = client.get("/admin/").content.decode()
        assert ("/admin/certificates/" in menu) is shown_items
        assert ("/statistics/courses/" in menu) is shown_items


@pytest.mark.parametrize("number", [1, 3])
def test_list_takes_the_same_queries_for_any_number(
    client, course, certificate, city, number, settings, django_assert_num_queries
):
    from tests.conftest import person

    for n in range(number):
        other = issuing.issue(finished_run(person(f"家长{n}"), course), "王芳")
        issuing.revoke(other, "测试", city)
    client.force_login(city)
    client.get("/admin/certificates/")
    session = 0 if settings.SESSION_ENGINE.endswith("cached_db") else 1
    with django_assert_num_queries(10 + session):
        client.get("/admin/certificates/")
