from datetime import date

import pytest
from django.db.models import Q

from learners.schools import membership, touching
from learners.schools.membership import Facts, NumberTakenError
from learners.schools.models import Child, ClassMembership, RosterContact
from tests.learners.schools.conftest import MOTHER_PHONE, TODAY, make_child, make_guardian

FACTS = Facts("李乐乐", "G001", "2018-03", [(MOTHER_PHONE, "mother", "李芳")])


@pytest.fixture
def recounted(monkeypatch):
    heard = []
    monkeypatch.setattr(touching, "_recounts", [heard.append])
    return heard


def test_child_is_added_with_its_contacts(third, recounted):
    child = membership.add_child(third, FACTS, TODAY)
    kept = Child.objects.in_class(third).get()
    assert (kept, kept.name, kept.student_number, kept.birth_month) == (
        child, "李乐乐", "G001", "2018-03"
    )  # fmt: skip
    assert [(c.phone, c.relation, c.name) for c in kept.contacts.all()] == [FACTS.contacts[0]]
    assert recounted == [[third.pk]]


def test_number_belongs_to_one_child_of_the_school(third, other_class, foreign_class):
    membership.add_child(third, FACTS, TODAY)
    membership.add_child(foreign_class, FACTS, TODAY)
    with pytest.raises(NumberTakenError):
        membership.add_child(other_class, Facts("王一一", "G001"), TODAY)
    assert Child.objects.in_class(other_class).count() == 0


def test_correction_replaces_contacts(third):
    child = membership.add_child(third, FACTS, TODAY)
    twice = [(MOTHER_PHONE, "father", ""), (MOTHER_PHONE, "other", "")]
    membership.correct_child(child, third, Facts("李乐", "G001", "", twice))
    child.refresh_from_db()
    assert (child.name, child.birth_month) == ("李乐", "")
    assert [contact.relation for contact in child.contacts.all()] == ["father"]


def test_move_keeps_the_history(third, other_class, xiaoman, recounted):
    membership.move_child(xiaoman, other_class, TODAY)
    assert list(
        xiaoman.memberships.order_by("pk").values_list("school_class", "since", "until")
    ) == [
        (third.pk, date(2026, 9, 1), TODAY),
        (other_class.pk, TODAY, None),
    ]
    assert recounted == [sorted([third.pk, other_class.pk])]


def test_removed_child_loses_phones_on_file_but_not_its_family(
    third, other_class, xiaoman, chen_jing, recounted
):
    make_guardian(chen_jing, xiaoman)
    stays = make_child(other_class, "李乐乐", phones=[(MOTHER_PHONE, "mother")])
    assert membership.remove_children([third.pk], [xiaoman.pk, stays.pk], TODAY) == 1
    assert list(Child.objects.of_guardian(chen_jing)) == [xiaoman]
    assert [contact.child for contact in RosterContact.objects.all()] == [stays]
    assert list(ClassMembership.objects.current().values_list("child", flat=True)) == [stays.pk]
    assert recounted == [[third.pk]]


def test_membership_that_has_not_begun_ends_on_its_first_day(third, xiaoman):
    early = date(2026, 8, 1)
    membership.end_memberships(Q(child=xiaoman), early)
    ended = xiaoman.memberships.get()
    assert (ended.since, ended.until) == (early, early)
