from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import CoursePage
from learners.accounts.closing import close_account
from learners.assignments import assigning, counting
from learners.assignments.models import ClassFigure
from learners.assignments.models.figures import COUNTS
from learners.schools import touching
from learners.schools.models import ClassGuardian, Guardianship
from learners.study import completion, enrolment
from learners.study.models import CourseDay, Enrolment
from tests.conftest import person
from tests.learners.assignments.conftest import DUE, complete, finish, start, wish
from tests.learners.schools.conftest import make_child, make_class, make_guardian


def figures(of=None):
    """The one figure row, as a dict without zeros."""
    row = (of or ClassFigure.objects).values(*COUNTS).get()
    return {name: count for name, count in row.items() if count}


def test_assigned_class_is_counted_at_once(xiaoman, third, assignment):
    assert figures() == {"children": 1}
    assert ClassFigure.objects.get().counted


def test_child_is_joined_started_and_finished_by_any_guardian(mother, xiaoman, assignment, course):
    grandfather = person("陈建国", "+8613800138002")
    make_guardian(grandfather, xiaoman, "grandparent")
    touching.touch([assignment.chosen.get().pk])
    assert figures() == {"children": 1, "joined": 1, "guardians": 2}
    start(mother, course)
    assert figures() == {
        "children": 1, "joined": 1, "started": 1, "guardians": 2, "guardians_started": 1,
    }  # fmt: skip
    finish(grandfather, course)
    assert figures() == {
        "children": 1, "joined": 1, "started": 1, "finished": 1,
        "guardians": 2, "guardians_started": 2, "guardians_finished": 1, "minutes": 4,
    }  # fmt: skip


def test_earlier_completion_counts_and_an_anew_assignment_asks_again(
    mother, course, lessons, teacher, third, now
):
    now.set(datetime(2026, 8, 31, 15, tzinfo=UTC))
    finish(mother, course)
    now.set(datetime(2026, 11, 24, 4, tzinfo=UTC))
    given = wish(course, school=third.school, classes=[third])
    assignment = assigning.assign(teacher, given)
    anew = assigning.assign(teacher, wish(course, school=third.school, classes=[third], anew=True))
    assert figures(assignment.figures)["finished"] == 1
    assert "finished" not in figures(anew.figures)
    enrolment.start_again(mother, course)
    finish(mother, course)
    assert figures(anew.figures) == figures(assignment.figures) | {"minutes": 4}
    assert figures(assignment.figures)["minutes"] == 8


@pytest.mark.parametrize(
    ("at", "late"),
    [
        (datetime(2026, 11, 30, 15, 59, 59, tzinfo=UTC), 0),
        (datetime(2026, 11, 30, 16, tzinfo=UTC), 1),
    ],
)
def test_late_begins_after_the_end_of_the_day_in_shanghai(
    mother, assignment, course, now, at, late
):
    now.set(at)
    finish(mother, course)
    assert figures().get("finished_late", 0) == late
    assigning.change(assignment, date(2026, 12, 1), "")
    assert "finished_late" not in figures()


def test_frozen_figures_stay_as_they_are(mother, assignment, course, now):
    now.set(datetime(2027, 8, 31, 16, tzinfo=UTC))
    finish(mother, course)
    assert figures() == {"children": 1, "joined": 1, "guardians": 1}


def test_siblings_in_one_class_are_two_children_and_one_guardian(mother, assignment, course, third):
    make_guardian(mother, make_child(third, "陈小秋"))
    touching.touch([third.pk])
    finish(mother, course)
    assert figures() == {
        "children": 2, "joined": 2, "started": 2, "finished": 2,
        "guardians": 1, "guardians_started": 1, "guardians_finished": 1, "minutes": 4,
    }  # fmt: skip


def test_community_counts_guardians(community, course, lessons, city_head, mother):
    own = make_class(community, "家长一班", grade=None)
    ClassGuardian.objects.create(
        user=mother, school_class=own, since=date(2026, 9, 1), consent_version="1"
    )
    assigning.assign(city_head, wish(course, school=community, classes=[own]))
    finish(mother, course)
    expected = {"guardians": 1, "guardians_started": 1, "guardians_finished": 1, "minutes": 4}
    assert figures() == expected
    close_account(mother)
    assert figures() == expected


def test_closed_account_takes_no_completion_back(mother, assignment, course):
    finish(mother, course)
    before = figures()
    close_account(mother)
    touching.touch([assignment.chosen.get().pk])
    assert figures() == before
    assert list(counting.drift(ClassFigure.objects.all())) == []


def test_leaving_guardian_no_longer_counts(mother, assignment, course, third):
    finish(mother, course)
    Guardianship.objects.all().delete()
    touching.touch([third.pk])
    assert figures() == {"children": 1}


def test_class_that_comes_later_falls_under_a_school_assignment(head, course, school, third):
    assigning.assign(head, wish(course, "grade", school=school, grade=3))
    later, other = make_class(school, "三年级9班"), make_class(school, "四年级1班", grade=4)
    touching.touch([later.pk, other.pk])
    found = ClassFigure.objects.order_by("pk").values_list("school_class__name", flat=True)
    assert list(found) == ["三年级2班", "三年级9班"]


def test_city_assignment_takes_the_kinds_and_grades_it_chose(
    city_head, course, third, foreign_class, community, school
):
    make_class(school, "四年级1班", grade=4)
    make_class(community, "家长一班", grade=None)
    given = assigning.assign(
        city_head, wish(course, "city", kinds=["primary"], grades=[3], due_on=DUE)
    )
    assert assigning.preparation(given) == assigning.Preparation(0, None)
    assert assigning.prepare(given) == 2
    assert assigning.preparation(given) == assigning.Preparation(2, 2)
    reached = set(given.figures.values_list("school_class", flat=True))
    assert reached == {third.pk, foreign_class.pk}


def test_check_finds_drift_and_recount_heals_it(mother, assignment, capsys):
    ClassFigure.objects.update(joined=7)
    with pytest.raises(CommandError):
        call_command("recount_figures", "--check")
    call_command("recount_figures")
    call_command("recount_figures", "--check")
    assert capsys.readouterr().out.splitlines()[-1] == "1 figures, 0 missing, drift 0."


def test_check_finds_a_class_without_its_row(assignment):
    ClassFigure.objects.all().delete()
    with pytest.raises(CommandError):
        call_command("recount_figures", "--check")


def statements_of(act):
    with CaptureQueriesContext(connection) as seen:
        act()
    return [q["sql"] for q in seen if not q["sql"].startswith(("SAVEPOINT", "RELEASE"))]


@pytest.mark.parametrize("classes", [1, 3])
def test_completion_costs_the_same_for_one_class_and_for_three(
    mother, course, lessons, head, school, third, classes
):
    for number in range(classes - 1):
        own = make_class(school, f"五年级{number}班", grade=5)
        make_guardian(mother, make_child(own, "陈小秋"))
    assigning.assign(head, wish(course, "school", school=school))
    complete(mother, lessons[0])
    run = Enrolment.objects.get()
    run.progress.create(
        lesson=lessons[1], covered_seconds=10**6, position_at=run.enrolled_at,
        first_report_at=run.enrolled_at, last_report_at=run.enrolled_at,
    )  # fmt: skip
    done = statements_of(lambda: completion.complete_if_earned(run.pk, lessons[1].pk, 1.8e9))
    assert len(done) == 12
    assert ClassFigure.objects.filter(finished=1).count() == classes


def test_check_finds_a_day_of_courses_that_is_not_what_was_done(mother, course, lessons, capsys):
    enrolment.enrol(mother, course)
    Enrolment.objects.update(enrolled_at=datetime(2026, 9, 1, tzinfo=UTC))
    call_command("recount_figures")
    assert capsys.readouterr().out == "0 figures recounted, 1 days of courses.\n"
    call_command("recount_figures", "--check")
    CourseDay.objects.update(enrolled=2)
    with pytest.raises(CommandError):
        call_command("recount_figures", "--check")
    assert "'enrolled': 2" in capsys.readouterr().err


def test_enrolment_tells_whether_it_was_asked_for(mother, course, lessons, head, school):
    other = course.get_parent().add_child(instance=CoursePage(title="别的", slug="other"))
    assert enrolment.enrol(mother, other).voluntary is True
    assigning.assign(head, wish(course, "school", school=school))
    assert enrolment.enrol(mother, course).voluntary is False
    finish(mother, course)
    assigning.assign(head, wish(other, "school", school=school))
    assert enrolment.enrol(mother, other).voluntary is True
    assert enrolment.start_again(mother, course).voluntary is False
