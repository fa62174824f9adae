"""The desk of a course over HTTP: ordering, checks, handing in, deciding, looking, trying."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from courses import release
from courses.models import CheckedLink, CoursePage, CourseRelease, LessonPage
from courses.tasks import check_links
from tests.courses.conftest import QUIZ, draft_course, draft_lesson, recording
from tests.courses.test_ground import picture_of

pytestmark = pytest.mark.django_db
State = CourseRelease.State
QUERIES = 32
FIRST_PAGE = 19


def address(course, *rest):
    return "/".join(["/admin/desk", str(course.pk), *map(str, rest), ""])


def slugs(course):
    return [lesson.slug for lesson in CoursePage.objects.get(pk=course.pk).draft_lessons()]


def test_expert_hands_in_and_the_editor_approves_the_whole(client, lin, editor, cooking):
    client.force_login(lin)
    assert client.post(address(cooking), {"news": "第一次上线"}).status_code == 302
    made = CourseRelease.objects.get()
    assert (made.state, made.news, made.asked_by) == (State.REVIEW, "第一次上线", lin)
    client.force_login(editor)
    assert client.get(address(cooking)).context["may_decide"] is True
    client.post(address(cooking, "decide"), {"action": "approve"})
    assert LessonPage.objects.live().count() == 3
    assert CoursePage.objects.get().live is True


def test_expert_does_not_decide_about_their_own(as_lin, lin, cooking):
    release.submit(cooking, lin, release.Plan())
    assert as_lin.post(address(cooking, "decide"), {"action": "approve"}).status_code == 404
    assert CoursePage.objects.get().live is False


def test_sending_back_needs_a_reason_which_the_expert_reads(client, lin, editor, cooking):
    release.submit(cooking, lin, release.Plan())
    client.force_login(editor)
    client.post(address(cooking, "decide"), {"action": "reject"})
    assert CourseRelease.objects.get().state == State.REVIEW
    client.post(address(cooking, "decide"), {"action": "reject", "comment": "字幕有错字。"})
    client.force_login(lin)
    assert "字幕有错字。" in client.get(address(cooking)).content.decode()
    assert "字幕有错字。" in client.get("/admin/").content.decode()


def test_course_that_is_blocked_is_not_handed_in(as_lin, lin):
    course = draft_course(lin, ages=False)
    lesson = draft_lesson(course, "one", recording=recording(lin, captions=False))
    page = as_lin.post(address(course), {})
    found = [(told.code, told.url) for told in page.context["findings"] if told.blocks]
    assert found == [
        ("no_age_stage", f"/admin/pages/{course.pk}/edit/#id_age_stages"),
        ("no_captions", f"/admin/recordings/{lesson.recording_id}/captions/zh-Hans/"),
    ]
    assert CourseRelease.objects.count() == 0


def test_finding_leads_to_the_very_block(as_lin, lin):
    course = draft_course(lin)
    body = [
        ("heading", "切菜"),
        ("paragraph", '<p><a href="http://a.example/x">看</a></p>'),
        ("image", {"image": without_words(picture_of(lin, "手")), "caption": ""}),
    ]
    quiz = [(kind, {**value, "explanation": ""}) for kind, value in QUIZ]
    lesson = draft_lesson(course, "one", format="article", body=body, quiz=quiz)
    found = {told.code: told.url for told in as_lin.get(address(course)).context["findings"]}
    edit = f"/admin/pages/{lesson.pk}/edit/#block-"
    assert (found["no_alt_text"], found["link_untried"], found["no_explanation"]) == (
        f"{edit}{lesson.body[2].id}-section",
        f"{edit}{lesson.body[1].id}-section",
        f"{edit}{lesson.quiz[0].id}-section",
    )


def without_words(picture):
    picture.contextual_alt_text, picture.decorative = "", False
    return picture


def test_course_is_not_taken_down_before_it_is_published(as_lin, cooking):
    sent = {"goes_live_at": "2030-01-02T08:00", "expires_at": "2030-01-01T08:00"}
    assert list(as_lin.post(address(cooking), sent).context["form"].errors) == ["expires_at"]
    assert CourseRelease.objects.count() == 0


def test_lessons_are_ordered_by_arrows_and_by_dragging(as_lin, cooking):
    one, two, three = LessonPage.objects.order_by("path").values_list("pk", flat=True)
    as_lin.post(address(cooking, "move"), {"lesson": three, "by": "-1"})
    assert slugs(cooking) == ["one", "three", "two"]
    sent = as_lin.post(address(cooking, "order"), {"order": f"{two},{one},{three}"})
    assert sent.json() == {"order": [two, one, three]}
    assert slugs(cooking) == ["two", "one", "three"]
    assert as_lin.post(address(cooking, "order"), {"order": "x"}).status_code == 409


def test_nothing_is_ordered_during_review_until_it_is_taken_back(as_lin, lin, cooking):
    release.submit(cooking, lin, release.Plan())
    one = LessonPage.objects.get(slug="one").pk
    assert as_lin.post(address(cooking, "order"), {"order": str(one)}).status_code == 409
    as_lin.post(address(cooking, "move"), {"lesson": one, "by": "1"})
    assert slugs(cooking) == ["one", "two", "three"]
    as_lin.post(address(cooking, "back"))
    assert CourseRelease.objects.get().state == State.WITHDRAWN
    as_lin.post(address(cooking, "move"), {"lesson": one, "by": "1"})
    assert slugs(cooking) == ["two", "one", "three"]


def test_minutes_are_filled_in(as_lin, cooking):
    as_lin.post(address(cooking, "minutes"))
    found = CoursePage.objects.get().draft_lessons()
    assert [lesson.minutes for lesson in found] == [2, 2, 2]


@pytest.mark.parametrize("lessons", [1, 3])
def test_desk_asks_the_database_the_same_number_of_times(as_lin, lin, lessons):
    course = draft_course(lin)
    for number in range(lessons):
        draft_lesson(course, f"l{number}", quiz=QUIZ)
    as_lin.get(address(course))
    with CaptureQueriesContext(connection) as asked:
        as_lin.get(address(course))
    assert len(asked) == QUERIES


def test_versions_are_compared_page_by_page(as_editor, editor, lin, cooking):
    first = release.publish(cooking, editor, release.Plan())
    draft = LessonPage.objects.get(slug="two").get_latest_revision_as_object()
    draft.title = "切菜"
    draft.save_revision(user=lin)
    draft_lesson(CoursePage.objects.get(), "four")
    page = as_editor.get(address(cooking, "compare"))
    kinds = [(one.title, one.kind) for one in page.context["differences"]]
    assert kinds == [
        ("周末一起做饭", "same"),
        ("第 one 课", "same"),
        ("切菜", "changed"),
        ("第 three 课", "same"),
        ("第 four 课", "new"),
    ]
    second = release.publish(CoursePage.objects.get(), editor, release.Plan())
    page = as_editor.get(address(cooking, "compare"), {"earlier": second.pk, "later": first.pk})
    kinds = [(one.title, one.kind) for one in page.context["differences"]]
    assert kinds[-1] == ("第 four 课", "gone")
    assert as_editor.get(address(cooking, "compare"), {"earlier": 999}).status_code == 404


def test_draft_is_looked_at_with_its_lessons(as_lin, cooking):
    lesson = LessonPage.objects.get(slug="two")
    assert as_lin.get(address(cooking, "preview", lesson.pk)).context["shown"].pk == lesson.pk
    assert as_lin.get(address(cooking, "preview", 999)).status_code == 404
    shown = as_lin.get(f"/admin/pages/{cooking.pk}/view_draft/").content.decode()
    assert [title in shown for title in ("第 one 课", "第 two 课", "第 three 课")] == [True] * 3
    shown = as_lin.get(f"/admin/pages/{lesson.pk}/view_draft/").content.decode()
    assert "data-player" in shown


def tried(client, shown, **sent):
    sealed = shown.split('data-definition="')[1].split('"')[0]
    return client.post("/admin/desk/quiz/", {"definition": sealed, **sent})


def test_quiz_of_a_draft_is_tried_and_nothing_is_kept(as_lin, cooking):
    lesson = draft_lesson(cooking, "asked", quiz=QUIZ)
    shown = as_lin.get(f"/admin/pages/{lesson.pk}/view_draft/?mode=quiz").content.decode()
    assert "一起写规则" not in shown
    asked = tried(as_lin, shown).json()
    question = asked["questions"][0]
    assert (asked["pass_mark"], question["text"]) == (60, "先做什么？")
    right = next(one["id"] for one in question["options"] if one["text"] == "一起写规则")
    answers = json.dumps({question["id"]: [right]})
    result = tried(as_lin, shown, answers=answers).json()
    assert (result["score"], result["passed"]) == (100, True)
    assert tried(as_lin, shown, answers='{"x": ["y"]}').status_code == 400
    assert tried(as_lin, shown, answers="[]").status_code == 400
    forged = as_lin.post("/admin/desk/quiz/", {"definition": "x"})
    assert forged.json()["error"]["fields"] == {"definition": ["expired"]}


def test_links_are_tried_by_a_task(as_lin, cooking):
    body = [("paragraph", '<p><a href="http://127.0.0.1/x">看这里</a></p>')]
    draft_lesson(cooking, "linked", format="article", body=body)
    as_lin.post(address(cooking, "links"))
    codes = [one.code for one in as_lin.get(address(cooking)).context["findings"]]
    assert (codes.count("link_untried"), CheckedLink.objects.count()) == (1, 0)
    check_links.call(
        *DBTaskResult.objects.get(task_path__endswith="check_links").args_kwargs["args"]
    )
    told = as_lin.get(address(cooking)).context["findings"]
    states = dict(CheckedLink.objects.values_list("url", "state"))
    codes = {one.code for one in told if one.code.startswith("link_")}
    assert (states, codes) == ({"http://127.0.0.1/x": "refused"}, {"link_refused"})


def test_my_courses_tell_where_each_is(as_lin, lin, cooking):
    release.submit(cooking, lin, release.Plan(goes_live_at=timezone.now() + timedelta(days=1)))
    page = as_lin.get("/admin/desk/")
    assert [course.release_state for course in page.context["courses"]] == [State.REVIEW]


def test_links_are_tried_twelve_times_an_hour_and_no_more(as_lin, cooking):
    for _time in range(14):
        assert as_lin.post(address(cooking, "links")).status_code == 302
    assert DBTaskResult.objects.filter(task_path__endswith="check_links").count() == 12
    assert "请一小时后再试" in as_lin.get(address(cooking)).content.decode()


def test_order_that_is_refused_says_why(as_lin, lin, cooking):
    release.submit(cooking, lin, release.Plan())
    answer = as_lin.post(address(cooking, "order"), {"order": "1,2"})
    told = answer.json()["error"]
    assert (answer.status_code, told["code"]) == (409, "refused")
    assert told["message"] == "现在不能这样调整课时顺序，请刷新页面再试。"


def test_keyboard_goes_on_at_the_lesson_that_was_moved(as_lin, cooking):
    first = LessonPage.objects.get(slug="one").pk
    moved = as_lin.post(address(cooking, "move"), {"lesson": first, "by": "1"})
    assert moved["Location"] == f"{address(cooking)}#lesson-{first}"
    assert f'<li id="lesson-{first}"' in as_lin.get(address(cooking)).content.decode()
    assert slugs(cooking) == ["two", "one", "three"]
    nowhere = as_lin.post(address(cooking, "move"), {"lesson": 0, "by": "1"})
    assert nowhere["Location"] == f"{address(cooking)}#lessons"


@pytest.mark.parametrize("count", [1, 3])
def test_first_page_of_an_expert_leads_to_their_own_courses(
    client, lin, other, editor, count, django_assert_num_queries
):
    for number in range(count):
        draft_course(lin, title=f"自己的第 {number} 课", slug=f"own-{number}")
    draft_course(other, title="别人的", slug="foreign")
    client.force_login(lin)
    client.get("/admin/")
    with django_assert_num_queries(FIRST_PAGE):
        page = client.get("/admin/").content.decode()
    assert (page.count("自己的第"), "别人的" in page) == (count, False)
    client.force_login(editor)
    assert 'id="first-steps"' not in client.get("/admin/").content.decode()
