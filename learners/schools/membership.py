"""Children come into a class, move, leave, and are corrected by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from learners.schools import touching
from learners.schools.models import Child, ClassMembership, RosterContact, School, SchoolClass

CONTACTS_KEPT_DAYS = 21  # longer than a change of classes can be undone
Contact = tuple[str, str, str]
"""Phone (E.164), relation, name."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a school writes about a child."""

    name: str
    student_number: str = ""
    birth_month: str = ""
    contacts: Sequence[Contact] = ()


class NumberTakenError(Exception):
    """Another child of the school has this student number."""


@transaction.atomic
def add_child(school_class: SchoolClass, facts: Facts, today: date) -> Child:
    child = Child()
    _put(child, facts, school_class)
    ClassMembership.objects.create(child=child, school_class=school_class, since=today)
    touching.touch([school_class.pk])
    return child


@transaction.atomic
def correct_child(child: Child, school_class: SchoolClass, facts: Facts) -> None:
    _put(child, facts, school_class)
    touching.touch([school_class.pk])


def _put(child: Child, facts: Facts, school_class: SchoolClass) -> None:
    child.name, child.birth_month = facts.name, facts.birth_month
    _put_number(child, facts.student_number, school_class)
    child.save()
    put_contacts(child, facts.contacts)


def _put_number(child: Child, number: str, school_class: SchoolClass) -> None:
    child.set_student_number(number)
    check_number(child, school_class)


def check_number(child: Child, school_class: SchoolClass) -> None:
    """NumberTakenError when somebody else of that school has it, in a class of any year.

    Under the school's row, which an import and a second typist wait for.
    """
    list(School.objects.filter(pk=school_class.school_id).select_for_update(no_key=True))
    members = ClassMembership.objects.current().filter(school_class__school=school_class.school_id)
    others = Child.objects.filter(pk__in=members.values("child_id")).exclude(pk=child.pk)
    if (
        child.student_number_hash
        and others.filter(student_number_hash=child.student_number_hash).exists()
    ):
        raise NumberTakenError


def put_contacts(child: Child, contacts: Sequence[Contact]) -> None:
    """These and no others; the first of two with one phone counts."""
    child.contacts.all().delete()
    by_phone = {phone: (relation, name) for phone, relation, name in reversed(contacts)}
    RosterContact.objects.bulk_create(
        RosterContact.for_phone(child, phone, relation, name)
        for phone, (relation, name) in by_phone.items()
    )


@transaction.atomic
def move_child(child: Child, school_class: SchoolClass, today: date) -> None:
    """Into another class, of this school or another; the day belongs to the new one.

    Whoever moves the child at the same moment is waited for, and then comes first.
    """
    lock_children(Q(pk=child.pk))
    left = end_memberships(Q(child=child), today)
    ClassMembership.objects.create(child=child, school_class=school_class, since=today)
    touching.touch([*left, school_class.pk])


def lock_children(which: Q) -> None:
    """Before they are moved, claimed or left, and before anybody's person is locked.

    Whoever comes second finds the class where the child is now. The key is left free: rows that
    refer to a child are checked at the commit, when whoever wrote them holds persons already.
    """
    children = Child.objects.filter(which).order_by("pk")
    list(children.select_for_update(of=("self",), no_key=True).values_list("pk"))


@transaction.atomic
def remove_children(school_class_ids: Iterable[int], children: Iterable[int], today: date) -> int:
    """Off the rosters of these classes; how many left.

    The school's phones of them go, the families keep their children and what they learned.
    """
    chosen = list(children)
    lock_children(Q(pk__in=chosen))
    which = Q(child__in=chosen, school_class__in=list(school_class_ids))
    leaving = list(ClassMembership.objects.current().filter(which).values_list("child_id"))
    left = end_memberships(which, today)
    RosterContact.objects.filter(child__in=[pk for (pk,) in leaving]).delete()
    touching.touch(left)
    return len(leaving)


def forget_contacts_of_gone(today: date) -> int:
    """The phones on file of those who graduated; kept a while, so that it can be undone."""
    lately = ClassMembership.objects.filter(
        Q(until=None) | Q(until__gt=today - timedelta(days=CONTACTS_KEPT_DAYS)),
        child=OuterRef("child"),
    )
    return RosterContact.objects.filter(~Exists(lately)).delete()[0]


def end_memberships(which: Q, today: date) -> list[int]:
    """The classes left. A membership that has not begun yet ends on its first day."""
    current = ClassMembership.objects.current().filter(which)
    left = list(current.values_list("school_class_id", flat=True).distinct())
    current.filter(since__gt=today).update(since=today)
    current.update(until=today)
    return left
