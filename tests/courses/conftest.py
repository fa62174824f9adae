"""An expert with a course of their own, another expert, and the editors who decide."""

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from cms.models import AgeStage
from courses.models import CourseIndexPage, CoursePage, LessonPage
from learners.accounts.roles import EDITORS, EXPERTS, ensure_roles
from media.models import CaptionTrack, Recording
from tests.conftest import person

QUIZ = [
    (
        "single",
        {
            "text": "先做什么？",
            "options": [
                {"text": "一起写规则", "correct": True},
                {"text": "直接没收", "correct": False},
            ],
            "explanation": "孩子参与写下的规则，更愿意遵守。",
        },
    )
]


@pytest.fixture
def staff(home):
    """林教授, 别的专家 and 编辑 by name."""
    ensure_roles()
    made = {}
    for name, group in (("林教授", EXPERTS), ("别的专家", EXPERTS), ("编辑", EDITORS)):
        made[name] = person(name, username=name, is_staff=True, language="en")
        made[name].groups.add(Group.objects.get(name=group))
    return made


@pytest.fixture
def lin(staff):
    return staff["林教授"]


@pytest.fixture
def other(staff):
    return staff["别的专家"]


@pytest.fixture
def editor(staff):
    return staff["编辑"]


@pytest.fixture
def as_lin(client, lin):
    client.force_login(lin)
    return client


@pytest.fixture
def as_editor(client, editor):
    client.force_login(editor)
    return client


def recording(owner, captions=True, seconds=95, **fields):
    made = Recording.objects.create(
        title="约定屏幕时间",
        type="video",
        duration=seconds,
        file=ContentFile(b"x", "a.mp4"),
        content_hash="a" * 64,
        uploaded_by_user=owner,
        **fields,
    )
    if captions:
        CaptionTrack.objects.create(recording=made, file=ContentFile(b"WEBVTT\n", "a.vtt"))
    return made


def document_of(owner, title="讲义"):
    made = get_document_model()(
        title=title, file=ContentFile(b"x", "d.pdf"), uploaded_by_user=owner
    )
    made.save()
    return made


def draft_course(owner, title="周末一起做饭", slug="cook", ages=True):
    """A course that nobody but its owner has seen yet."""
    course = CourseIndexPage.objects.get().add_child(
        instance=CoursePage(title=title, slug=slug, live=False, owner=owner, summary="从洗菜开始")
    )
    if ages:
        course.age_stages = [
            AgeStage.objects.get_or_create(code="7-12", defaults={"name": "小学"})[0]
        ]
    course.save_revision(user=owner)
    return CoursePage.objects.get(pk=course.pk)


def draft_lesson(course, slug, **fields):
    fields = {"format": "video", **fields}
    if fields["format"] == "video" and "recording" not in fields:
        fields["recording"] = recording(course.owner)
    lesson = course.add_child(
        instance=LessonPage(
            title=f"第 {slug} 课", slug=slug, live=False, owner=course.owner, **fields
        )
    )
    lesson.save_revision(user=course.owner)
    return LessonPage.objects.get(pk=lesson.pk)


@pytest.fixture
def cooking(lin):
    """林教授's course of three drafts, with nothing to complain about but advice."""
    course = draft_course(lin)
    for slug in ("one", "two", "three"):
        draft_lesson(course, slug)
    return CoursePage.objects.get(pk=course.pk)
