"""A simulated city is whole: its figures are what its families did, and ids go on behind it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from learners.assignments.models import Assignment, ClassFigure
from learners.schools.models import Child, District, SchoolClass
from learners.study.models import Enrolment
from tests.learners.assignments.conftest import add_lesson

CHILDREN = 20_000


@pytest.fixture
def city(course):
    add_lesson(course, "one")
    add_lesson(course, "two")
    said = StringIO()
    call_command("simulate_city", children=CHILDREN, stdout=said)
    return said.getvalue()


def test_city_of_20000_children_is_counted_without_drift(city):
    assert ClassFigure.objects.totals() == {
        "children": CHILDREN, "joined": 17_000, "started": 15_000, "finished": 11_000,
        "finished_late": 0, "guardians": 21_250, "guardians_started": 15_000,
        "guardians_finished": 11_000, "guardians_late": 0, "minutes": 52_000,
    }  # fmt: skip
    said = StringIO()
    call_command("recount_figures", "--check", stdout=said)
    assert said.getvalue() == "500 figures, 0 missing, drift 0.\n"
    assert ClassFigure.objects.values("district").distinct().count() == 41
    assert Assignment.objects.get().scope == "city"


def test_city_stands_beside_what_was_there(course, city):
    call_command("simulate_city", children=100, stdout=StringIO())
    assert (Child.objects.count(), SchoolClass.objects.count()) == (20_100, 502)
    assert Enrolment.objects.count() == 15_083
    assert District.objects.filter(schools=None).count() == 0


def test_city_without_a_course_or_children_is_refused(db, home):
    with pytest.raises(CommandError):
        call_command("simulate_city", children=10)
