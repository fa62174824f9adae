"""A child goes to another school: released with a code, received with code and name.

Guardianships go along, and so do the phones and the number on file, as a school file does. From
the moment of receiving the old school no longer sees the child.
"""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from learners.schools import membership
from learners.schools.codes import parse_code
from learners.schools.models import Child, ClassMembership, School, SchoolClass, Transfer


class NotWaitingError(Exception):
    """Taken back, received, or too old; or the child has left its class meanwhile."""


@transaction.atomic
def release(child: Child, own: SchoolClass, by: Any) -> Transfer:
    """Nothing moves yet; releasing again gives the same code as long as it is good."""
    standing = Transfer.objects.of(child).filter(received_at=None, withdrawn_at=None)
    waiting = Transfer.objects.of(child).waiting().filter(from_class=own).first()
    if waiting is not None:
        return waiting
    standing.update(withdrawn_at=timezone.now())
    return Transfer.objects.create(child=child, from_class=own, released_by=by)


def take_back(child: Child) -> None:
    Transfer.objects.of(child).waiting().update(withdrawn_at=timezone.now())


def waiting_with(code: str, name: str) -> Transfer | None:
    """One and the same answer for a wrong code and a wrong name."""
    parsed = parse_code(code)
    waiting = Transfer.objects.waiting().select_related("child", "from_class")
    found = waiting.filter(code=parsed).first() if parsed else None
    return found if found and found.child.name == name else None


def receive(transfer: Transfer, into: SchoolClass, by: Any, today: date) -> None:
    """NotWaitingError when it is no longer to be had, NumberTakenError from the new school."""
    with transaction.atomic():
        _lock_schools(transfer.from_class.school_id, into.school_id)
        standing = Transfer.objects.waiting().select_for_update(of=("self",))
        kept = standing.filter(pk=transfer.pk).first()
        members = ClassMembership.objects.current().filter(child=transfer.child_id)
        if kept is None or not members.filter(school_class=kept.from_class_id).exists():
            raise NotWaitingError
        kept.to_class, kept.received_by, kept.received_at = into, by, timezone.now()
        kept.save(update_fields=["to_class", "received_by", "received_at"])
        _move(transfer.child, into, today)


def transfer(child: Child, own: SchoolClass, into: SchoolClass, by: Any, today: date) -> None:
    """By somebody who administers both schools; the row says who did it."""
    with transaction.atomic():
        receive(release(child, own, by), into, by, today)


def _move(child: Child, into: SchoolClass, today: date) -> None:
    membership.check_number(child, into)
    membership.move_child(child, into, today)


def _lock_schools(*school_ids: int) -> None:
    list(School.objects.filter(pk__in=school_ids).order_by("pk").select_for_update(no_key=True))
