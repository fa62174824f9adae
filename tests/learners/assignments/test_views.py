"""Assigning as people do it, and what the pages say afterwards."""

import re
from datetime import date

import pytest

from learners.assignments import assigning
from learners.assignments.models import Assignment, ClassFigure, Scope
from learners.schools import touching
from tests.learners.assignments.conftest import DUE, finish, wish
from tests.learners.schools.conftest import appoint, make_child, make_class, make_guardian


def give(client, user, address, **data):
    client.force_login(user)
    return client.post(address, {"day": "week", "note": "", **data})


def address(kind, code, course):
    return f"/school/assign/{kind}/{code}/{course.pk}/"


def test_teacher_assigns_in_three_taps(client, teacher, third, xiaoman, course, lessons):
    client.force_login(teacher)
    start = client.get(f"/school/classes/{third.public_id}/assign/", follow=True)
    assert course.title in start.content.decode()
    page = client.get(f"{address('classes', 'mine', course)}?of={third.public_id}").content.decode()
    assert re.findall(r'name="classes"[^>]*checked', page) != []
    sent = {"classes": [str(third.public_id)]}
    asked = give(client, teacher, address("classes", "mine", course), **sent)
    assert "1 个孩子" in asked.content.decode()
    assert Assignment.objects.count() == 0
    done = give(client, teacher, address("classes", "mine", course), **sent, confirmed="on")
    given = Assignment.objects.get()
    assert done.headers["Location"] == f"/school/assignments/{given.public_id}/"
    assert (given.due_on, given.scope, given.given_by) == (date(2026, 12, 1), "classes", teacher)
    assert list(given.chosen.all()) == [third]
    assert ClassFigure.objects.get().children == 1


def test_teacher_of_two_schools_gives_two_assignments(
    client, teacher, third, foreign_class, course, lessons
):
    appoint(teacher, "teacher", foreign_class)
    both = [str(third.public_id), str(foreign_class.public_id)]
    give(client, teacher, address("classes", "mine", course), classes=both, confirmed="on")
    found = Assignment.objects.order_by("school").values_list("school", flat=True)
    assert list(found) == sorted([third.school_id, foreign_class.school_id])


def test_school_gives_a_grade_and_all_of_it(client, head, school, third, course, lessons):
    make_class(school, "四年级1班", grade=4)
    where = address("school", school.public_id, course)
    give(client, head, where, scope="grade", grade=3, confirmed="on")
    give(client, head, where, scope="school", confirmed="on", anew="on")
    assert ClassFigure.objects.filter(assignment__scope=Scope.GRADE).count() == 1
    assert ClassFigure.objects.filter(assignment__scope=Scope.SCHOOL).count() == 2
    assert Assignment.objects.get(scope="school").anew


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        ({"day": "own", "own_day": "2026-11-23"}, "这一天已经过了，请选今天或以后的日子。"),
        ({"day": "own", "own_day": ""}, "请选一个日期。"),
        ({"day": "own", "own_day": "2027-09-01"}, "这一天和所选班级不在同一个学年。"),
        ({"classes": []}, "请至少选一个班。"),
        ({"classes": ["4c1d9a52-0c8e-4c7b-9f6a-6b1f3f8a1c11"]}, None),
    ],
)
def test_wrong_wish_is_said_and_nothing_is_assigned(
    client, teacher, third, course, lessons, sent, error
):
    data = {"classes": [str(third.public_id)], "confirmed": "on", **sent}
    page = give(client, teacher, address("classes", "mine", course), **data)
    assert (page.status_code, Assignment.objects.count()) == (200, 0)
    assert 'role="alert"' in page.content.decode() or "errorlist" in page.content.decode()
    assert error is None or error in page.content.decode()


def test_unpublished_course_cannot_be_assigned(client, teacher, third, course, lessons):
    course.unpublish()
    data = {"classes": [str(third.public_id)], "confirmed": "on"}
    page = give(client, teacher, address("classes", "mine", course), **data)
    assert "这门课程还没有发布" in page.content.decode()
    assert Assignment.objects.count() == 0


def test_foreign_class_cannot_be_chosen(client, teacher, third, other_class, course, lessons):
    data = {"classes": [str(other_class.public_id)], "confirmed": "on"}
    page = give(client, teacher, address("classes", "mine", course), **data)
    assert (page.status_code, Assignment.objects.count()) == (200, 0)


def test_city_answers_at_once_and_says_how_far_it_is(
    client, city_head, third, foreign_class, course, lessons
):
    data = {"kinds": ["primary"], "grades": ["3"], "confirmed": "on"}
    done = give(client, city_head, address("city", "all", course), **data)
    page = client.get(done.headers["Location"]).content.decode()
    assert "正在准备班级" in page
    given = Assignment.objects.get()
    Assignment.objects.update(wanted=2)
    assert "正在准备：2 个班里已好 0 个" in client.get(done.headers["Location"]).content.decode()
    assigning.prepare(given)
    page = client.get(done.headers["Location"]).content.decode()
    assert "正在准备" not in page
    assert (third.name in page, "石门小学" in page) == (True, True)


def test_grades_that_the_kinds_do_not_have_are_refused(client, city_head, course, lessons):
    data = {"kinds": ["kindergarten"], "grades": ["3"], "confirmed": "on"}
    page = give(client, city_head, address("city", "all", course), **data)
    assert (page.status_code, Assignment.objects.count()) == (200, 0)


def test_day_and_note_are_changed(client, teacher, mother, assignment):
    where = f"/school/assignments/{assignment.public_id}/change/"
    changed = give(client, teacher, where, day="own", own_day="2026-12-20", note="慢慢来")
    assert changed.status_code == 302
    assignment.refresh_from_db()
    assert (assignment.due_on, assignment.note) == (date(2026, 12, 20), "慢慢来")


def test_withdrawn_assignment_is_asked_about_and_gone(client, teacher, assignment, mother):
    where = f"/school/assignments/{assignment.public_id}/withdraw/"
    client.force_login(teacher)
    assert "撤回这次布置？" in client.get(where).content.decode()
    assert Assignment.objects.standing().count() == 1
    client.post(where)
    assert Assignment.objects.standing().count() == 0
    assert client.get(f"/school/assignments/{assignment.public_id}/").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_for_one_and_for_three(
    client, teacher, third, course, lessons, django_assert_num_queries, number
):
    for _ in range(number):
        assigning.assign(teacher, wish(course, school=third.school, classes=[third], due_on=DUE))
    client.force_login(teacher)
    with django_assert_num_queries(7):
        client.get("/school/assignments/")
    with django_assert_num_queries(6):
        client.get(f"/school/classes/{third.public_id}/assignments/")


@pytest.mark.parametrize("number", [1, 3])
def test_assignment_page_costs_the_same_for_one_class_and_for_three(
    client, head, school, course, lessons, django_assert_num_queries, number
):
    for n in range(number):
        make_guardian(head, make_child(make_class(school, f"三年级{n}班"), f"孩子{n}"))
    given = assigning.assign(head, wish(course, "school", school=school))
    client.force_login(head)
    with django_assert_num_queries(9):
        client.get(f"/school/assignments/{given.public_id}/")


def test_finished_child_shows_in_the_list_of_classes(client, teacher, mother, assignment, course):
    finish(mother, course)
    touching.touch([])
    client.force_login(teacher)
    page = client.get(f"/school/assignments/{assignment.public_id}/").content.decode()
    assert "1 个孩子中 1 个已完成" in page
