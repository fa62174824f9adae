"""Taking a change of classes back, as long as nobody was moved since and nothing is lost."""

import logging
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from learners.schools import appointments, touching
from learners.schools.models import (
    ClassChange,
    ClassGuardian,
    ClassMembership,
    JoinRequest,
    School,
    SchoolClass,
    StaffAppointment,
)

logger = logging.getLogger(__name__)
DAYS = 14


class CannotUndoError(Exception):
    """Somebody was moved since, a name is in use again, or it is too long ago."""


def can_undo(change: ClassChange) -> bool:
    """Everybody it moved is where it put them, and the names of closed classes are free."""
    if change.state != ClassChange.State.APPLIED or not change.applied_at:
        return False
    if timezone.now() - change.applied_at > timedelta(days=DAYS):
        return False
    return _is_untouched(change) and _names_are_free(change)


def _is_untouched(change: ClassChange) -> bool:
    trace = change.trace
    made = ClassMembership.objects.current().filter(pk__in=trace["made"])
    places = ClassGuardian.objects.current().filter(pk__in=trace["places_made"])
    if (made.count(), places.count()) != (len(trace["made"]), len(trace["places_made"])):
        return False
    ended = ClassMembership.objects.filter(pk__in=trace["ended"]).exclude(until=None)
    elsewhere = ClassMembership.objects.current().exclude(pk__in=trace["made"])
    gone = elsewhere.filter(child__in=ended.values("child_id"))
    came = elsewhere.filter(school_class__in=trace["created"])
    return ended.count() == len(trace["ended"]) and not gone.exists() and not came.exists()


def _names_are_free(change: ClassChange) -> bool:
    closed = SchoolClass.objects.filter(pk__in=change.trace["closed"])
    if closed.exclude(archived_at=None).count() != len(change.trace["closed"]):
        return False
    names = list(closed.values_list("year", "name"))
    open_now = change.school.classes.unarchived().values_list("year", "name")
    return not set(names) & set(open_now)


@transaction.atomic
def undo(change: ClassChange, today: date, by: object = None) -> None:
    """Rows are as they were; classes that were made for it are closed, not deleted."""
    School.objects.select_for_update(no_key=True).get(pk=change.school_id)
    if not can_undo(change):
        raise CannotUndoError
    trace = change.trace
    SchoolClass.objects.filter(pk__in=trace["closed"]).update(archived_at=None)
    ClassMembership.objects.filter(pk__in=trace["made"]).delete()
    ClassMembership.objects.filter(pk__in=trace["ended"]).update(until=None)
    ClassGuardian.objects.filter(pk__in=trace["places_made"]).delete()
    ClassGuardian.objects.filter(pk__in=trace["places_ended"]).update(until=None)
    for request, class_id in trace["requests"]:
        JoinRequest.objects.filter(pk=request).update(school_class=class_id)
    _undo_posts(change, today, by)
    touched = _touched(change)
    made = [*trace["created"], *trace["opened"]]
    SchoolClass.objects.filter(pk__in=made).update(archived_at=timezone.now())
    change.state, change.undone_at = ClassChange.State.UNDONE, timezone.now()
    change.save(update_fields=["state", "undone_at"])
    touching.touch(touched)
    logger.info("change of classes %s undone", change.pk)


def _undo_posts(change: ClassChange, today: date, by: object) -> None:
    for post in StaffAppointment.objects.standing().filter(pk__in=change.trace["posts_made"]):
        appointments.end(post, today, by=by)
    for pk, ends_on in change.trace["posts_ended"]:
        StaffAppointment.objects.filter(pk=pk).update(ends_on=ends_on, ended_at=None, ended_by=None)


def _touched(change: ClassChange) -> set[int]:
    members = ClassMembership.objects.filter(pk__in=change.trace["ended"])
    places = ClassGuardian.objects.filter(pk__in=change.trace["places_ended"])
    sources = members.values("school_class_id").union(places.values("school_class_id"))
    found = {row["school_class_id"] for row in sources}
    found |= {wish["source"] for wish in change.wishes["classes"]}
    names = {wish["name"] for wish in change.wishes["classes"] if wish["name"]}
    targets = change.school.classes.filter(year=change.year, name__in=names)
    return found | set(targets.values_list("pk", flat=True))
