"""Through no door of Wagtail's admin does a part of a course go live alone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Revision

from courses import release
from courses.models import CourseIndexPage, CoursePage, CourseRelease, LessonPage
from tests.courses.conftest import draft_course, draft_lesson
from tests.courses.test_admin import form, lesson

pytestmark = pytest.mark.django_db
State = CourseRelease.State
TOGETHER = "尚未发布：课程和课时要在这个工作台上一起发布。您写的内容已经保存。"
ON_THE_WAY = (
    "没有发布：这门课程正按提交时的样子等待审核或发布。请在这里作出决定，或重新整体发布。"
    "您写的内容已经保存。"
)


def said(answer):
    return [str(message).split("<")[0].strip() for message in answer.context["messages"]]


def lives():
    return sorted(page.slug for model in (CoursePage, LessonPage) for page in model.objects.live())


@pytest.fixture(autouse=True)
def chinese(editor, lin):
    for user in (editor, lin):
        user.language = "zh-hans"
        user.save()


def posted(client, page, **fields):
    address = f"/admin/pages/{page.pk}/edit/"
    made = lesson if isinstance(page, LessonPage) else form
    fields = {"format": "article", "body": [("heading", "字")], **fields}
    return client.post(address, {**made(**with_title(made, page, fields))}, follow=True)


def with_title(made, page, fields):
    fields["slug"] = page.slug
    return {**fields, "title": page.title} if made is form else fields


@pytest.mark.parametrize("slug", ["cook", "two"])
def test_editor_is_sent_to_the_desk_instead_of_publishing_a_part(as_editor, cooking, slug):
    page = next(
        found for model in (CoursePage, LessonPage) for found in model.objects.filter(slug=slug)
    )
    answer = posted(as_editor, page)
    assert answer.redirect_chain == [(f"/admin/desk/{cooking.pk}/", 302)]
    assert said(answer) == [TOGETHER]
    assert lives() == []


def test_new_lesson_of_a_draft_course_stays_a_draft(as_editor, cooking):
    address = f"/admin/pages/add/courses/lessonpage/{cooking.pk}/"
    body = [("heading", "洗菜")]
    answer = as_editor.post(address, lesson(format="article", body=body), follow=True)
    assert answer.redirect_chain == [(f"/admin/desk/{cooking.pk}/", 302)]
    made = LessonPage.objects.get(slug="new")
    assert (made.live, made.title, made.has_unpublished_changes) == (False, "从洗菜开始", True)
    assert lives() == []


def test_page_of_a_live_course_is_corrected_alone(as_editor, editor, cooking):
    release.publish(cooking, editor, release.Plan())
    answer = posted(as_editor, LessonPage.objects.get(slug="two"))
    assert LessonPage.objects.get(slug="two").title == "从洗菜开始"
    assert answer.status_code == 200
    assert lives() == ["cook", "one", "three", "two"]


def test_course_that_waits_for_its_day_is_not_overtaken(as_editor, editor, cooking):
    release.publish(cooking, editor, release.Plan())
    tomorrow = timezone.now() + timedelta(days=1)
    release.publish(CoursePage.objects.get(), editor, release.Plan(goes_live_at=tomorrow))
    lesson_page = LessonPage.objects.get(slug="two")
    assert said(posted(as_editor, lesson_page)) == ["The page could not be saved as it is locked."]
    answer = as_editor.post(f"/admin/api/main/pages/{lesson_page.pk}/action/publish/")
    assert (answer.status_code, answer.json()) == (409, {"message": ON_THE_WAY})
    assert LessonPage.objects.get(slug="two").title == "第 two 课"


def bulk(client, page, deep):
    address = f"/admin/bulk/wagtailcore/page/publish/?id={page.pk}"
    return client.post(address, {"include_descendants": "on"} if deep else {}, follow=True)


@pytest.mark.parametrize("above", [False, True])
def test_bulk_publishing_goes_by_the_desk_too(as_editor, cooking, above):
    page = CourseIndexPage.objects.get() if above else cooking
    answer = bulk(as_editor, page, deep=above)
    assert answer.redirect_chain == [(f"/admin/desk/{cooking.pk}/", 302)]
    assert lives() == []


def test_bulk_publishing_of_other_pages_is_as_ever(as_editor, editor, cooking):
    release.publish(cooking, editor, release.Plan())
    CoursePage.objects.get().unpublish()
    draft_course(editor, title="空课程", slug="empty")
    bulk(as_editor, CoursePage.objects.get(slug="empty"), deep=False)
    assert lives() == ["empty"]


@pytest.mark.parametrize("slug", ["cook", "two"])
def test_admin_api_publishes_no_part(as_editor, cooking, slug):
    page = next(
        found for model in (CoursePage, LessonPage) for found in model.objects.filter(slug=slug)
    )
    answer = as_editor.post(f"/admin/api/main/pages/{page.pk}/action/publish/")
    assert (answer.status_code, answer.json()) == (409, {"message": TOGETHER})
    assert lives() == []


def test_admin_api_publishes_other_pages(as_editor, editor):
    page = draft_course(editor, title="空课程", slug="empty")
    assert as_editor.post(f"/admin/api/main/pages/{page.pk}/action/publish/").status_code == 200
    assert lives() == ["empty"]


def test_lesson_moved_into_a_draft_course_is_no_longer_public(editor, lin, cooking):
    release.publish(cooking, editor, release.Plan())
    other = draft_course(lin, title="另一门", slug="other")
    LessonPage.objects.get(slug="two").move(other, pos="last-child")
    assert lives() == ["cook", "one", "three"]


def test_saving_says_where_it_goes_on(as_lin, cooking):
    sent = {**lesson(format="article", body=[("heading", "洗菜")]), "action-publish": ""}
    answer = as_lin.post(f"/admin/pages/add/courses/lessonpage/{cooking.pk}/", sent, follow=True)
    assert "这是草稿。课程和课时在工作台上一起提交。" in answer.content.decode()
    assert f'href="/admin/desk/{cooking.pk}/"' in answer.content.decode()


@pytest.mark.parametrize("kind", ["course", "lesson"])
def test_button_saves_and_goes_to_the_desk(as_lin, lin, cooking, kind):
    if kind == "lesson":
        address = f"/admin/pages/add/courses/lessonpage/{cooking.pk}/"
        sent = lesson(format="article", body=[("heading", "洗菜")])
    else:
        address = f"/admin/pages/add/courses/coursepage/{CourseIndexPage.objects.get().pk}/"
        sent = form("周末远足")
    assert 'name="action-to_desk"' in as_lin.get(address).content.decode()
    answer = as_lin.post(address, {**sent, "action-publish": "", "action-to_desk": "x"})
    made = CoursePage.objects.get(slug="new") if kind == "course" else cooking
    assert answer["Location"] == f"/admin/desk/{made.pk}/"
    assert lives() == []


def test_other_pages_have_no_way_to_the_desk(as_editor, home):
    from cms.models import ArticleIndexPage

    index = ArticleIndexPage.objects.get()
    page = as_editor.get(f"/admin/pages/add/cms/articlepage/{index.pk}/").content.decode()
    assert "action-to_desk" not in page


def test_expert_of_a_course_in_review_is_not_offered_to_save(as_lin, lin, cooking):
    release.submit(cooking, lin, release.Plan())
    page = as_lin.get(f"/admin/pages/{cooking.pk}/edit/").content.decode()
    assert ("action-to_desk" in page, f"/admin/desk/{cooking.pk}/" in page) == (False, True)


def scheduled(cooking, editor):
    tomorrow = timezone.now() + timedelta(days=1)
    return release.publish(cooking, editor, release.Plan(goes_live_at=tomorrow))


def test_day_is_called_off_at_the_desk(as_editor, editor, cooking):
    made = scheduled(cooking, editor)
    as_editor.post(f"/admin/desk/{cooking.pk}/back/")
    made.refresh_from_db()
    assert (made.state, made.decided_by) == (State.WITHDRAWN, editor)
    assert not Revision.objects.exclude(approved_go_live_at=None).exists()


def test_expert_does_not_call_the_day_off(as_lin, editor, cooking):
    made = scheduled(cooking, editor)
    as_lin.post(f"/admin/desk/{cooking.pk}/back/")
    made.refresh_from_db()
    assert made.state == State.APPROVED


def test_day_that_was_called_off_in_wagtails_editor_does_not_come(as_editor, editor, cooking):
    made = scheduled(cooking, editor)
    revision = made.pages[0][1]
    as_editor.post(f"/admin/pages/{cooking.pk}/revisions/{revision}/unschedule/")
    release.publish_due(timezone.now() + timedelta(days=2))
    made.refresh_from_db()
    assert (made.state, lives()) == (State.WITHDRAWN, [])


def test_one_lesson_more_costs_the_guard_nothing(editor, cooking, django_assert_num_queries):
    from cms.guard import published_elsewhere

    lesson_page = LessonPage.objects.get(slug="two")
    with django_assert_num_queries(3):
        published_elsewhere(lesson_page)
    draft_lesson(cooking, "four")
    lesson_page = LessonPage.objects.get(slug="two")
    with django_assert_num_queries(3):
        published_elsewhere(lesson_page)
