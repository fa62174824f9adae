"""Guardians join a class and claim its children (PRODUCT.md, Words).

A claim rests on a phone the school has on file, on the child's name with the last four digits
of such a phone, or on the teacher. The list of names is never shown to an outsider.
"""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from learners.accounts.models import Consent
from learners.schools import family, touching
from learners.schools.membership import lock_children
from learners.schools.models import (
    Child,
    ClassGuardian,
    ClassMembership,
    Guardianship,
    JoinRequest,
    RosterContact,
    SchoolClass,
)

CONSENT = "child"


def class_with_code(code: str) -> SchoolClass | None:
    """The class that may be joined under this code now."""
    classes = SchoolClass.objects.select_related("school").filter(archived_at=None)
    return classes.filter(join_code=code, join_open=True).first() if code else None


def offered(user: Any, school_class: SchoolClass) -> list[RosterContact]:
    """The children that have the person's own phone on file, and are not yet theirs."""
    in_class = RosterContact.objects.filter(child__in=Child.objects.in_class(school_class))
    claimed = Guardianship.objects.of(user).values("child_id")
    return list(in_class.with_phone_of(user).exclude(child__in=claimed).select_related("child"))


def child_named(school_class: SchoolClass, name: str, digits: str) -> Child | None:
    """The one child of that name with a phone on file that ends so; None for none or several."""
    named = Child.objects.in_class(school_class).filter(name=name).prefetch_related("contacts")
    found = [
        child
        for child in named
        if any(contact.phone.endswith(digits) for contact in child.contacts.all())
    ]
    return found[0] if len(found) == 1 else None


@transaction.atomic
def claim(
    user: Any, child: Child, *, relation: str, basis: str, version: str, own: Child | None = None
) -> Guardianship:
    """Safe to repeat. `own` is the person's child without a class that this one is."""
    lock_children(Q(pk=child.pk))
    record_consent(user, version)
    guardianship, _created = Guardianship.objects.get_or_create(
        user=user,
        child=child,
        defaults={"relation": relation, "basis": basis, "consent_version": version},
    )
    if own is not None:
        family.unite(own, child)
    touch_classes_of([child.pk])
    return guardianship


def record_consent(user: Any, version: str) -> None:
    Consent.objects.get_or_create(user=user, purpose=CONSENT, version=version)


def touch_classes_of(children: list[int]) -> None:
    members = ClassMembership.objects.current().filter(child__in=children)
    touching.touch(members.values_list("school_class_id", flat=True))


@transaction.atomic
def join_class(user: Any, school_class: SchoolClass, version: str, today: date) -> None:
    """A class where guardians count; safe to repeat."""
    record_consent(user, version)
    ClassGuardian.objects.get_or_create(
        user=user,
        school_class=school_class,
        until=None,
        defaults={"since": today, "consent_version": version},
    )
    touching.touch([school_class.pk])


@transaction.atomic
def leave_class(user: Any, school_class: SchoolClass, today: date) -> None:
    ClassGuardian.objects.of(user).current().filter(school_class=school_class).update(until=today)
    touching.touch([school_class.pk])


def ask_teacher(
    user: Any,
    school_class: SchoolClass,
    *,
    child_name: str,
    guardian_name: str,
    relation: str,
    version: str,
) -> None:
    """One open request a person and class: asking again replaces it."""
    told = {
        "child_name": child_name,
        "guardian_name": guardian_name,
        "relation": relation,
        "consent_version": version,
        "asked_at": timezone.now(),
    }
    pending = {"user": user, "school_class": school_class, "decided_at": None}
    try:
        JoinRequest.objects.update_or_create(**pending, defaults=told)
    except IntegrityError:
        JoinRequest.objects.filter(**pending).update(**told)


@transaction.atomic
def accept(request: JoinRequest, child: Child, teacher: Any) -> None:
    """The teacher says which child it is; consent was given when the guardian asked."""
    claim(
        request.user,
        child,
        relation=request.relation,
        basis=Guardianship.Basis.TEACHER,
        version=request.consent_version,
    )
    _decide(request, teacher, accepted=True)


def decline(request: JoinRequest, teacher: Any) -> None:
    _decide(request, teacher, accepted=False)


def _decide(request: JoinRequest, teacher: Any, accepted: bool) -> None:
    """What the guardian typed is no longer needed."""
    request.decided_at, request.decided_by, request.accepted = timezone.now(), teacher, accepted
    request.child_name = request.guardian_name = ""
    request.save()
