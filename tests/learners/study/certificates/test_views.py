import uuid

import pytest

from learners.study.certificates import issuing
from learners.study.models import Certificate, Enrolment
from tests.learners.study.conftest import finished_run


@pytest.fixture
def run(course, article_lesson, chen_jing):
    return finished_run(chen_jing, course)


@pytest.fixture
def certificate(run):
    return issuing.issue(run, "陈静")


def claim(run):
    return f"/learn/certificates/{run.course_id}/{run.run}/"


def test_first_certificate_asks_for_the_name(client, run, chen_jing):
    client.force_login(chen_jing)
    page = client.get(claim(run))
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert 'value="陈静"' in page.content.decode()
    assert not Certificate.objects.exists()
    response = client.post(claim(run), {"name": " 陈  静怡 "})
    certificate = Certificate.objects.get()
    assert response["Location"] == f"/learn/certificates/{certificate.pk}/"
    assert certificate.name == "陈 静怡"


def test_double_tap_and_second_tab_make_one(client, run, chen_jing):
    client.force_login(chen_jing)
    places = {client.post(claim(run), {"name": name})["Location"] for name in ("陈静", "别人")}
    certificate = Certificate.objects.get()
    assert places == {f"/learn/certificates/{certificate.pk}/"}
    assert certificate.name == "陈静"
    assert client.get(claim(run))["Location"] in places


@pytest.mark.parametrize("name", ["", "  ", "张\u202e华", "字" * 31, "字" * 61])
def test_bad_name_is_told_and_makes_nothing(client, run, chen_jing, name):
    client.force_login(chen_jing)
    page = client.post(claim(run), {"name": name})
    assert page.status_code == 200
    assert len(page.context["form"].errors["name"]) == 1
    assert not Certificate.objects.exists()


def test_name_with_markup_is_text(client, run, chen_jing):
    client.force_login(chen_jing)
    page = client.post(claim(run), {"name": "<b>陈</b>"}, follow=True)
    text = page.content.decode()
    assert "&lt;b&gt;陈&lt;/b&gt;" in text
    assert "<b>陈" not in text
    assert Certificate.objects.get().masked_name == "<***>"


def test_unfinished_run_and_that_of_somebody_else_are_not_found(
    client, run, course, chen_jing, li_wei
):
    client.force_login(li_wei)
    assert client.get(claim(run)).status_code == 404
    assert client.post(claim(run), {"name": "李伟"}).status_code == 404
    client.force_login(chen_jing)
    Enrolment.objects.update(completed_at=None)
    assert client.post(claim(run), {"name": "陈静"}).status_code == 404
    assert not Certificate.objects.exists()


@pytest.mark.parametrize("part", ["", "certificate.png", "certificate.pdf"])
def test_certificate_is_for_its_owner_alone(client, certificate, chen_jing, li_wei, part):
    address = f"/learn/certificates/{certificate.pk}/{part}"
    assert client.get(address)["Location"].startswith("/account/sign-in/")
    client.force_login(li_wei)
    assert client.get(address).status_code == 404
    client.force_login(chen_jing)
    response = client.get(address)
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert client.post(address).status_code == 405


def test_unknown_certificate_is_not_found(client, chen_jing):
    client.force_login(chen_jing)
    assert client.get(f"/learn/certificates/{uuid.uuid4()}/").status_code == 404


def test_page_tells_everything_it_was_earned_with(client, certificate, chen_jing, settings):
    settings.SITE_URL = "https://school.example"
    client.force_login(chen_jing)
    context = client.get(f"/learn/certificates/{certificate.pk}/").context
    assert context["address"] == f"https://school.example{certificate.get_check_url()}"
    assert [lesson["title"] for lesson in context["certificate"].lessons] == ["为什么一收手机就吵"]
    assert context["qr"].startswith("<svg")


def test_course_unpublished_afterwards_changes_nothing(client, certificate, course, chen_jing):
    course.unpublish()
    client.force_login(chen_jing)
    for part in ("", "certificate.png", "certificate.pdf"):
        assert client.get(f"/learn/certificates/{certificate.pk}/{part}").status_code == 200
    history = client.get("/learn/history/").content.decode()
    assert f"/learn/certificates/{certificate.pk}/" in history
    assert f'href="{course.get_url()}"' not in history


def test_revoked_certificate_says_why_to_its_owner(client, certificate, chen_jing, li_wei):
    issuing.revoke(certificate, "他人代学", li_wei)
    client.force_login(chen_jing)
    page = client.get(f"/learn/certificates/{certificate.pk}/").content.decode()
    assert "他人代学" in page


def test_finished_course_leads_to_its_certificate(client, run, course, chen_jing):
    client.force_login(chen_jing)
    state = client.get(f"/learn/state/{course.pk}/").json()
    assert state["course"]["certificate"] == claim(run)
    assert f'href="{claim(run)}"' in client.get("/learn/").content.decode()
