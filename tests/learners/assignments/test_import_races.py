"""A list is applied while others import, claim, move, type and finish: one truth remains."""

import pytest

from learners.assignments import assigning, counting
from learners.assignments.models import ClassFigure
from learners.schools import joining, membership
from learners.schools.models import Child, ClassMembership, RosterImport
from learners.schools.roster import imports
from learners.schools.tasks import apply_roster
from tests.conftest import person
from tests.learners.assignments.conftest import TODAY, add_lesson, finish, start, wish
from tests.learners.schools.conftest import make_child, make_class
from tests.learners.schools.roster import books
from tests.learners.study.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)
CHILDREN = 6


def numbered(n):
    return f"G5001052018010100{n:02}"


def listed(class_name, *numbers):
    rows = [["三年级", class_name, numbered(n), f"孩子{n}", "", "", "", ""] for n in numbers]
    return books.plain_book(*rows)


@pytest.fixture
def town(school, course, head, third):
    """Six children in 2班, whose list now says 9班; everything is assigned to the school."""
    add_lesson(course, "one")
    children = [make_child(third, f"孩子{n}", numbered(n)) for n in range(CHILDREN)]
    make_class(school, "三年级9班")
    assigning.assign(head, wish(course, "school", school=school))
    return children


def waiting(school, data):
    roster = imports.begin(school, None, "a.xlsx", data)
    imports.check(roster)
    RosterImport.objects.filter(pk=roster.pk).update(state="applying")
    return roster


def apply(roster):
    apply_roster.func(roster.pk)


def drift():
    figures = ClassFigure.objects.all()
    return list(counting.drift(figures)), counting.rows_missing()


def places():
    current = ClassMembership.objects.current().values_list("child__name", "school_class__name")
    return sorted(current)


def test_two_imports_at_once_make_every_child_once(town, school):
    """The same new children twice, and moves that contradict each other: whoever is second is
    checked anew."""
    first = waiting(school, listed("9班", *range(CHILDREN + 3)))
    second = waiting(school, listed("9班", *range(CHILDREN + 3)))
    together(lambda: apply(first), lambda: apply(second))
    assert places() == [(f"孩子{n}", "三年级9班") for n in range(CHILDREN + 3)]
    assert (Child.objects.count(), drift()) == (CHILDREN + 3, ([], 0))


def test_claims_beside_an_import_are_counted_where_the_child_is(town, school, course):
    people = [person(f"家长{n}") for n in range(CHILDREN)]
    for user in people:
        start(user, course)
    roster = waiting(school, listed("9班", *range(CHILDREN)))
    told = {"relation": "mother", "basis": "digits", "version": "1"}
    together(
        lambda: apply(roster),
        *(
            lambda user=user, child=child: joining.claim(user, child, **told)
            for user, child in zip(people[:4], town, strict=False)
        ),
        lambda: finish(people[0], course),
    )
    finish(people[1], course)
    assert drift() == ([], 0)
    figure = ClassFigure.objects.get(school_class__name="三年级9班")
    assert (figure.children, figure.joined, figure.finished) == (6, 4, 2)


def test_moving_and_removing_by_hand_beside_an_import(town, school, third):
    other = make_class(school, "三年级5班")
    roster = waiting(school, listed("9班", *range(CHILDREN)))
    together(
        lambda: apply(roster),
        lambda: membership.move_child(town[0], other, TODAY),
        lambda: membership.remove_children([third.pk], [town[1].pk], TODAY),
    )
    current = ClassMembership.objects.current()
    assert current.values("child").distinct().count() == current.count()
    assert drift() == ([], 0)


def test_number_typed_twice_at_once_is_one_child(town, school, third):
    facts = membership.Facts("新同学", numbered(50))

    def add():
        try:
            return membership.add_child(third, facts, TODAY)
        except membership.NumberTakenError:
            return None

    roster = waiting(school, listed("2班", 50))
    made = together(add, add, lambda: apply(roster))
    assert len([one for one in made if one]) <= 1
    hashed = Child.objects.filter(name__in=["新同学", "孩子50"]).values_list("student_number_hash")
    assert len(hashed) == len(set(hashed)) == 1
    assert drift() == ([], 0)
