import pytest

from cms.models import ArticleIndexPage, ArticlePage
from learners.study import enrolment
from learners.study.models import Enrolment, Progress, QuizAttempt, SavedResource
from tests.learners.study.conftest import post, right_answers, video_lesson


def test_state_as_nobody_is_an_invitation(client, lesson):
    response = client.get(f"/learn/state/{lesson.pk}/")
    assert response.json() == {
        "signed_in": False,
        "sign_in": f"/account/sign-in/?next=%2Fcourses%2Fphone-rules%2F{lesson.slug}%2F",
    }
    assert response["Cache-Control"] == "private, no-store"


def test_state_before_enrolling_has_no_token(client, lesson, course, chen_jing):
    client.force_login(chen_jing)
    state = client.get(f"/learn/state/{lesson.pk}/").json()
    assert (state["course"]["enrolled"], state["lesson"]["token"]) == (False, None)
    assert not Enrolment.objects.exists()


def test_enrol_twice_is_one_enrolment_and_hands_out_a_token(client, lesson, course, chen_jing):
    client.force_login(chen_jing)
    states = [
        post(client, "/learn/enrol/", course=course.pk, lesson=lesson.pk).json()
        for _tab in range(2)
    ]
    assert [state["course"]["enrolled"] for state in states] == [True, True]
    assert states[0]["lesson"]["token"].count(":") == 1
    assert Enrolment.objects.get().user == chen_jing


def test_enrol_as_nobody_is_refused(client, course):
    response = post(client, "/learn/enrol/", course=course.pk)
    assert (response.status_code, response.json()["error"]["code"]) == (401, "signed-out")


def test_enrol_without_csrf_token_is_refused(client, course, chen_jing):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(chen_jing)
    assert post(strict, "/learn/enrol/", course=course.pk).status_code == 403
    assert not Enrolment.objects.exists()


def test_enrol_in_an_unpublished_course_is_not_found(client, course, chen_jing):
    course.unpublish()
    client.force_login(chen_jing)
    response = post(client, "/learn/enrol/", course=course.pk)
    assert (response.status_code, response.json()["error"]["code"]) == (404, "not-found")


def test_enrol_again_after_completion_starts_a_second_run(client, course, chen_jing):
    first = enrolment.enrol(chen_jing, course)
    Enrolment.objects.filter(pk=first.pk).update(completed_at=first.enrolled_at)
    client.force_login(chen_jing)
    assert post(client, "/learn/enrol/", course=course.pk).json()["course"]["run"] == 1
    assert post(client, "/learn/enrol/", course=course.pk, again=True).json()["course"]["run"] == 2
    assert post(client, "/learn/enrol/", course=course.pk, again=True).json()["course"]["run"] == 2


def test_state_of_another_persons_progress_shows_nothing(
    client, learn, report, lesson, time, chen_jing, li_wei
):
    token = learn(chen_jing, lesson)["token"]
    time.advance(30)
    report(token, lesson, (0, 40))
    client.force_login(li_wei)
    state = client.get(f"/learn/state/{lesson.pk}/").json()
    assert state["lessons"] == {str(lesson.pk): {"done": False, "percent": 0}}
    assert state["course"]["enrolled"] is False
    client.force_login(chen_jing)
    state = client.get(f"/learn/state/{lesson.pk}/").json()
    assert state["lessons"] == {str(lesson.pk): {"done": False, "percent": 40}}


@pytest.mark.parametrize("lessons", [1, 3])
def test_state_takes_the_same_queries_for_any_number_of_lessons(
    client, course, chen_jing, lessons, settings, django_assert_num_queries
):
    pages = [video_lesson(course, f"s{n}", content_hash=f"{n}" * 64) for n in range(lessons)]
    enrolment.enrol(chen_jing, course)
    client.force_login(chen_jing)
    client.get(f"/learn/state/{pages[0].pk}/")
    session = 0 if settings.SESSION_ENGINE.endswith("cached_db") else 1
    with django_assert_num_queries(13 + session):
        client.get(f"/learn/state/{pages[0].pk}/")


def test_state_of_an_unknown_page_is_not_found(client, chen_jing):
    client.force_login(chen_jing)
    response = client.get("/learn/state/99999/")
    assert (response.status_code, response.json()["error"]["code"]) == (404, "not-found")


def test_save_and_forget_a_resource(client, home, chen_jing):
    article = ArticleIndexPage.objects.get().add_child(
        instance=ArticlePage(title="睡前十分钟", slug="sleep", body=[])
    )
    client.force_login(chen_jing)
    assert post(client, "/learn/save/", page=article.pk, saved=True).json() == {"saved": True}
    assert post(client, "/learn/save/", page=article.pk, saved=True).json() == {"saved": True}
    assert SavedResource.objects.get().resource_id == article.pk
    assert client.get(f"/learn/state/{article.pk}/").json()["saved"] is True
    assert post(client, "/learn/save/", page=article.pk, saved=False).json() == {"saved": False}
    assert not SavedResource.objects.exists()


def test_quiz_questions_never_show_the_answers(client, quizzed, chen_jing):
    client.force_login(chen_jing)
    response = client.get(f"/learn/quiz/{quizzed.pk}/")
    questions = response.json()["questions"]
    assert sorted(q["type"] for q in questions) == ["single", "true_false"]
    assert {tuple(sorted(q)) for q in questions} == {("id", "options", "text", "type")}
    assert {tuple(sorted(o)) for q in questions for o in q["options"]} == {("id", "text")}
    assert "更愿意遵守" not in response.content.decode()


def test_quiz_passed_and_video_covered_completes_the_lesson(
    client, learn, report, quizzed, time, chen_jing
):
    token = learn(chen_jing, quizzed)["token"]
    time.advance(60)
    answer = report(token, quizzed, (0, 95)).json()
    assert (answer["covered"], answer["completed"]) == (95, False)
    result = post(
        client, "/learn/quiz/", token=token, lesson=quizzed.pk, answers=right_answers(quizzed)
    ).json()
    assert (result["score"], result["passed"], result["completed"], result["course_completed"]) == (
        100,
        True,
        True,
        True,
    )
    assert {q["explanation"] for q in result["questions"].values()} == {
        "孩子参与写下的规则，更愿意遵守。",
        "可以商量着改。",
    }


def test_quiz_passed_before_watching_completes_with_the_last_second(
    client, learn, report, quizzed, time, chen_jing
):
    token = learn(chen_jing, quizzed)["token"]
    result = post(
        client, "/learn/quiz/", token=token, lesson=quizzed.pk, answers=right_answers(quizzed)
    )
    assert (result.json()["passed"], result.json()["completed"]) == (True, False)
    time.advance(60)
    assert report(token, quizzed, (0, 95)).json()["completed"] is True


def test_quiz_failed_may_be_tried_again_and_keeps_the_best(client, learn, quizzed, time, chen_jing):
    token = learn(chen_jing, quizzed)["token"]
    right = right_answers(quizzed)
    half = {key: value for key, value in right.items() if value == ["false"]}
    scores = [
        post(client, "/learn/quiz/", token=token, lesson=quizzed.pk, answers=answers).json()[
            "score"
        ]
        for answers in (half, right, half)
    ]
    assert scores == [50, 100, 50]
    progress = Progress.objects.get()
    assert (progress.quiz_best, progress.quiz_passed_at is not None) == (100, True)


@pytest.mark.parametrize("bad", [{"x": ["y"]}, {"x": "y"}, {"x": [1]}, [], "all"])
def test_quiz_answer_that_is_not_an_option_stores_nothing(client, learn, quizzed, chen_jing, bad):
    token = learn(chen_jing, quizzed)["token"]
    response = post(client, "/learn/quiz/", token=token, lesson=quizzed.pk, answers=bad)
    assert (response.status_code, response.json()["error"]["code"]) == (400, "invalid")
    assert not QuizAttempt.objects.exists()


def test_quiz_tried_too_fast_is_refused(client, learn, quizzed, time, chen_jing):
    token = learn(chen_jing, quizzed)["token"]
    statuses = [
        post(client, "/learn/quiz/", token=token, lesson=quizzed.pk, answers={}).status_code
        for _try in range(11)
    ]
    assert statuses == [200] * 10 + [429]
    time.advance(61)
    assert (
        post(client, "/learn/quiz/", token=token, lesson=quizzed.pk, answers={}).status_code == 200
    )


def test_quiz_after_signing_out_everywhere_is_refused(client, learn, quizzed, chen_jing):
    token = learn(chen_jing, quizzed)["token"]
    chen_jing.session_epoch += 1
    chen_jing.save()
    response = post(client, "/learn/quiz/", token=token, lesson=quizzed.pk, answers={})
    assert (response.status_code, response.json()["error"]["code"]) == (401, "signed-out")


def test_quiz_of_a_lesson_without_one_is_not_found(client, learn, lesson, chen_jing):
    token = learn(chen_jing, lesson)["token"]
    assert (
        post(client, "/learn/quiz/", token=token, lesson=lesson.pk, answers={}).status_code == 404
    )
    client.force_login(chen_jing)
    assert client.get(f"/learn/quiz/{lesson.pk}/").status_code == 404


def test_learn_as_nobody_leads_to_signing_in_and_back(client, db):
    response = client.get("/learn/")
    assert (response.status_code, response["Location"]) == (302, "/account/sign-in/?next=/learn/")


def test_learn_shows_own_courses_by_how_far_they_are(
    client, learn, report, lesson, course, time, chen_jing, li_wei
):
    token = learn(chen_jing, lesson)["token"]
    time.advance(30)
    report(token, lesson, (0, 40), position=40)
    client.force_login(chen_jing)
    response = client.get("/learn/")
    (card,) = response.context["in_progress"]
    assert (card.course.pk, card.done, card.total, card.next_lesson.pk, card.position) == (
        course.pk,
        0,
        1,
        lesson.pk,
        40.0,
    )
    assert (response.context["not_started"], response.context["finished"]) == ([], [])
    client.force_login(li_wei)
    response = client.get("/learn/")
    assert [response.context[k] for k in ("in_progress", "not_started", "finished")] == [[], [], []]


def test_learn_takes_bad_page_numbers_as_the_first(client, chen_jing):
    client.force_login(chen_jing)
    for page in ("abc", "-1", "0", "999999999999"):
        assert client.get("/learn/", {"page": page}).status_code == 200
