"""A course goes live, waits, comes back and goes down with its lessons, never by halves."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Revision

from cms.models import ArticleIndexPage, ArticlePage
from courses import desk, release
from courses.models import CoursePage, CourseRelease, CourseRequirements, LessonPage
from tests.conftest import person
from tests.courses.conftest import draft_course, draft_lesson

pytestmark = pytest.mark.django_db
State = CourseRelease.State


def lives(course):
    """What of the course is live: itself and its lessons by slug, in the order of the tree."""
    course.refresh_from_db()
    lessons = LessonPage.objects.child_of(course).live().order_by("path")
    return course.live, [lesson.slug for lesson in lessons]


def decide(course, editor, action, comment=""):
    course = CoursePage.objects.get(pk=course.pk)
    task, state = course.current_workflow_task, course.current_workflow_task_state
    task.on_action(state.specific, editor, action, comment=comment)


def test_course_waits_for_the_editors_and_goes_live_with_its_lessons(cooking, lin, editor):
    made = release.submit(cooking, lin, release.Plan())
    assert (lives(cooking), made.state) == ((False, []), State.REVIEW)
    decide(cooking, editor, "approve")
    assert lives(cooking) == (True, ["one", "two", "three"])
    made.refresh_from_db()
    assert (made.state, made.decided_by, made.asked_by) == (State.LIVE, editor, lin)
    assert CoursePage.objects.get().minutes == 6
    assert len(CourseRequirements.objects.get().rules) == 3


def test_course_handed_in_twice_is_handed_in_once(cooking, lin):
    first = release.submit(cooking, lin, release.Plan())
    assert release.submit(cooking, lin, release.Plan()) == first
    assert CourseRelease.objects.count() == 1


def test_lesson_that_is_begun_during_review_is_not_published_unseen(cooking, lin, editor):
    release.submit(cooking, lin, release.Plan())
    draft_lesson(cooking, "four")
    decide(cooking, editor, "approve")
    assert lives(cooking) == (True, ["one", "two", "three"])


def test_lesson_is_locked_for_its_expert_and_open_for_the_editor_during_review(
    cooking, lin, editor
):
    lesson = LessonPage.objects.get(slug="one")
    assert lesson.get_lock() is None
    release.submit(cooking, lin, release.Plan())
    lesson = LessonPage.objects.get(slug="one")
    assert (lesson.get_lock().for_user(lin), lesson.get_lock().for_user(editor)) == (True, False)
    assert (desk.may_change(cooking, lin), desk.may_change(cooking, editor)) == (False, True)


def test_what_the_editor_changes_during_review_is_published(cooking, lin, editor):
    release.submit(cooking, lin, release.Plan())
    lesson = LessonPage.objects.get(slug="two").get_latest_revision_as_object()
    lesson.title = "切菜"
    lesson.save_revision(user=editor)
    decide(cooking, editor, "approve")
    assert LessonPage.objects.get(slug="two").title == "切菜"


def test_course_comes_back_with_a_comment_and_is_handed_in_again(cooking, lin, editor):
    made = release.submit(cooking, lin, release.Plan())
    decide(cooking, editor, "reject", "第二课太长。")
    made.refresh_from_db()
    assert (made.state, made.comment, lives(cooking)) == (
        State.RETURNED,
        "第二课太长。",
        (False, []),
    )
    again = CoursePage.objects.get(pk=cooking.pk)
    assert desk.may_change(again, lin) is True
    release.submit(again, lin, release.Plan())
    decide(cooking, editor, "approve")
    assert lives(cooking) == (True, ["one", "two", "three"])
    assert list(CourseRelease.objects.newest().values_list("state", flat=True)) == [
        State.LIVE,
        State.RETURNED,
    ]


def test_course_taken_back_is_withdrawn(cooking, lin):
    made = release.submit(cooking, lin, release.Plan())
    CoursePage.objects.get(pk=cooking.pk).current_workflow_state.cancel(user=lin)
    made.refresh_from_db()
    assert made.state == State.WITHDRAWN


def scheduled(cooking, lin, editor, **plan):
    release.submit(cooking, lin, release.Plan(**plan))
    decide(cooking, editor, "approve")
    return CourseRelease.objects.get()


def come(made, **moved):
    """The day has come: the dates lie in the past now."""
    past = timezone.now() - timedelta(minutes=1)
    CourseRelease.objects.filter(pk=made.pk).update(goes_live_at=past)
    Revision.objects.exclude(approved_go_live_at=None).update(approved_go_live_at=past)
    revision = Revision.objects.get(pk=made.pages[0][1])
    revision.content["go_live_at"] = past.isoformat()
    revision.save()


def test_course_waits_for_its_day_and_then_goes_live_whole(cooking, lin, editor):
    made = scheduled(cooking, lin, editor, goes_live_at=timezone.now() + timedelta(days=1))
    assert (made.state, lives(cooking)) == (State.APPROVED, (False, []))
    call_command("publish_scheduled")
    assert lives(cooking) == (False, [])
    come(made)
    call_command("publish_scheduled")
    assert lives(cooking) == (True, ["one", "two", "three"])
    made.refresh_from_db()
    assert made.state == State.LIVE


def test_what_is_written_after_approval_is_not_in_what_waits(cooking, lin, editor):
    made = scheduled(cooking, lin, editor, goes_live_at=timezone.now() + timedelta(days=1))
    lesson = LessonPage.objects.get(slug="two").get_latest_revision_as_object()
    lesson.title = "没人看过"
    lesson.save_revision(user=lin)
    come(made)
    call_command("publish_scheduled")
    assert LessonPage.objects.get(slug="two").title == "第 two 课"
    assert LessonPage.objects.get(slug="two").has_unpublished_changes is True


def test_release_that_fails_leaves_nothing_public_and_says_so(cooking, lin, editor):
    made = scheduled(cooking, lin, editor, goes_live_at=timezone.now() + timedelta(days=1))
    come(made)
    LessonPage.objects.get(slug="three").delete()
    call_command("publish_scheduled")
    assert lives(cooking) == (False, [])
    made.refresh_from_db()
    assert made.state == State.RETURNED
    assert made.comment == "这门课程没能发布，请重新提交。"


def test_course_whose_time_is_over_goes_down_with_its_lessons(cooking, lin, editor):
    scheduled(cooking, lin, editor, expires_at=timezone.now() + timedelta(days=1))
    assert lives(cooking) == (True, ["one", "two", "three"])
    CoursePage.objects.update(expire_at=timezone.now() - timedelta(minutes=1))
    before = CourseRequirements.objects.count()
    call_command("publish_scheduled")
    assert lives(cooking) == (False, [])
    cooking.refresh_from_db()
    assert cooking.expired is True
    assert CourseRequirements.objects.count() == before


def test_lessons_get_the_order_of_the_draft_when_it_is_published(cooking, lin, editor):
    one, two, three = LessonPage.objects.order_by("path").values_list("pk", flat=True)
    release.submit(cooking, lin, release.Plan())
    decide(cooking, editor, "approve")
    course = CoursePage.objects.get(pk=cooking.pk)
    desk.order(course, [three, one, two], lin)
    assert lives(cooking)[1] == ["one", "two", "three"]
    course = CoursePage.objects.get(pk=cooking.pk)
    assert [lesson.slug for lesson in course.draft_lessons()] == ["three", "one", "two"]
    release.submit(course, lin, release.Plan())
    decide(cooking, editor, "approve")
    assert lives(cooking)[1] == ["three", "one", "two"]
    assert [
        rule["lesson"] for rule in CourseRequirements.objects.order_by("-version")[0].rules
    ] == [
        three,
        one,
        two,
    ]


def test_lesson_of_its_own_date_goes_with_its_course_all_the_same(lin, editor):
    course = draft_course(lin)
    draft_lesson(course, "late", go_live_at=timezone.now() + timedelta(days=9))
    release.submit(CoursePage.objects.get(pk=course.pk), lin, release.Plan())
    decide(course, editor, "approve")
    assert lives(course) == (True, ["late"])


def test_editor_publishes_without_review(cooking, editor):
    made = release.publish(cooking, editor, release.Plan(news="新增一课"))
    made.refresh_from_db()
    assert (made.state, made.news, lives(cooking)[0]) == (State.LIVE, "新增一课", True)


def test_other_pages_are_published_as_ever(home, staff, editor):
    page = ArticleIndexPage.objects.get().add_child(
        instance=ArticlePage(title="读书", slug="read", live=False, owner=staff["林教授"])
    )
    page.save_revision()
    page.get_workflow().start(page, staff["林教授"])
    decide_page = ArticlePage.objects.get()
    state = decide_page.current_workflow_task_state.specific
    decide_page.current_workflow_task.on_action(state, editor, "approve")
    assert ArticlePage.objects.get().live is True


def test_minutes_come_from_the_recording(cooking, lin):
    stranger = person("陌生人")
    assert desk.fill_in_minutes(cooking, lin) == 3
    assert {lesson.minutes for lesson in cooking.draft_lessons()} == {2}
    assert desk.fill_in_minutes(cooking, stranger) == 0
