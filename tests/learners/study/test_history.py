from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from courses.models import CourseIndexPage, CoursePage, LessonPage
from learners.study import clock, enrolment, history, shelf
from learners.study.certificates import issuing
from learners.study.history import Month
from learners.study.models import Enrolment, Progress
from tests.learners.study.conftest import finished_run, video_lesson

CITY = ZoneInfo("Asia/Shanghai")


def learned(user, course, lesson, at, seconds, completed=True):
    run = enrolment.enrol(user, course)
    return Progress.objects.create(
        enrolment=run,
        lesson=lesson,
        covered_seconds=seconds,
        position_at=at,
        first_report_at=at,
        last_report_at=at,
        completed_at=at if completed else None,
    )


def test_months_hold_what_was_learned_in_them(course, chen_jing, li_wei):
    lessons = [video_lesson(course, f"m{n}", content_hash=f"{n}" * 64) for n in range(4)]
    # Half an hour past midnight in the city is still the month before in UTC.
    learned(chen_jing, course, lessons[0], datetime(2026, 10, 1, 0, 30, tzinfo=CITY), 600)
    learned(chen_jing, course, lessons[1], datetime(2026, 10, 31, 23, 50, tzinfo=CITY), 90)
    learned(chen_jing, course, lessons[2], datetime(2026, 11, 2, 8, 0, tzinfo=CITY), 70, False)
    learned(chen_jing, course, lessons[3], datetime(2025, 11, 30, 8, 0, tzinfo=CITY), 6000)
    learned(li_wei, course, lessons[0], datetime(2026, 10, 5, 8, 0, tzinfo=CITY), 6000)
    months = history.by_month(chen_jing, date(2026, 11, 24))
    assert months[0] == Month(date(2025, 12, 1), 0, 0)
    assert months[-3:] == [
        Month(date(2026, 9, 1), 0, 0),
        Month(date(2026, 10, 1), 12, 2),
        Month(date(2026, 11, 1), 1, 0),
    ]
    assert history.totals(chen_jing) == {"minutes": 113, "lessons": 3, "courses": 0}


def test_lesson_counts_in_the_month_it_was_completed(course, lesson, chen_jing):
    progress = learned(chen_jing, course, lesson, datetime(2026, 9, 9, 9, tzinfo=CITY), 90)
    Progress.objects.filter(pk=progress.pk).update(
        last_report_at=datetime(2026, 11, 9, 9, tzinfo=CITY)
    )
    months = history.by_month(chen_jing, date(2026, 11, 24))
    assert [month.lessons for month in months[-3:]] == [1, 0, 0]


def test_history_of_a_beginner_is_an_invitation(client, home, chen_jing):
    client.force_login(chen_jing)
    page = client.get("/learn/history/")
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert page.context["totals"] == {"minutes": 0, "lessons": 0, "courses": 0}
    assert list(page.context["runs"]) == []
    assert page.content.decode().count('class="empty"') == 1


def test_history_is_ones_own(client, course, lesson, chen_jing, li_wei):
    finished_run(li_wei, course)
    assert client.get("/learn/history/")["Location"].startswith("/account/sign-in/")
    client.force_login(chen_jing)
    page = client.get("/learn/history/")
    assert list(page.context["runs"]) == []
    assert course.title not in page.content.decode()


def add_courses(number):
    index = CourseIndexPage.objects.get()
    for n in range(number):
        course = index.add_child(instance=CoursePage(title=f"课程 {n}", slug=f"c{n}"))
        course.add_child(
            instance=LessonPage(
                title="课",
                slug="k",
                format="article",
                body=[("paragraph", "<p>" + "字" * 60 + "</p>")],
            )
        )
        yield course


@pytest.mark.parametrize("number", [1, 3])
def test_history_takes_the_same_queries_for_any_number_of_runs(
    client, home, chen_jing, number, settings, django_assert_num_queries
):
    for course in add_courses(number):
        issuing.issue(finished_run(chen_jing, course), "陈静")
    client.force_login(chen_jing)
    client.get("/learn/history/")
    session = 0 if settings.SESSION_ENGINE.endswith("cached_db") else 1
    with django_assert_num_queries(7 + session):
        page = client.get("/learn/history/")
    assert len(page.context["runs"]) == number


def test_history_lists_twenty_runs_a_page(client, course, chen_jing):
    enrolment.enrol(chen_jing, course)
    at = clock.moment(clock.now())
    Enrolment.objects.bulk_create(
        Enrolment(user=chen_jing, course=course, run=n, current=False, completed_at=at)
        for n in range(2, 23)
    )
    client.force_login(chen_jing)
    counts = [
        len(client.get("/learn/history/", {"page": page}).context["runs"])
        for page in ("1", "2", "99", "x")
    ]
    assert counts == [20, 1, 1, 20]


def test_new_lessons_are_those_published_since_and_not_opened(course, chen_jing, chen_jianguo):
    old, new, opened, draft = (
        video_lesson(course, name, content_hash=name[0] * 64)
        for name in ("old", "new", "seen", "draft")
    )
    run = enrolment.enrol(chen_jing, course)
    enrolled = run.enrolled_at
    days = {old: -1, new: 2, opened: 1, draft: 1}
    for lesson, day in days.items():
        LessonPage.objects.filter(pk=lesson.pk).update(
            first_published_at=enrolled + timedelta(day), live=lesson is not draft
        )
    learned(chen_jing, course, opened, enrolled + timedelta(3), 5, completed=False)
    (card,) = shelf.cards(chen_jing)
    assert card.fresh == [new]
    assert shelf.news([card]) == [(card, new)]
    assert shelf.news(shelf.cards(chen_jianguo)) == []


def test_lesson_added_after_finishing_is_new(client, course, lesson, chen_jing):
    run = finished_run(chen_jing, course)
    added = video_lesson(course, "added", content_hash="e" * 64)
    LessonPage.objects.filter(pk=lesson.pk).update(
        first_published_at=run.completed_at - timedelta(1)
    )
    LessonPage.objects.filter(pk=added.pk).update(
        first_published_at=run.completed_at + timedelta(1)
    )
    client.force_login(chen_jing)
    page = client.get("/learn/")
    assert [fresh for _card, fresh in page.context["news"]] == [added]
    assert added.title in page.content.decode()
