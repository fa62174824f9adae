"""An editor's form: what it fills in, what it refuses."""

import pytest
from wagtail.test.utils.form_data import nested_form_data, streamfield

from courses.models import CourseIndexPage, CoursePage, LessonPage
from tests.conftest import person


@pytest.fixture
def editor(client, db):
    client.force_login(person("编辑", username="editor", is_staff=True, is_superuser=True))
    return client


def form(title, **fields):
    return nested_form_data(
        {
            "title": title,
            "slug": "new",
            "body": streamfield(fields.pop("body", [])),
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            "action-publish": "1",
            **fields,
        }
    )


def test_editor_publishes_a_course_that_has_no_lessons_yet(editor, home):
    index = CourseIndexPage.objects.get()
    address = f"/admin/pages/add/courses/coursepage/{index.pk}/"
    assert editor.post(address, form("周末一起做饭")).status_code == 302
    course = CoursePage.objects.get()
    assert (course.title, course.minutes, course.live) == ("周末一起做饭", 0, True)


def lesson(**fields):
    quiz = {"quiz": streamfield([]), "pass_mark": 60, "coverage_required": 90}
    return form("从洗菜开始", **{**quiz, "required": "on", **fields})


def test_lesson_takes_its_minutes_from_its_text_and_its_tags_from_the_course(editor, course):
    address = f"/admin/pages/add/courses/lessonpage/{course.pk}/"
    body = [("heading", "字" * 900)]
    assert editor.post(address, lesson(format="article", body=body)).status_code == 302
    assert LessonPage.objects.get().minutes == 3
    course.refresh_from_db()
    assert course.minutes == 3


def test_video_lesson_without_a_video_is_refused_on_its_field(editor, course):
    address = f"/admin/pages/add/courses/lessonpage/{course.pk}/"
    response = editor.post(address, lesson(format="video"))
    assert response.context["form"].errors == {"recording": ["请选择一个视频。"]}
    assert LessonPage.objects.count() == 0
