"""A misspelt name on a certificate: mended by its holder alone, with a trace."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from learners.accounts import closing
from learners.accounts.export import everything_about
from learners.study.certificates import issuing
from learners.study.certificates.names import BadName
from learners.study.models import Certificate, CertificateCorrection
from tests.learners.study.conftest import finished_run


@pytest.fixture
def certificate(course, article_lesson, chen_jing):
    return issuing.issue(finished_run(chen_jing, course), "陈晶")


def place(certificate):
    return f"/learn/certificates/{certificate.pk}/name/"


def test_holder_corrects_the_name_under_the_same_number(client, certificate, chen_jing):
    client.force_login(chen_jing)
    page = client.get(place(certificate))
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert 'value="陈晶"' in page.content.decode()
    answer = client.post(place(certificate), {"name": " 陈  静怡 "})
    assert answer["Location"] == f"/learn/certificates/{certificate.pk}/"
    kept = Certificate.objects.get()
    assert (kept.number, kept.name, kept.masked_name) == (certificate.number, "陈 静怡", "陈*怡")
    trace = CertificateCorrection.objects.get()
    assert (trace.certificate, trace.former_name, trace.former_masked) == (kept, "陈晶", "陈*")


def test_check_shows_the_new_masked_name_and_the_day(client, certificate):
    before = client.get(certificate.get_check_url())
    assert before.context["corrected_at"] is None
    issuing.correct(certificate, "陈静怡")
    after = client.get(certificate.get_check_url())
    text = after.content.decode()
    assert after.context["corrected_at"] == CertificateCorrection.objects.get().corrected_at
    assert ("陈*怡" in text, "陈静怡" in text, "陈晶" in text) == (True, False, False)


def test_owner_sees_what_stood_there_before(client, certificate, chen_jing):
    issuing.correct(certificate, "陈静怡")
    client.force_login(chen_jing)
    text = client.get(f"/learn/certificates/{certificate.pk}/").content.decode()
    assert ("陈静怡" in text, "陈晶" in text) == (True, True)


def test_nobody_else_corrects_it(client, certificate, li_wei):
    assert client.post(place(certificate), {"name": "李伟"})["Location"].startswith(
        "/account/sign-in/"
    )
    client.force_login(li_wei)
    assert client.get(place(certificate)).status_code == 404
    assert client.post(place(certificate), {"name": "李伟"}).status_code == 404
    assert Certificate.objects.get().name == "陈晶"
    assert not CertificateCorrection.objects.exists()


def test_revoked_one_is_not_corrected(client, certificate, chen_jing, li_wei):
    issuing.revoke(certificate, "他人代学", li_wei)
    client.force_login(chen_jing)
    assert client.get(place(certificate)).status_code == 404
    assert client.post(place(certificate), {"name": "陈静怡"}).status_code == 404
    page = client.get(f"/learn/certificates/{certificate.pk}/").content.decode()
    assert place(certificate) not in page
    assert Certificate.objects.get().name == "陈晶"


def test_one_revoked_meanwhile_is_not_corrected(
    client, certificate, chen_jing, li_wei, monkeypatch
):
    correct = issuing.correct

    def late(found, name):
        issuing.revoke(found, "他人代学", li_wei)
        return correct(found, name)

    monkeypatch.setattr(issuing, "correct", late)
    client.force_login(chen_jing)
    assert client.post(place(certificate), {"name": "陈静怡"}).status_code == 404
    assert Certificate.objects.get().name == "陈晶"


def test_same_name_leaves_no_trace(certificate):
    assert issuing.correct(certificate, " 陈晶 ") is False
    assert not CertificateCorrection.objects.exists()


def test_bad_name_changes_nothing(client, certificate, chen_jing):
    client.force_login(chen_jing)
    page = client.post(place(certificate), {"name": "张\u202e华"})
    assert len(page.context["form"].errors["name"]) == 1
    with pytest.raises(BadName):
        issuing.correct(certificate, "张\u202e华")
    assert Certificate.objects.get().name == "陈晶"


def test_name_with_markup_stays_text(client, certificate, chen_jing):
    client.force_login(chen_jing)
    page = client.post(place(certificate), {"name": "<b>陈</b>"}, follow=True)
    text = page.content.decode()
    assert ("&lt;b&gt;陈&lt;/b&gt;" in text, "<b>陈" in text) == (True, False)


def test_fourth_correction_in_thirty_days_has_to_wait(client, certificate, chen_jing):
    client.force_login(chen_jing)
    for name in ("陈静", "陈京", "陈婧"):
        assert client.post(place(certificate), {"name": name}).status_code == 302
    refused = client.post(place(certificate), {"name": "陈敬"})
    assert refused.status_code == 429
    assert Certificate.objects.get().name == "陈婧"
    long_ago = timezone.now() - timedelta(days=31)
    first = CertificateCorrection.objects.earliest("pk")
    CertificateCorrection.objects.filter(pk=first.pk).update(corrected_at=long_ago)
    assert client.post(place(certificate), {"name": "陈敬"}).status_code == 302
    assert Certificate.objects.get().name == "陈敬"


def test_corrections_of_others_do_not_count(course, certificate, li_wei):
    other = issuing.issue(finished_run(li_wei, course), "李伟")
    for name in ("李玮", "李炜", "李纬"):
        issuing.correct(other, name)
    assert issuing.correct(certificate, "陈静") is True


def test_former_name_is_encrypted_and_goes_with_the_account(client, certificate, chen_jing):
    issuing.correct(certificate, "陈静")
    with connection.cursor() as cursor:
        cursor.execute("SELECT former_name FROM study_certificatecorrection")
        assert "陈" not in cursor.fetchone()[0]
    told = everything_about(chen_jing)["certificates"][0]["former_names"]
    assert [former["name"] for former in told] == ["陈晶"]
    closing.close_account(chen_jing)
    trace = CertificateCorrection.objects.get()
    assert (trace.former_name, trace.former_masked) == ("", "陈*")
    assert client.get(certificate.get_check_url()).status_code == 200


@pytest.mark.parametrize("often", [1, 3])
def test_check_takes_no_more_statements_for_many_corrections(
    client, certificate, django_assert_num_queries, often
):
    for name in ("陈静", "陈京", "陈婧")[:often]:
        issuing.correct(certificate, name)
    client.get("/certificates/")
    with django_assert_num_queries(2):
        client.get(certificate.get_check_url())


def test_city_sees_masked_history(client, certificate, home):
    from django.contrib.auth.models import Group
    from django.core.management import call_command

    from learners.accounts.models import User
    from learners.accounts.roles import CITY_ADMINISTRATORS

    call_command("prepare_school")
    issuing.correct(certificate, "陈静怡")
    city = User.objects.create(username="city", name="市管理员")
    city.groups.add(Group.objects.get(name=CITY_ADMINISTRATORS))
    client.force_login(city)
    text = client.get(f"/admin/certificates/?number={certificate.number}").content.decode()
    assert ("陈*" in text, "陈晶" in text, "陈静怡" in text) == (True, False, False)
