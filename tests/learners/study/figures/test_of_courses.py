from datetime import date, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from openpyxl import load_workbook

from cms.models import AgeStage
from courses.models import CourseIndexPage, CoursePage, LessonPage
from learners.accounts import closing
from learners.accounts.models import User
from learners.accounts.roles import CITY_ADMINISTRATORS, EDITORS, EXPERTS
from learners.study.figures import of_courses
from learners.study.figures.of_courses import CourseFigures, DayFigures, Figures, Filters
from learners.study.models import Enrolment
from tests.conftest import person

CITY = ZoneInfo("Asia/Shanghai")
ADDRESS = "/statistics/courses/"


def at(month, day, hour=12):
    return datetime(2026, month, day, hour, tzinfo=CITY)


def member(role, username):
    user = User.objects.create_user(username, password="a-good-long-password", name=role)
    user.groups.add(Group.objects.get(name=role))
    return user


def course_of(title, slug, formats=("article",), stages=()):
    page = CourseIndexPage.objects.get().add_child(instance=CoursePage(title=title, slug=slug))
    for n, kind in enumerate(formats):
        page.add_child(instance=LessonPage(title="课", slug=f"l{n}", format=kind))
    page.age_stages = list(stages)
    page.save()
    return page


def took(user, course, enrolled, started=None, finished=None):
    return Enrolment.objects.create(
        user=user, course=course, enrolled_at=enrolled, started_at=started, completed_at=finished
    )


@pytest.fixture
def ground(home, chen_jing, chen_jianguo, li_wei):
    """Two courses: one taken three times in November and once in October, one only looked at."""
    small, _ = AgeStage.objects.get_or_create(code="4-6", defaults={"name": "4–6 岁"})
    phones = course_of("手机与孩子", "phones", ("article", "video"), [small])
    far = course_of("爸爸妈妈在外地", "far")
    took(chen_jing, phones, at(11, 2), at(11, 2), at(11, 5))
    took(chen_jianguo, phones, at(11, 2, 0), at(11, 3))
    took(li_wei, phones, at(11, 30, 23))
    took(person("王芳"), phones, at(10, 31, 23), at(11, 1, 0), at(11, 5, 1))
    return phones, far


NOVEMBER = Filters(date(2026, 11, 1), date(2026, 11, 30))


def test_table_asks_what_became_of_those_who_enrolled(ground):
    phones, far = ground
    assert of_courses.by_course(NOVEMBER) == [
        CourseFigures(phones.pk, "手机与孩子", True, Figures(3, 2, 1)),
        CourseFigures(far.pk, "爸爸妈妈在外地", True, Figures(0, 0, 0)),
    ]
    assert Figures(3, 2, 1).started_share == 66.7
    assert Figures(0, 0, 0).finished_share == 0


def test_trend_counts_what_happened_each_day_by_the_citys_clock(ground):
    days = of_courses.by_day(NOVEMBER)
    assert len(days) == 30
    assert [day for day in days if day.figures != Figures(0, 0, 0)] == [
        DayFigures(date(2026, 11, 1), Figures(0, 1, 0)),
        DayFigures(date(2026, 11, 2), Figures(2, 1, 0)),
        DayFigures(date(2026, 11, 3), Figures(0, 1, 0)),
        DayFigures(date(2026, 11, 5), Figures(0, 0, 2)),
        DayFigures(date(2026, 11, 30), Figures(1, 0, 0)),
    ]
    enrolled = of_courses.total(day.figures for day in days).enrolled
    assert enrolled == of_courses.total(r.figures for r in of_courses.by_course(NOVEMBER)).enrolled


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({"kind": "video"}, ["手机与孩子"]),
        ({"kind": "article"}, ["手机与孩子", "爸爸妈妈在外地"]),
        ({"kind": "audio"}, []),
        ({"age": "4-6"}, ["手机与孩子"]),
        ({"age": "4-6", "kind": "audio"}, []),
    ],
)
def test_filters_choose_courses_and_days_alike(ground, filters, titles):
    chosen = Filters(NOVEMBER.first, NOVEMBER.last, **filters)
    assert [row.title for row in of_courses.by_course(chosen)] == titles
    happened = of_courses.total(day.figures for day in of_courses.by_day(chosen))
    assert happened.enrolled == (3 if "手机与孩子" in titles else 0)


def test_one_course_alone(ground):
    _phones, far = ground
    chosen = Filters(NOVEMBER.first, NOVEMBER.last, course=far.pk)
    assert [row.course for row in of_courses.by_course(chosen)] == [far.pk]
    assert of_courses.total(day.figures for day in of_courses.by_day(chosen)) == Figures(0, 0, 0)


def test_unpublished_course_stays_while_somebody_took_it(ground):
    for course in ground:
        course.unpublish()
    assert [(row.title, row.live) for row in of_courses.by_course(NOVEMBER)] == [
        ("手机与孩子", False)
    ]


def test_closed_account_stays_counted(ground, chen_jing):
    closing.close_account(chen_jing)
    assert of_courses.by_course(NOVEMBER)[0].figures == Figures(3, 2, 1)


@pytest.fixture
def city(ground):
    call_command("prepare_school")
    return member(CITY_ADMINISTRATORS, "shi")


def test_page_shows_the_figures(client, city):
    client.force_login(city)
    page = client.get(ADDRESS, {"first": "2026-11-01", "last": "2026-11-30"})
    assert (page.status_code, page["Cache-Control"]) == (200, "private, no-store")
    assert page.context["total"] == Figures(3, 2, 1)
    assert page.context["happened"] == Figures(3, 3, 2)
    assert page.context["trend"]["top"] == 2
    assert page.content.decode().count("<svg") >= 6


def test_without_dates_the_last_thirty_days_are_shown(client, city, chen_jing):
    client.force_login(city)
    form = client.get(ADDRESS).context["form"]
    assert form.cleaned_data["last"] - form.cleaned_data["first"] == timedelta(29)


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"first": "2026-11-30", "last": "2026-11-01"}, "last"),
        ({"first": "2024-01-01", "last": "2026-11-01"}, "first"),
        ({"first": "gestern"}, "first"),
        ({"last": "2026-02-30"}, "last"),
        ({"kind": "film"}, "kind"),
        ({"age": "99"}, "age"),
        ({"course": "1 OR 1=1"}, "course"),
        ({"format": "exe"}, "format"),
    ],
)
@pytest.mark.parametrize("format", ["", "xlsx"])
def test_bad_choice_is_told_and_shows_no_figures(client, city, asked, field, format):
    client.force_login(city)
    page = client.get(ADDRESS, {"format": format, **asked})
    assert (page.status_code, page["Content-Type"]) == (400, "text/html; charset=utf-8")
    assert list(page.context["form"].errors) == [field]
    assert '<svg class="plot"' not in page.content.decode()


def test_workbook_equals_the_screen_and_names_nobody(client, city, ground):
    course = ground[1]
    course.title = "=1+1"
    course.save()
    # A line break that word processors paste, and no sheet can hold.
    ground[0].title = ground[0].title[0] + "\x0b" + ground[0].title[1:]
    ground[0].save()
    client.force_login(city)
    asked = {"first": "2026-11-01", "last": "2026-11-30"}
    shown = client.get(ADDRESS, asked).context
    response = client.get(ADDRESS, {**asked, "format": "xlsx"})
    assert response["Content-Disposition"] == (
        'attachment; filename="courses-2026-11-01-2026-11-30.xlsx"'
    )
    courses, days = load_workbook(BytesIO(response.content)).worksheets
    rows = list(courses.iter_rows(values_only=True))
    assert rows[0][0] == "2026-11-01 – 2026-11-30"
    assert [row[:4] for row in rows[2:-1]] == [
        (
            row.title.replace("\x0b", ""),
            row.figures.enrolled,
            row.figures.started,
            row.figures.finished,
        )
        for row in shown["rows"]
    ]
    assert rows[-1][1:] == (3, 2, 1, 66.7, 33.3)
    assert courses.cell(4, 1).data_type == "s"
    happened = [row[:4] for row in days.iter_rows(min_row=3, values_only=True)]
    assert happened[:-1] == [
        (d.day.isoformat(), d.figures.enrolled, d.figures.started, d.figures.finished)
        for d in shown["days"]
    ]
    cells = [str(c) for sheet in (courses, days) for row in sheet.values for c in row]
    assert not [cell for cell in cells if "陈" in cell or "138" in cell or "李" in cell]


@pytest.mark.parametrize("format", ["", "xlsx"])
def test_nobody_else_finds_the_figures(client, city, chen_jing, format):
    for user in (chen_jing, member(EDITORS, "bianji"), member(EXPERTS, "lin")):
        client.force_login(user)
        response = client.get(ADDRESS, {"format": format})
        assert response.status_code == 404
        assert "手机与孩子" not in response.content.decode()
    client.logout()
    assert client.get(ADDRESS)["Location"].startswith("/account/staff/?next=")


def test_statistics_lead_to_the_courses(client, city):
    client.force_login(city)
    found = client.get("/statistics/", follow=True)
    assert found.redirect_chain[-1][0] == ADDRESS


@pytest.mark.parametrize("number", [1, 100])
@pytest.mark.parametrize("format", ["", "xlsx"])
def test_figures_take_the_same_queries_for_any_number_of_courses(
    client, city, chen_jing, number, format, settings, django_assert_num_queries
):
    for n in range(number):
        took(chen_jing, course_of(f"课程 {n}", f"n{n}"), at(11, 3))
    client.force_login(city)
    asked = {"first": "2026-11-01", "last": "2026-11-30", "kind": "article", "format": format}
    client.get(ADDRESS, asked)
    session = 0 if settings.SESSION_ENGINE.endswith("cached_db") else 1
    with django_assert_num_queries((14 if format else 15) + session):
        client.get(ADDRESS, asked)


def test_courses_come_a_hundred_a_page(client, city):
    for n in range(101):
        course_of(f"课程 {n:03}", f"n{n}")
    client.force_login(city)
    pages = [len(client.get(ADDRESS, {"page": page}).context["rows"]) for page in (1, 2, 9)]
    assert pages == [100, 3, 3]
