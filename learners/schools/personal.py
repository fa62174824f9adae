"""What the schools know about a person: children, classes, requests, appointments."""

from typing import Any

from django.db.models import Q
from django.utils import timezone

from learners.accounts.models import User
from learners.schools import family, touching
from learners.schools.membership import lock_children
from learners.schools.models import (
    ClassGuardian,
    ClassMembership,
    Guardianship,
    JoinRequest,
    PersonalDataRead,
    StaffAppointment,
)


def export(user: User) -> dict[str, Any]:
    return {
        "children": [_child(guardianship) for guardianship in _guardianships(user)],
        "classes_as_guardian": [
            {"school": member.school_class.school.name, "class": member.school_class.name,
             "since": member.since.isoformat(),
             "until": member.until.isoformat() if member.until else None}
            for member in ClassGuardian.objects.of(user).select_related("school_class__school")
        ],
        "requests_to_join": [
            {"class": asked.school_class.name, "child": asked.child_name,
             "asked_at": timezone.localtime(asked.asked_at).isoformat(),
             "accepted": asked.accepted if asked.decided_at else None}
            for asked in JoinRequest.objects.filter(user=user).select_related("school_class")
        ],
        "appointments": [
            {"role": post.role, "starts_on": post.starts_on.isoformat(),
             "ends_on": post.ends_on.isoformat() if post.ends_on else None}
            for post in StaffAppointment.objects.of(user)
        ],
    }  # fmt: skip


def _guardianships(user: User) -> Any:
    return (
        Guardianship.objects.of(user)
        .select_related("child")
        .prefetch_related("child__memberships__school_class__school")
    )


def _child(guardianship: Guardianship) -> dict[str, Any]:
    """A guardian may take away what is known of their child, but not others' phones."""
    child = guardianship.child
    return {
        "name": child.name,
        "nickname": child.nickname,
        "birth_month": child.birth_month,
        "due_date": child.due_date,
        "relation": guardianship.relation,
        "claimed_at": timezone.localtime(guardianship.claimed_at).isoformat(),
        "consent_version": guardianship.consent_version,
        "classes": [
            {"school": member.school_class.school.name, "class": member.school_class.name,
             "since": member.since.isoformat()}
            for member in child.memberships.all()
        ],
    }  # fmt: skip


def erase(user: User) -> None:
    """Called inside the transaction that closes the account.

    Which child a completion counts for must be kept by whoever keeps completions, before this.
    The phones on a school's roster are the school's: they are there without an account too.
    """
    classes = set(ClassGuardian.objects.of(user).current().values_list("school_class", flat=True))
    children = Guardianship.objects.of(user).values("child_id")
    members = ClassMembership.objects.current().filter(child__in=children)
    classes |= set(members.values_list("school_class_id", flat=True))
    # All of them before the first one's class is counted: the one order of locks.
    lock_children(Q(pk__in=children))
    for guardianship in Guardianship.objects.of(user).select_related("child"):
        family.leave_child(guardianship)
    ClassGuardian.objects.of(user).update(user=None)
    JoinRequest.objects.filter(user=user).delete()
    StaffAppointment.objects.of(user).delete()
    PersonalDataRead.objects.filter(user=user).update(user=None)
    touching.touch(classes)
