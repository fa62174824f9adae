from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from learners.accounts import closing
from learners.accounts.export import everything_about
from learners.accounts.roles import CITY_ADMINISTRATORS
from learners.study import enrolment
from learners.study.certificates import issuing
from learners.study.certificates.numbers import parse, shown
from learners.study.models import Certificate, Enrolment
from tests.learners.study.conftest import FINISHED, finished_run, video_lesson


@pytest.fixture
def run(course, article_lesson, lesson, chen_jing):
    """陈静 finished a text of 120 seconds and a video of 100, of which one is not required."""
    lesson.required = False
    lesson.save_revision().publish()
    return finished_run(chen_jing, course, completed_offline=True)


def test_certificate_copies_what_could_change(run, course):
    certificate = issuing.issue(run, " 陈静 ")
    course.title = "另一个名字"
    course.save_revision().publish()
    kept = Certificate.objects.get()
    assert kept == certificate
    assert (kept.name, kept.masked_name) == ("陈静", "陈*")
    assert (kept.course_title, kept.minutes) == ("手机与孩子：立规矩，不伤感情", 4)
    assert (kept.completed_at, kept.offline) == (FINISHED, True)
    assert kept.rules_version == run.requirements.version
    assert [(rule["title"], rule["required"], rule["done"]) for rule in kept.lessons] == [
        ("为什么一收手机就吵", True, True),
        ("第 one 课", False, True),
    ]
    assert parse(kept.number) == kept.number
    assert kept.number[:4] == str(timezone.localtime(FINISHED).year)


def test_lesson_that_was_not_needed_adds_no_minutes(course, article_lesson, lesson, chen_jing):
    lesson.required = False
    lesson.save_revision().publish()
    kept = issuing.issue(finished_run(chen_jing, course, lessons=[article_lesson]), "陈静")
    assert [rule["done"] for rule in kept.lessons] == [True, False]
    assert kept.minutes == 2


def test_run_without_recorded_rules_gets_the_present_ones(run):
    Enrolment.objects.update(requirements=None)
    kept = issuing.issue(Enrolment.objects.get(), "陈静")
    assert (kept.rules_version, len(kept.lessons)) == (run.requirements.version, 2)


def test_second_tap_finds_the_first_certificate(run):
    first = issuing.issue(run, "陈静")
    second = issuing.issue(run, "陈小静")
    assert first == second
    assert Certificate.objects.get().name == "陈静"


def test_database_keeps_one_certificate_a_run(run):
    kept = issuing.issue(run, "陈静")
    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.create(
            number="X" * 16,
            enrolment=run,
            course_title="x",
            minutes=1,
            completed_at=FINISHED,
            offline=False,
            rules_version=1,
            lessons=[],
        )
    assert Certificate.objects.get() == kept


def test_each_run_has_its_own_certificate(run, course, chen_jing):
    first = issuing.issue(run, "陈静")
    enrolment.start_again(chen_jing, course)
    Enrolment.objects.filter(run=2).update(completed_at=timezone.now())
    second = issuing.issue(Enrolment.objects.get(run=2), "陈静")
    assert Certificate.objects.of(chen_jing).count() == 2
    assert first.number != second.number


def test_year_of_a_number_is_that_of_the_city(course, article_lesson, chen_jing):
    new_year = datetime(2027, 1, 1, 0, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    kept = issuing.issue(finished_run(chen_jing, course, at=new_year), "陈静")
    assert kept.number[:4] == "2027"


def test_name_is_encrypted_at_rest(run):
    issuing.issue(run, "陈静")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM study_certificate")
        assert "陈" not in cursor.fetchone()[0]


def test_name_suggested_is_the_last_one_else_that_of_the_account(run, chen_jing, li_wei):
    assert issuing.last_name(chen_jing) == "陈静"
    issuing.issue(run, "陈静怡")
    assert (issuing.last_name(chen_jing), issuing.last_name(li_wei)) == (
        "陈静怡",
        "李伟",
    )


def test_revoking_keeps_who_when_and_why(run, li_wei):
    certificate = issuing.issue(run, "陈静")
    assert issuing.revoke(certificate, "他人代学", li_wei) is True
    assert issuing.revoke(certificate, "再来一次", li_wei) is False
    kept = Certificate.objects.revoked().get()
    assert (kept.revoked_reason, kept.revoked_by) == ("他人代学", li_wei)
    entry = ModelLogEntry.objects.get(action=issuing.REVOKED)
    assert (entry.user_id, entry.object_id, entry.data) == (
        li_wei.pk,
        str(kept.pk),
        {"reason": "他人代学"},
    )
    assert entry.label == shown(kept.number)


def test_database_wants_a_reason_for_revoking(run):
    issuing.issue(run, "陈静")
    for fields in ({"revoked_at": timezone.now()}, {"revoked_reason": "无时间"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Certificate.objects.update(**fields)


def test_export_holds_ones_own_certificates_alone(run, course, chen_jing, li_wei):
    certificate = issuing.issue(run, "陈静")
    issuing.issue(finished_run(li_wei, course), "李伟")
    assert everything_about(chen_jing)["certificates"] == [
        {
            "number": shown(certificate.number),
            "name": "陈静",
            "former_names": [],
            "course": "手机与孩子：立规矩，不伤感情",
            "minutes": 4,
            "finished_at": timezone.localtime(FINISHED).isoformat(),
            "issued_at": timezone.localtime(certificate.issued_at).isoformat(),
            "partly_offline": True,
            "revoked": False,
            "revoked_reason": "",
        }
    ]


def test_closing_the_account_leaves_the_masked_name(client, run, chen_jing):
    certificate = issuing.issue(run, "陈静")
    closing.close_account(chen_jing)
    kept = Certificate.objects.get()
    assert (kept.name, kept.masked_name, kept.holder) == ("", "陈*", "陈*")
    response = client.get(certificate.get_check_url())
    assert response.status_code == 200
    assert "陈*" in response.content.decode()


def test_only_the_citys_role_gets_the_rights(home):
    from django.core.management import call_command

    call_command("prepare_school")
    call_command("prepare_school")
    city = Group.objects.get(name=CITY_ADMINISTRATORS)
    rights = ["revoke_certificate", "view_course_statistics"]
    assert (
        sorted(
            city.permissions.filter(content_type__app_label="study").values_list(
                "codename", flat=True
            )
        )
        == rights
    )
    others = Group.objects.exclude(pk=city.pk)
    assert not others.filter(permissions__codename__in=rights).exists()


def test_course_with_certificates_cannot_lose_their_rows(run):
    issuing.issue(run, "陈静")
    with pytest.raises(Exception, match="protected"):
        run.delete()
    assert Certificate.objects.count() == 1


def test_certificate_of_a_course_with_a_video_alone(course, chen_jing):
    video_lesson(course, "long", seconds=1800)
    kept = issuing.issue(finished_run(chen_jing, course), "陈静")
    assert kept.minutes == 30
