"""A family's own children: added without a class, joined with the class's child, left."""

from typing import Any

from django.db import transaction
from django.db.models import Q

from learners.schools import touching
from learners.schools.membership import lock_children
from learners.schools.models import Child, ClassMembership, Guardianship


@transaction.atomic
def add_own_child(
    user: Any, *, nickname: str, birth_month: str, due_date: str, relation: str, version: str
) -> Child:
    """Without a class; either month or due date, or neither, is known."""
    child = Child.objects.create(nickname=nickname, birth_month=birth_month, due_date=due_date)
    Guardianship.objects.create(
        user=user,
        child=child,
        relation=relation,
        basis=Guardianship.Basis.OWN,
        consent_version=version,
    )
    return child


def own_children(user: Any) -> Any:
    """Added by the family and in no class, never on a roster."""
    mine = Child.objects.of_guardian(user).filter(name="", memberships=None)
    return mine.order_by("pk")


@transaction.atomic
def unite(own: Child, child: Child) -> None:
    """The family's child turns out to be the class's: one row stays, with everybody's."""
    for guardianship in own.guardianships.select_related("user"):
        Guardianship.objects.get_or_create(
            user=guardianship.user,
            child=child,
            defaults={
                "relation": guardianship.relation,
                "basis": guardianship.basis,
                "claimed_at": guardianship.claimed_at,
                "consent_version": guardianship.consent_version,
            },
        )
    child.nickname = child.nickname or own.nickname
    child.save(update_fields=["nickname"])
    touching.merged(own.pk, child.pk)
    own.delete()


@transaction.atomic
def leave_child(guardianship: Guardianship) -> None:
    """No longer this child's guardian. A child that nobody and no school knows is forgotten."""
    child = guardianship.child
    lock_children(Q(pk=child.pk))
    members = ClassMembership.objects.current().filter(child=child)
    classes = list(members.values_list("school_class_id", flat=True))
    guardianship.delete()
    if not child.guardianships.exists() and not child.memberships.exists():
        child.delete()
    touching.touch(classes)
