"""What happens at the same moment, on real connections: no figure is ever left behind."""

import pytest

from learners.assignments import assigning, counting
from learners.assignments.models import Assignment, ClassFigure
from learners.schools import joining, membership
from learners.schools.models import ClassChange, ClassMembership
from learners.schools.year import changes
from learners.schools.year.plan import MOVE, Wish
from learners.study.models import TimeCredit
from tests.conftest import person
from tests.learners.assignments.conftest import TODAY, add_lesson, finish, start, wish
from tests.learners.schools.conftest import make_child, make_class, make_guardian
from tests.learners.study.test_races import together

pytestmark = pytest.mark.django_db(transaction=True)
FAMILIES = 6


@pytest.fixture
def town(school, course, teacher, third):
    """Six families in one class; every parent has begun."""
    add_lesson(course, "one")
    people = [person(f"家长{n}") for n in range(FAMILIES)]
    children = [make_child(third, f"孩子{n}") for n in range(FAMILIES)]
    for user, child in zip(people, children, strict=True):
        make_guardian(user, child)
    assigning.assign(teacher, wish(course, school=school, classes=[third]))
    for user in people:
        start(user, course)
    return people, children


def drift():
    return list(counting.drift(ClassFigure.objects.all()))


def test_all_families_finishing_at_once_are_all_counted(town, course):
    people, _children = town
    together(*(lambda user=user: finish(user, course) for user in people))
    assert drift() == []
    assert ClassFigure.objects.get().finished == FAMILIES


def test_moving_while_finishing_is_counted_where_the_child_is(town, course, school, head):
    people, children = town
    other = make_class(school, "三年级9班")
    assigning.assign(head, wish(course, "school", school=school))
    together(
        *(lambda user=user: finish(user, course) for user in people[:3]),
        *(lambda child=c: membership.move_child(child, other, TODAY) for c in children[:3]),
    )
    assert drift() == []
    assert ClassFigure.objects.get(school_class=other).finished == 3


def test_assigning_and_claiming_while_finishing_misses_nobody(town, course, school, head, third):
    people, children = town
    claims = {"relation": "father", "basis": "phone", "version": "1"}
    city = wish(course, "city")

    def give_to_all():
        return assigning.prepare(assigning.assign(None, city))

    together(
        *(lambda user=user: finish(user, course) for user in people[:2]),
        lambda: assigning.assign(head, wish(course, school=school, classes=[third])),
        give_to_all,
        lambda: joining.claim(people[0], children[5], **claims),
        lambda: membership.remove_children([third.pk], [children[4].pk], TODAY),
    )
    assert drift() == []
    assert (counting.rows_missing(), Assignment.objects.count()) == (0, 3)
    assert TimeCredit.objects.count() == FAMILIES
    assert set(ClassFigure.objects.values_list("finished", flat=True)) == {3}


def test_putting_classes_together_while_finishing_and_moving_counts_everybody(
    town, course, school, head, third
):
    people, children = town
    other = make_class(school, "三年级9班")
    make_child(other, "先来")
    assigning.assign(head, wish(course, "school", school=school))
    wishes = [Wish(own.pk, MOVE, other.name, 3) for own in (third, other)]
    change = changes.ask(school, "merge", wishes, head, year=2026, together=True)

    def merge():
        try:
            changes.apply(change, TODAY)
        except changes.ChangedMeanwhileError:
            # A child had moved before: what was promised was no longer so, and nothing was done.
            ClassChange.objects.update(state="checked")

    together(
        *(lambda user=user: finish(user, course) for user in people[:3]),
        merge,
        lambda: membership.move_child(children[5], other, TODAY),
    )
    assert drift() == []
    current = ClassMembership.objects.current()
    assert current.count() == FAMILIES + 1
    assert sum(ClassFigure.objects.filter(assignment__scope="school").values_list(
        "finished", flat=True
    )) == 3  # fmt: skip
