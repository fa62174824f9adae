"""A year ends: its figures stay to the last number, and the new classes begin with nothing."""

from datetime import UTC, date, datetime
from io import StringIO

from django.core.management import call_command
from django.db import transaction

from learners.assignments import assigning, counting, following
from learners.assignments.models import Assignment, ClassFigure
from learners.assignments.models.figures import COUNTS
from learners.schools.models import SchoolClass
from learners.schools.year import changes, undoing
from learners.schools.year.plan import MOVE, Wish
from tests.learners.assignments.conftest import TODAY, finish, start, wish
from tests.learners.schools.conftest import make_child, make_class

SEPTEMBER = date(2027, 9, 2)


def figures_of(assignment):
    return list(assignment.figures.order_by("pk").values_list("school_class", *COUNTS))


def checked():
    out = StringIO()
    call_command("recount_figures", "--check", stdout=out)
    return out.getvalue()


def test_figures_of_the_old_year_stay_and_the_new_year_counts(
    assignment, course, mother, stranger, third, school, head, city_head, now
):
    make_child(third, "李乐乐")
    start(mother, course)
    finish(mother, course)
    counting.classes_changed([third.pk])
    before = figures_of(assignment)
    assert (before[0][0], before[0][1], before[0][4]) == (third.pk, 2, 1)
    now.set(datetime(2027, 9, 2, 4, tzinfo=UTC))
    change = changes.ask(school, "roll", changes.proposal(school, 2027), head, year=2027)
    changes.apply(change, SEPTEMBER)
    assert figures_of(assignment) == before
    fourth = SchoolClass.objects.get(year=2027, school=school)
    given = assigning.assign(city_head, wish(course, "city", year=2027, due_on=date(2027, 10, 1)))
    assigning.prepare(given)
    # What she finished last year counts for the new assignment, as PRODUCT.md rule 2 says.
    row = ClassFigure.objects.get(assignment=given, school_class=fourth)
    assert (row.children, row.joined, row.finished) == (2, 1, 1)
    assert checked() == "1 figures, 0 missing, drift 0.\n"
    undoing.undo(change, SEPTEMBER)
    assert (figures_of(assignment), checked()) == (before, "1 figures, 0 missing, drift 0.\n")


def test_page_of_a_frozen_assignment_names_who_was_there_and_still_is_the_schools(
    assignment, course, mother, third, school, foreign_class, head, now
):
    gone = make_child(third, "走了")
    now.set(datetime(2027, 9, 2, 4, tzinfo=UTC))
    changes.apply(
        changes.ask(school, "roll", changes.proposal(school, 2027), head, year=2027), SEPTEMBER
    )
    from learners.schools import membership

    membership.move_child(gone, foreign_class, SEPTEMBER)
    named = following.rows(assignment, third)
    assert [row.name for row in named] == ["陈小满"]


def test_what_was_given_to_a_class_goes_along_when_classes_are_put_together(
    assignment, course, mother, third, other_class, teacher, other_teacher, school, head
):
    make_child(other_class, "李乐乐")
    wishes = [Wish(third.pk, MOVE, other_class.name, 3, teachers=True)]
    change = changes.ask(school, "merge", wishes, head, year=2026, together=True)
    changes.apply(change, TODAY)
    assert list(assignment.figures.order_by("pk").values_list("school_class", "children")) == [
        (third.pk, 0), (other_class.pk, 2)
    ]  # fmt: skip
    # Both teachers may change it: the closed class is nobody's any more.
    for user in (teacher, other_teacher):
        assert list(Assignment.objects.changeable_by(user)) == [assignment]
    assert checked() == "2 figures, 0 missing, drift 0.\n"


def test_everything_together_leaves_no_drift(course, lessons, school, head, mother):
    with transaction.atomic():
        old = make_class(school, "二年级2班", 2, 2025)
        make_child(old, "赵二二")
        assigning.assign(head, wish(course, "school", school=school))
        asked = changes.ask(school, "roll", changes.proposal(school, 2026), head, year=2026,
                            together=True)  # fmt: skip
        changes.apply(asked, TODAY)
    figure = ClassFigure.objects.get(school_class__name="三年级2班")
    assert (figure.children, asked.counts["new"]) == (2, 0)
    assert checked() == "1 figures, 0 missing, drift 0.\n"
