"""City, district, school, class: the same truth as sums, at every level and at any moment."""

from datetime import date
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from learners.assignments import assigning, trends
from learners.assignments.models import ClassFigure, SchoolSnapshot
from learners.schools import touching
from learners.study.models import Enrolment
from tests.conftest import person
from tests.learners.assignments.conftest import finish, start, wish
from tests.learners.schools.conftest import make_child, make_class, make_guardian, make_school


@pytest.fixture
def broad(city_head, course, lessons, mother, stranger, third, foreign_class):
    given = assigning.assign(city_head, wish(course, "city"))
    assigning.prepare(given)
    finish(mother, course)
    start(stranger, course)
    return given


def look(client, user, address, **query):
    client.force_login(user)
    return client.get(f"/statistics/assignments/{address}", query)


def shown(page):
    wanted = ("children", "joined", "started", "finished")
    return [(line.name, *(line.counts[key] for key in wanted)) for line in page.context["lines"]]


def test_every_level_adds_up_to_the_one_above(client, city_head, broad, district, school):
    city = look(client, city_head, f"{broad.public_id}/")
    assert shown(city) == [("万州区", 1, 1, 1, 0), ("江北区", 1, 1, 1, 1)]
    below = look(client, city_head, f"{broad.public_id}/districts/{district.code}/")
    assert shown(below) == [("江湾小学", 1, 1, 1, 1)]
    classes = look(client, city_head, f"{broad.public_id}/schools/{school.public_id}/")
    assert shown(classes) == [("三年级2班", 1, 1, 1, 1)]
    whole = city.context["total"]
    assert {name: whole[name] for name in ("children", "finished", "guardians", "minutes")} == {
        "children": 2, "finished": 1, "guardians": 2, "minutes": 4,
    }  # fmt: skip


def test_figures_are_live(client, city_head, broad, stranger, course):
    assert look(client, city_head, f"{broad.public_id}/").context["share"] == 50.0
    finish(stranger, course)
    assert look(client, city_head, f"{broad.public_id}/").context["share"] == 100.0


def test_district_sees_itself_only(client, district_head, other_district, broad):
    assert shown(look(client, district_head, f"{broad.public_id}/")) == [("江湾小学", 1, 1, 1, 1)]
    address = f"{broad.public_id}/districts/{other_district.code}/"
    assert look(client, district_head, address).status_code == 404


def test_school_sees_its_classes(client, head, broad, foreign_class):
    assert shown(look(client, head, f"{broad.public_id}/")) == [("三年级2班", 1, 1, 1, 1)]
    address = f"{broad.public_id}/schools/{foreign_class.school.public_id}/"
    assert look(client, head, address).status_code == 404


def test_teacher_has_no_statistics(client, teacher, broad):
    for address in ("", f"{broad.public_id}/"):
        assert look(client, teacher, address).status_code == 404
    client.force_login(teacher)
    assert client.get("/statistics/", follow=True).status_code == 404


def test_kind_and_grade_narrow(client, city_head, broad, other_district):
    little = make_class(make_school(other_district, "K1", "一幼", "kindergarten"), "大1班", grade=0)
    make_child(little)
    touching.touch([little.pk])
    page = look(client, city_head, f"{broad.public_id}/", kind="kindergarten")
    assert shown(page) == [("万州区", 1, 0, 0, 0)]
    assert look(client, city_head, f"{broad.public_id}/", grade=0).context["total"]["children"] == 1
    assert look(client, city_head, f"{broad.public_id}/", grade="x").status_code == 200


def test_by_course_adds_its_assignments(client, city_head, head, broad, course, school):
    assigning.assign(head, wish(course, "school", school=school))
    page = look(client, city_head, f"courses/{course.pk}/")
    assert shown(page) == [("万州区", 1, 1, 1, 0), ("江北区", 2, 2, 2, 2)]
    assert shown(look(client, head, f"courses/{course.pk}/")) == [("三年级2班", 2, 2, 2, 2)]


def test_by_course_tells_the_city_apart_who_took_it_of_their_own_accord(
    client, city_head, district_head, broad, course, lessons
):
    """陈静 and 李伟 were asked; two others were not, one of whom finished."""
    finish(person("王芳"), course)
    start(person("赵明"), course)
    Enrolment.objects.update(enrolled_at=timezone.now())
    said = "另有 2 位家长本学年自愿学习这门课程，不计入上面的数字；其中 2 人开始学习，1 人学完。"
    address = f"courses/{course.pk}/"
    assert look(client, city_head, address).context["beside"] == said
    answer = look(client, city_head, address, format="xlsx")
    about = [
        row[0]
        for row in load_workbook(BytesIO(answer.content)).active.iter_rows(
            max_row=2, values_only=True
        )
    ]
    assert said in about[1]
    assert look(client, city_head, f"{broad.public_id}/").context["beside"] == ""
    assert look(client, district_head, address).context["beside"] == ""


def test_withdrawn_assignment_is_gone(client, city_head, broad):
    assigning.withdraw(broad)
    assert look(client, city_head, f"{broad.public_id}/").status_code == 404
    assert broad.course.title not in look(client, city_head, "").content.decode()


def test_file_has_every_line_and_the_sum(client, city_head, broad):
    answer = look(client, city_head, f"{broad.public_id}/", format="xlsx")
    rows = list(load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert [row[:7] for row in rows[3:]] == [
        ("万州区", None, 1, 1, 1, 1, 0),
        ("江北区", None, 1, 1, 1, 1, 1),
        ("合计", None, 2, 2, 2, 2, 1),
    ]


def test_trend_is_nights_and_today(client, city_head, broad, stranger, course, school, now):
    trends.take(date(2026, 11, 24))
    now.advance(days=1)
    assert trends.take(date(2026, 11, 25)) == trends.take(date(2026, 11, 25)) == 6
    now.advance(days=1)
    finish(stranger, course)
    expected = {
        f"{broad.public_id}/": [(2, 1), (2, 1), (2, 2)],
        f"{broad.public_id}/schools/{school.public_id}/": [(1, 1), (1, 1), (1, 1)],
    }
    for address, numbers in expected.items():
        days = look(client, city_head, address).context["trend"]["days"]
        assert [(day.started, day.finished) for day in days] == numbers
    assert SchoolSnapshot.objects.count() == 12


def test_trend_follows_kind_and_grade(client, city_head, broad, stranger, course, school, now):
    trends.take(date(2026, 11, 24))
    now.advance(days=1)
    finish(stranger, course)
    base = f"{broad.public_id}/"
    for narrowed in ({"kind": "primary"}, {"grade": 3}, {"kind": "primary", "grade": 3}):
        days = look(client, city_head, base, **narrowed).context["trend"]["days"]
        assert [(day.started, day.finished) for day in days] == [(2, 1), (2, 2)]
    assert look(client, city_head, base, kind="junior").context["trend"] is None
    of_school = look(client, city_head, f"{base}schools/{school.public_id}/", grade=3).context
    assert (of_school["trend"], of_school["trend_is_kept"]) == (None, False)


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_for_one_and_for_three(
    client, city_head, course, lessons, other_district, number, django_assert_num_queries
):
    for n in range(number):
        own = make_class(make_school(other_district, f"S{n}", f"学校{n}"))
        make_guardian(person(f"家长{n}"), make_child(own))
    given = assigning.assign(city_head, wish(course, "city"))
    assigning.prepare(given)
    trends.take(date(2026, 11, 23))
    client.force_login(city_head)
    school = ClassFigure.objects.first().school.public_id
    base = f"/statistics/assignments/{given.public_id}/"
    for address, queries in (
        ("", 8), (f"districts/{other_district.code}/", 9), (f"schools/{school}/", 11),
    ):  # fmt: skip
        with django_assert_num_queries(queries):
            assert client.get(base + address).status_code == 200
