import pytest
from wagtail.models import Page

from courses import requirements
from courses.models import CourseIndexPage, CoursePage, CourseRequirements, LessonPage
from courses.signals import requirements_changed


@pytest.fixture
def told():
    heard = []

    def listen(sender, course_id, **kwargs):
        heard.append(course_id)

    requirements_changed.connect(listen)
    yield heard
    requirements_changed.disconnect(listen)


def test_record_unchanged_rules_is_one_version(course, article_lesson):
    first = requirements.record(course)
    assert requirements.record(course) == first
    assert first.version == 1
    assert first.rules == [
        {
            "lesson": article_lesson.pk,
            "title": "为什么一收手机就吵",
            "format": "article",
            "required": True,
            "coverage_required": 90,
            "seconds": 120,
            "content_hash": "",
            "quiz": False,
            "pass_mark": 60,
        }
    ]


def test_record_changed_rules_is_a_new_version_and_keeps_the_old(course, article_lesson):
    requirements.record(course)
    article_lesson.required = False
    article_lesson.save()
    assert requirements.record(course).version == 2
    kept = CourseRequirements.objects.order_by("version")
    assert [r.rules[0]["required"] for r in kept] == [True, False]


def test_publishing_a_lesson_records_and_tells_once(course, article_lesson, told):
    article_lesson.minutes = 7
    article_lesson.save_revision().publish()
    assert told == [course.pk]
    course.refresh_from_db()
    assert course.minutes == 7


def test_unpublishing_a_lesson_tells(course, article_lesson, told):
    article_lesson.unpublish()
    assert told == [course.pk]
    assert CourseRequirements.objects.get().rules == []


def test_moving_a_lesson_tells_both_courses(course, article_lesson, told):
    other = CourseIndexPage.objects.get().add_child(
        instance=CoursePage(title="另一门课", slug="other")
    )
    Page.objects.get(pk=article_lesson.pk).specific.move(other, pos="last-child")
    assert told == [course.pk, other.pk]


def test_deleting_a_lesson_tells(course, article_lesson, told, django_capture_on_commit_callbacks):
    requirements.record(course)
    with django_capture_on_commit_callbacks(execute=True):
        article_lesson.delete()
    assert set(told) == {course.pk}
    assert [r.rules == [] for r in CourseRequirements.objects.order_by("version")] == [False, True]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lessons", [0, 1, 3])
def test_deleting_a_course_takes_its_rules_along(course, lessons):
    for number in range(lessons):
        lesson = LessonPage(title="课", slug=f"l{number}", format="article", body=[])
        course.add_child(instance=lesson).save_revision().publish()
    course.save_revision().publish()
    requirements.record(course)
    Page.objects.get(pk=course.pk).delete()
    assert not CoursePage.objects.exists()
    assert not CourseRequirements.objects.exists()


def test_current_takes_the_same_queries_for_any_number_of_lessons(
    course, article_lesson, django_assert_num_queries
):
    with django_assert_num_queries(1):
        requirements.current(course)
    for number in range(3):
        article_lesson.copy(update_attrs={"slug": f"copy{number}", "title": "再一课"})
    with django_assert_num_queries(1):
        assert len(requirements.current(course)) == 4
