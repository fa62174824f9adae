"""A closed account, from the download before it to the new person with the same number."""

import json

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.utils.translation import gettext as words
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from cms.models import ExpertIndexPage, ExpertPage
from courses.models import CoursePage
from learners.accounts import closing
from learners.accounts.models import Consent, User
from learners.study import clock, shelf
from learners.study.models import Enrolment, QuizAttempt
from tests.learners.accounts.conftest import ask, enter
from tests.learners.study.conftest import QUIZ as QUESTIONS
from tests.learners.study.conftest import Clock, post, right_answers, video_lesson


@pytest.fixture
def time(monkeypatch):
    moved = Clock()
    monkeypatch.setattr(clock, "now", moved)
    return moved


@pytest.fixture
def lesson(course):
    return video_lesson(course, "quizzed", quiz=QUESTIONS)


@pytest.fixture
def mother(client, outbox, chen_jing):
    """陈静, signed in by code."""
    ask(client, "13800138001")
    enter(client, outbox.code)
    return client


@pytest.fixture
def token(mother, lesson, time):
    """Of a lesson she watched to the end, with its quiz; she saved the course, too."""
    course = CoursePage.objects.get()
    post(mother, "/learn/enrol/", course=course.pk)
    token = mother.get(f"/learn/state/{lesson.pk}/").json()["lesson"]["token"]
    time.advance(60)
    assert watch(token, lesson).status_code == 200
    answers = right_answers(lesson)
    assert answer(token, lesson, answers).json()["course_completed"]
    shelf.save(User.objects.get(), course.resourcepage_ptr, True)
    return token


def watch(token, lesson):
    return post(Client(), "/learn/progress/", token=token, lesson=lesson.pk, played=[[0, 95]])


def answer(token, lesson, answers):
    return post(Client(), "/learn/quiz/", token=token, lesson=lesson.pk, answers=answers)


def close(client, confirmation="8001"):
    return client.post("/account/close/", {"confirmation": confirmation})


def rows():
    """Every row of every table as text; what sessions hold is unpacked."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            yield from ((table, repr(row)) for row in cursor.fetchall())
    yield from (("sessions", repr(session.get_decoded())) for session in Session.objects.all())


def tables_with(*traces):
    return sorted({table for table, row in rows() if any(trace in row for trace in traces)})


def traces_of(user):
    """The number stands nowhere in plain; its hash and the random names would lead back."""
    public_id = str(user.public_id)
    names = [user.name, user.phone_hash, user.username, public_id, public_id.replace("-", "")]
    return [*names, user.phone, user.phone[3:], user.masked_phone]


def test_close_leaves_nothing_personal_in_any_table(mother, token, chen_jing):
    user = User.objects.get()
    ModelLogEntry.objects.create(
        content_type=ContentType.objects.get_for_model(User),
        object_id=str(user.pk),
        label=user.name,
        action="wagtail.edit",
        timestamp=user.date_joined,
        data={"name": user.name},
    )
    traces = traces_of(user)
    assert tables_with(*traces) == ["accounts_user", "wagtailcore_modellogentry"]
    assert close(mother)["Location"] == "/account/closed/"
    assert tables_with(*traces) == []
    assert (QuizAttempt.objects.count(), Consent.objects.count()) == (0, 0)


def test_close_keeps_the_completion_of_nobody(mother, token, chen_jing):
    close(mother)
    enrolment = Enrolment.objects.get()
    assert (enrolment.completed_at is not None, enrolment.user.get_full_name()) == (
        True,
        words("A parent"),
    )


def test_close_ends_learning_tokens_and_every_session(mother, token, lesson, chen_jing):
    tablet = Client()
    tablet.force_login(User.objects.get())
    close(mother)
    answers = [watch(token, lesson), answer(token, lesson, right_answers(lesson))]
    answers.append(post(tablet, "/learn/enrol/", course=CoursePage.objects.get().pk))
    assert [(a.status_code, a.json()["error"]["code"]) for a in answers] == [
        (401, "signed-out")
    ] * 3
    assert tablet.get("/learn/")["Location"] == "/account/sign-in/?next=/learn/"
    assert Enrolment.objects.get().progress.get().covered == ""


def test_sign_out_everywhere_ends_learning_tokens_and_every_session(
    mother, token, lesson, chen_jing
):
    tablet = Client()
    tablet.force_login(User.objects.get())
    mother.post("/account/sign-out-everywhere/")
    answers = [watch(token, lesson), answer(token, lesson, right_answers(lesson))]
    assert [a.status_code for a in answers] == [401, 401]
    assert tablet.get("/learn/")["Location"] == "/account/sign-in/?next=/learn/"
    assert Enrolment.objects.get().progress.get().covered == "0-95"


def test_closed_number_begins_as_somebody_new(mother, token, chen_jing, outbox, lesson):
    close(mother)
    cache.clear()  # else the number must wait a minute for another code
    again = Client()
    ask(again, "13800138001")
    enter(again, outbox.code)
    person = User.objects.get(is_active=True)
    assert (person.pk == chen_jing.pk, person.phone) == (False, "+8613800138001")
    told = again.get("/account/download/").json()
    assert (told["enrolments"], told["saved"], told["read_by_staff"]) == ([], [], [])
    assert again.get(f"/learn/state/{lesson.pk}/").json()["lesson"]["covered"] == []


def test_download_before_closing_held_what_was_erased(mother, token, chen_jing):
    told = json.loads(mother.get("/account/download/").content)
    (enrolment,) = told["enrolments"]
    (learned,) = enrolment["lessons"]
    assert (learned["covered"], len(learned["quiz_attempts"])) == ("0-95", 1)
    assert (len(told["saved"]), len(told["consents"]), told["account"]["phone"]) == (
        1,
        1,
        "+8613800138001",
    )


def test_close_of_an_expert_leaves_the_work_and_takes_the_portrait(
    home, django_capture_on_commit_callbacks
):
    user = User.objects.create_user("lin-ruhai", password="a-good-long-password", name="林教授")
    experts = home.add_child(instance=ExpertIndexPage(title="专家", slug="experts"))
    page = experts.add_child(instance=ExpertPage(title="林", slug="lin", owner=user, user=user))
    profile = UserProfile.get_for_user(user)
    profile.avatar.save("lin.png", ContentFile(b"a portrait"))
    page.subscribers.create(user=user, comment_notifications=True)
    portrait = profile.avatar.name
    traces = [user.name, user.username, str(user.public_id), user.public_id.hex]
    with django_capture_on_commit_callbacks(execute=True):
        closing.close_account(user)
    page.refresh_from_db()
    assert (page.live, page.owner, page.user) == (True, user, None)
    assert (default_storage.exists(portrait), UserProfile.objects.count()) == (False, 0)
    assert page.subscribers.count() == 0
    assert tables_with(*traces) == []


def test_every_ground_that_knows_people_lets_them_take_it_away_and_erases_it(settings):
    """A new model that points to a person: write export() and erase() in its app's personal.py."""
    know = {
        field.related_model._meta.app_config.name
        for field in User._meta.get_fields(include_hidden=True)
        if field.auto_created and field.related_model
    }
    ours = {name for name in know if name.startswith("learners.")}
    kept_by = {name.rpartition(".")[0] for name in settings.PERSONAL_DATA}
    assert kept_by == ours
    assert all(apps.is_installed(name) for name in kept_by)
