"""The first counts of a broad assignment, and what happens while they are read."""

from datetime import date

import pytest
from django.core.management import call_command

from learners.assignments import assigning, counting, filling
from learners.assignments.models import Assignment, ClassFigure
from tests.learners.assignments.conftest import finish, wish

LATER = date(2026, 12, 4)


@pytest.fixture
def given(city_head, course, lessons, mother, stranger):
    return assigning.assign(city_head, wish(course, "city"))


@pytest.fixture
def after_reading(monkeypatch):
    """Lets something happen between the reading and the writing."""

    def happen(act):
        read = filling._read

        def and_then(assignment_id):
            rows = list(read(assignment_id))
            act()
            return iter(rows)

        monkeypatch.setattr(filling, "_read", and_then)

    return happen


def standing():
    return list(ClassFigure.objects.order_by("-finished").values_list("finished", "counted"))


def test_rows_are_filled_with_the_truth(given, mother, course):
    finish(mother, course)
    assert assigning.prepare(given) == 2
    assert standing() == [(1, True), (0, True)]
    assert list(counting.drift(ClassFigure.objects.all())) == []


def test_completion_after_the_reading_is_not_written_over(given, mother, course, after_reading):
    after_reading(lambda: finish(mother, course))
    assert assigning.prepare(given) == 1
    assert standing() == [(1, True), (0, True)]
    assert list(counting.drift(ClassFigure.objects.all())) == []


def test_day_moved_after_the_reading_lets_the_rows_wait(given, mother, course, after_reading):
    finish(mother, course)
    after_reading(lambda: assigning.change(Assignment.objects.get(), LATER, ""))
    assert assigning.prepare(given) == 0
    assert standing() == [(0, False), (0, False)]
    assert assigning.prepare(Assignment.objects.get()) == 2
    assert list(counting.drift(ClassFigure.objects.all())) == []


def test_preparing_again_changes_nothing(given):
    assert (assigning.prepare(given), assigning.prepare(given)) == (2, 0)


def test_recount_mends_what_is_wrong_and_writes_nothing_else(given, mother, course, capsys):
    """A city's rows are read in one pass, whatever their number."""
    finish(mother, course)
    before = standing()
    wrong = ClassFigure.objects.order_by("-finished").first()
    ClassFigure.objects.filter(pk=wrong.pk).update(joined=7, grade=9)
    assert filling.wrong(given) == [wrong.pk]
    call_command("recount_figures")
    assert capsys.readouterr().out.split(",")[0] == "1 figures recounted"
    assert (standing(), filling.wrong(given)) == (before, [])
    call_command("recount_figures", "--check")
