import json

import pytest

from learners.study.models import Enrolment, Progress, TimeCredit
from tests.learners.study.conftest import START, video_lesson


def test_progress_honest_quarter_minutes_complete_lesson_and_course(
    learn, report, lesson, time, chen_jing
):
    token = learn(chen_jing, lesson)["token"]
    answers = []
    for start in range(0, 90, 15):
        time.advance(15)
        answers.append(report(token, lesson, (start, start + 15), position=start + 15).json())
    assert answers[0] == {
        "covered": 15,
        "required": 90,
        "credited": 15,
        "pending": 0,
        "completed": False,
        "course_completed": False,
    }
    assert answers[-1] == {
        "covered": 90,
        "required": 90,
        "credited": 15,
        "pending": 0,
        "completed": True,
        "course_completed": True,
    }
    enrolment = Enrolment.objects.get()
    assert (enrolment.started_at.timestamp(), enrolment.completed_at.timestamp()) == (
        START + 15,
        START + 90,
    )
    assert enrolment.completed_offline is False
    assert enrolment.requirements.rules[0]["lesson"] == lesson.pk


def test_progress_dragged_to_the_end_does_not_complete(learn, report, lesson, time, chen_jing):
    token = learn(chen_jing, lesson)["token"]
    time.advance(30)
    answer = report(token, lesson, (0, 5), (95, 100), position=100).json()
    assert (answer["covered"], answer["completed"]) == (10, False)


def test_progress_one_minute_replayed_for_an_hour_counts_once(
    learn, report, lesson, time, chen_jing
):
    token = learn(chen_jing, lesson)["token"]
    for _minute in range(60):
        time.advance(60)
        answer = report(token, lesson, (0, 60), position=60).json()
    assert (answer["covered"], answer["completed"]) == (60, False)


def test_progress_everything_claimed_at_once_earns_twice_the_clock(
    learn, report, lesson, time, chen_jing
):
    token = learn(chen_jing, lesson)["token"]
    time.advance(15)
    answer = report(token, lesson, (0, 100)).json()
    assert (answer["credited"], answer["pending"], answer["completed"]) == (50, 50, False)
    assert Progress.objects.flagged().get().overclaimed_seconds == 50


def test_progress_faster_than_the_clock_earns_no_more(learn, report, lesson, time, chen_jing):
    token = learn(chen_jing, lesson)["token"]
    covered = [report(token, lesson, (0, 10 * n)).json()["covered"] for n in range(1, 11)]
    assert covered == [10, 20, 20, 20, 20, 20, 20, 20, 20, 20]
    time.advance(1)
    assert report(token, lesson, (0, 100)).json()["covered"] == 22


def test_progress_ten_lessons_in_parallel_earn_no_more_than_one(
    learn, report, course, time, chen_jing
):
    lessons = [video_lesson(course, f"p{n}", content_hash=f"{n}" * 64) for n in range(10)]
    tokens = [learn(chen_jing, lesson)["token"] for lesson in lessons]
    time.advance(30)
    covered = [
        report(token, lesson, (0, 100)).json()["covered"]
        for token, lesson in zip(tokens, lessons, strict=True)
    ]
    assert covered == [80, 0, 0, 0, 0, 0, 0, 0, 0, 0]


def test_progress_many_lessons_opened_now_claimed_tomorrow_earn_the_window(
    learn, report, course, time, chen_jing
):
    lessons = [video_lesson(course, f"l{n}", 7200, f"{n:064d}") for n in range(10)]
    tokens = [learn(chen_jing, lesson)["token"] for lesson in lessons]
    time.advance(24 * 3600)
    covered = sum(
        report(token, lesson, (0, 7200)).json()["covered"]
        for token, lesson in zip(tokens, lessons, strict=True)
    )
    assert covered == 2 * (6 * 3600 + 10)
    assert not Progress.objects.completed().filter(completed_offline=False).exists()


def test_progress_phone_clock_changed_changes_nothing_but_the_position(
    learn, report, lesson, time, chen_jing
):
    token = learn(chen_jing, lesson)["token"]
    time.advance(15)
    answer = report(token, lesson, (0, 100), position=40, age=10**8).json()
    assert (answer["covered"], answer["pending"]) == (50, 50)


def test_progress_offline_evening_is_credited_whole_and_marked_offline(
    learn, report, lesson, time, chen_jing
):
    token = learn(chen_jing, lesson)["token"]
    time.advance(3600)
    answer = report(token, lesson, (0, 100), position=100, age=1800).json()
    assert (answer["credited"], answer["completed"], answer["course_completed"]) == (
        100,
        True,
        True,
    )
    progress = Progress.objects.get()
    assert (progress.offline_seconds, progress.completed_offline) == (100, True)
    assert Enrolment.objects.get().completed_offline is True


def test_progress_silence_of_a_minute_is_not_offline(learn, report, lesson, time, chen_jing):
    token = learn(chen_jing, lesson)["token"]
    time.advance(60)
    report(token, lesson, (0, 60))
    time.advance(280)
    report(token, lesson, (60, 95))
    progress = Progress.objects.get()
    assert (progress.offline_seconds, progress.completed_offline) == (0, False)


def test_progress_sign_of_life_covers_nothing_and_keeps_contact(
    learn, report, lesson, time, chen_jing
):
    token = learn(chen_jing, lesson)["token"]
    time.advance(1200)
    assert report(token, lesson).json()["covered"] == 0
    time.advance(15)
    report(token, lesson, (0, 15))
    assert Progress.objects.get().offline_seconds == 0


def test_progress_week_without_signal_loses_nothing(learn, report, lesson, time, chen_jing):
    token = learn(chen_jing, lesson)["token"]
    time.advance(7 * 86400)
    covered = []
    for _try in range(6):
        covered.append(report(token, lesson, (0, 90)).json()["covered"])
        time.advance(15)
    assert covered == [20, 40, 60, 80, 90, 90]


def test_progress_after_completion_is_never_lowered(learn, report, lesson, time, chen_jing):
    token = learn(chen_jing, lesson)["token"]
    time.advance(60)
    report(token, lesson, (0, 95))
    first = Progress.objects.get().completed_at
    time.advance(60)
    answer = report(token, lesson, (0, 10)).json()
    assert (answer["covered"], answer["completed"]) == (95, True)
    assert Progress.objects.get().completed_at == first


def test_progress_two_devices_interleaved_end_in_one_state(learn, report, lesson, time, chen_jing):
    phone, tablet = (learn(chen_jing, lesson)["token"] for _device in range(2))
    time.advance(40)
    report(phone, lesson, (0, 20), position=20)
    time.advance(1)
    report(tablet, lesson, (15, 40), position=40)
    time.advance(1)
    answer = report(phone, lesson, (0, 25), position=25, age=30).json()
    assert answer["covered"] == 40
    assert Progress.objects.get().position == 40


def test_progress_replaced_recording_is_refused_then_starts_anew(
    learn, report, lesson, time, chen_jing
):
    token = learn(chen_jing, lesson)["token"]
    time.advance(60)
    report(token, lesson, (0, 50))
    lesson.recording.content_hash = "b" * 64
    lesson.recording.save()
    refused = report(token, lesson, (50, 60))
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "lesson-changed")
    state = learn(chen_jing, lesson)
    assert (state["covered"], state["position"]) == ([], 0)
    time.advance(20)
    assert report(state["token"], lesson, (0, 15)).json()["covered"] == 15


def test_progress_article_needs_its_end_and_half_the_reading_time(
    learn, report, article_lesson, time, chen_jing
):
    token = learn(chen_jing, article_lesson)["token"]
    time.advance(30)
    answer = report(token, article_lesson, read=1.0).json()
    assert answer == {
        "covered": 80,
        "required": 120,
        "credited": 80,
        "pending": 40,
        "completed": False,
        "course_completed": False,
    }
    time.advance(20)
    assert report(token, article_lesson, read=1.0).json()["completed"] is True


def test_progress_article_left_half_way_is_not_complete(
    learn, report, article_lesson, time, chen_jing
):
    token = learn(chen_jing, article_lesson)["token"]
    time.advance(3600)
    answer = report(token, article_lesson, read=0.5).json()
    assert (answer["covered"], answer["completed"]) == (60, False)


def test_progress_in_a_second_run_leaves_the_first_alone(
    learn, report, lesson, course, time, chen_jing
):
    from learners.study import enrolment

    token = learn(chen_jing, lesson)["token"]
    time.advance(60)
    report(token, lesson, (0, 95))
    enrolment.start_again(chen_jing, course)
    state = learn(chen_jing, lesson)
    assert (state["covered"], state["completed"]) == ([], False)
    runs = Enrolment.objects.order_by("run")
    assert [(r.run, r.current, r.completed_at is None) for r in runs] == [
        (1, False, False),
        (2, True, True),
    ]


@pytest.mark.parametrize(
    ("played", "problem"),
    [
        ([[-5, 10]], "played"),
        ([[10, 5]], "played"),
        ([[0, 5000]], "played"),
        ([["a", 1]], "played"),
        ([[1]], "played"),
        ("all", "played"),
        ([[0, 1]] * 301, "played"),
    ],
)
def test_progress_impossible_intervals_store_nothing(
    learn, report, client, lesson, time, chen_jing, played, problem
):
    token = learn(chen_jing, lesson)["token"]
    time.advance(60)
    data = {"token": token, "lesson": lesson.pk, "played": played}
    response = client.post("/learn/progress/", json.dumps(data), content_type="application/json")
    assert (response.status_code, response.json()["error"]["code"]) == (400, "invalid")
    assert list(response.json()["error"]["fields"]) == [problem]
    assert not Progress.objects.exists()


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"", 400, "bad-json"),
        (b"{", 400, "bad-json"),
        (b"\xff\xfe", 400, "bad-json"),
        (b"[]", 400, "invalid"),
        (b"{}", 400, "invalid"),
        (b'{"token": "x", "lesson": NaN}', 400, "bad-json"),
        (b'{"token": "x", "lesson": 1}', 401, "bad-token"),
        (b" " * 20_000, 413, "too-large"),
    ],
)
def test_progress_malformed_body_is_refused_in_the_error_shape(client, db, content, status, code):
    response = client.post("/learn/progress/", content, content_type="application/json")
    assert (response.status_code, response.json()["error"]["code"]) == (status, code)
    assert set(response.json()["error"]) == {"code", "message", "fields"}


def test_progress_token_of_another_lesson_is_refused(
    learn, report, lesson, course, time, chen_jing
):
    other = video_lesson(course, "two", content_hash="c" * 64)
    token = learn(chen_jing, other)["token"]
    response = report(token, lesson, (0, 10))
    assert (response.status_code, list(response.json()["error"]["fields"])) == (400, ["lesson"])
    assert not Progress.objects.exists()


def test_progress_somebody_elses_token_counts_for_its_owner_only(
    learn, report, client, lesson, time, chen_jing, li_wei
):
    token = learn(chen_jing, lesson)["token"]
    learn(li_wei, lesson)
    client.force_login(li_wei)
    time.advance(60)
    report(token, lesson, (0, 50))
    assert list(Progress.objects.values_list("enrolment__user__name", "covered_seconds")) == [
        ("陈静", 50)
    ]


def test_progress_after_signing_out_everywhere_is_refused(learn, report, lesson, time, chen_jing):
    token = learn(chen_jing, lesson)["token"]
    chen_jing.session_epoch += 1
    chen_jing.save()
    response = report(token, lesson, (0, 10))
    assert (response.status_code, response.json()["error"]["code"]) == (401, "signed-out")


def test_progress_of_a_closed_account_is_refused(learn, report, lesson, time, chen_jing):
    token = learn(chen_jing, lesson)["token"]
    chen_jing.is_active = False
    chen_jing.save()
    assert report(token, lesson, (0, 10)).status_code == 401


def test_progress_expired_token_is_refused(learn, report, lesson, time, chen_jing):
    token = learn(chen_jing, lesson)["token"]
    time.advance(31 * 86400)
    response = report(token, lesson, (0, 10))
    assert (response.status_code, response.json()["error"]["code"]) == (401, "token-expired")


def test_progress_of_an_unpublished_lesson_is_refused_and_kept(
    learn, report, lesson, time, chen_jing
):
    token = learn(chen_jing, lesson)["token"]
    time.advance(20)
    report(token, lesson, (0, 10))
    lesson.unpublish()
    response = report(token, lesson, (10, 20))
    assert (response.status_code, response.json()["error"]["code"]) == (404, "not-found")
    assert Progress.objects.get().covered == "0-10"


def test_progress_by_get_is_not_allowed(client, db):
    assert client.get("/learn/progress/").status_code == 405


def test_progress_under_a_forged_host_is_refused(client, db):
    response = client.post(
        "/learn/progress/", b"{}", content_type="application/json", HTTP_HOST="evil.example"
    )
    assert response.status_code == 400


def test_heartbeat_takes_at_most_three_statements(
    learn, report, lesson, time, chen_jing, django_assert_num_queries, django_db_blocker
):
    from django.db import connection

    token = learn(chen_jing, lesson)["token"]
    time.advance(15)
    report(token, lesson, (0, 10))
    time.advance(15)
    with django_assert_num_queries(2 if connection.vendor == "postgresql" else 5) as captured:
        report(token, lesson, (10, 25), position=25)
    statements = [q["sql"].split()[0] for q in captured if "SAVEPOINT" not in q["sql"]]
    assert statements == (
        ["SELECT", "WITH"] if connection.vendor == "postgresql" else ["SELECT", "UPDATE", "UPDATE"]
    )


def test_credit_is_one_clock_a_person(learn, report, lesson, time, chen_jing, li_wei):
    tokens = [learn(person, lesson)["token"] for person in (chen_jing, li_wei)]
    time.advance(15)
    assert [report(token, lesson, (0, 100)).json()["covered"] for token in tokens] == [50, 50]
    assert TimeCredit.objects.count() == 2
