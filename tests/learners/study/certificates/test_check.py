import pytest
from django.core.cache import cache

from learners.study.certificates import issuing
from learners.study.certificates.numbers import check_symbol, shown
from learners.study.models import Certificate
from tests.learners.study.conftest import finished_run

BODY = "20267K3M9XQ24TB"
UNKNOWN = shown(BODY + check_symbol(BODY))


@pytest.fixture
def certificate(course, article_lesson, chen_jing):
    cache.clear()
    return issuing.issue(finished_run(chen_jing, course), "陈美静")


def test_valid_certificate_is_shown_with_the_name_masked(client, certificate, chen_jing):
    response = client.get(certificate.get_check_url())
    text = response.content.decode()
    assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
    assert "陈*静" in text
    assert "陈美静" not in text
    assert shown(certificate.number) in text
    assert certificate.course_title in text
    client.force_login(chen_jing)
    assert client.get(certificate.get_check_url()).content.decode() == text


def test_revoked_certificate_says_so_and_not_why(client, certificate, li_wei):
    issuing.revoke(certificate, "他人代学", li_wei)
    response = client.get(certificate.get_check_url())
    assert response.status_code == 410
    assert response.context["certificate"].revoked_at is not None
    assert "他人代学" not in response.content.decode()


def test_number_as_typed_leads_to_its_address(client, certificate):
    typed = certificate.number.lower()
    for address in (f"/certificates/{typed}/", f"/certificates/?number={typed[:4]} {typed[4:]}"):
        assert client.get(address)["Location"] == certificate.get_check_url()


@pytest.mark.parametrize(
    "number", [UNKNOWN, "2026-0000-0000-0000", "abc", "%27%20OR%201=1", "<b>", "字" * 300]
)
def test_forged_or_mistyped_number_is_unknown(client, certificate, number):
    response = client.get(f"/certificates/{number}/")
    assert response.status_code == 404
    assert next(template.name for template in response.templates) == "certificates/unknown.html"
    assert "陈" not in response.content.decode()


def test_mistyped_number_in_the_form_is_told(client, certificate):
    wrong = certificate.number[:-1] + ("0" if certificate.number[-1] != "0" else "1")
    response = client.get("/certificates/", {"number": wrong})
    assert response.status_code == 400
    assert len(response.context["form"].errors["number"]) == 1
    assert client.get("/certificates/", {"number": ""}).status_code == 400
    assert client.get("/certificates/").status_code == 200


def test_guessing_is_stopped_and_real_checks_do_not_count(client, certificate, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "certificate_miss": "3/10m/ip"}
    for _check in range(5):
        assert client.get(certificate.get_check_url()).status_code == 200
    answers = [client.get(f"/certificates/{UNKNOWN}/").status_code for _miss in range(4)]
    assert answers == [404, 404, 404, 429]
    assert client.get(certificate.get_check_url()).status_code == 429
    other = {"REMOTE_ADDR": "198.51.100.7"}
    assert client.get(certificate.get_check_url(), **other).status_code == 200


def test_check_takes_two_statements(client, certificate, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(certificate.get_check_url())


def test_check_never_reads_the_name(client, certificate):
    Certificate.objects.update(name="")
    assert "陈*静" in client.get(certificate.get_check_url()).content.decode()
