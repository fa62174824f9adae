"""A changed course tells enrolled parents what is new, and takes no completion back."""

from datetime import timedelta

import pytest
from django.utils import timezone

from courses import release
from courses.models import CoursePage
from learners.study import shelf
from learners.study.models import Enrolment
from tests.conftest import person
from tests.learners.study.conftest import finished_run

pytestmark = pytest.mark.django_db


def test_parent_reads_what_is_new_and_stays_finished(client, chen_jing, li_wei, course, lesson):
    finished_run(chen_jing, course, at=timezone.now() - timedelta(days=1))
    before = Enrolment.objects.get().completed_at
    editor = person("编辑", username="editor", is_staff=True, is_superuser=True)
    release.publish(CoursePage.objects.get(), editor, release.Plan(news="第一课换了新视频"))
    client.force_login(chen_jing)
    announced = client.get("/learn/").context["announced"]
    assert [card.announced for card in announced] == ["第一课换了新视频"]
    assert Enrolment.objects.get().completed_at == before
    client.force_login(li_wei)
    assert client.get("/learn/").context["announced"] == []


def test_who_enrols_after_it_is_told_nothing(chen_jing, course, lesson):
    editor = person("编辑", username="editor", is_staff=True, is_superuser=True)
    release.publish(CoursePage.objects.get(), editor, release.Plan(news="第一课换了新视频"))
    Enrolment.objects.create(user=chen_jing, course=course, enrolled_at=timezone.now())
    assert [card.announced for card in shelf.cards(chen_jing)] == [""]
