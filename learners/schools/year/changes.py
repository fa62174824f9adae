"""The steps of a change of classes: asked for and checked, carried out, undone, thrown away."""

import logging
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone

from learners.schools import touching
from learners.schools.membership import lock_children
from learners.schools.models import (
    ClassChange,
    ClassGuardian,
    ClassMembership,
    RosterImport,
    School,
    SchoolClass,
    StaffAppointment,
)
from learners.schools.school_year import school_year
from learners.schools.year.moving import Moving, Progress
from learners.schools.year.naming import later
from learners.schools.year.plan import LEAVE, MOVE, Plan, Source, Wish, make_plan

logger = logging.getLogger(__name__)
PROGRESS_KEPT = 3600
MOST_CLASSES = 200  # of one form; the others are still there afterwards
Kind, State = ClassChange.Kind, ClassChange.State


class ChangedMeanwhileError(Exception):
    """What was promised is no longer so, or something stands in the way now."""


def earlier_classes(school: School, year: int) -> list[SchoolClass]:
    """Of years before, not closed yet, oldest grades first: nobody meets a namesake."""
    earlier = school.classes.unarchived().filter(year__lt=year)
    return list(earlier.order_by("-grade", "name", "pk")[:MOST_CLASSES])


def proposal(school: School, year: int) -> list[Wish]:
    """Everybody one grade higher with their teacher, the last grade out of the school."""
    wishes = []
    for own in earlier_classes(school, year):
        after = later(own.name, own.grade, school.kind, year - own.year)
        grade, name = after or (None, "")
        what = MOVE if after else LEAVE
        wishes.append(Wish(own.pk, what, name, grade, teachers=what == MOVE))
    return wishes


def ask(
    school: School,
    kind: str,
    wishes: Iterable[Wish],
    by: Any,
    *,
    year: int,
    together: bool = False,
) -> ClassChange:
    """Kept and checked; nothing is changed. `year` is the one of the classes that remain."""
    change = ClassChange(
        school=school,
        kind=kind,
        year=year,
        asked_by=by,
        wishes={"classes": [wish.as_dict() for wish in wishes], "together": together},
    )
    change.counts = plan_of(change, timezone.localdate()).counts
    change.save()
    return change


def plan_of(change: ClassChange, today: date) -> Plan:
    """What would happen now; a constant number of statements."""
    school, wishes = change.school, wishes_of(change)
    this_year = school.classes.unarchived().filter(year=change.year)
    return make_plan(
        sources_of([wish.source for wish in wishes], school),
        wishes,
        {own.name: _members(own, school) for own in _counted(this_year)},
        kind=school.kind,
        year=change.year,
        today=today,
        together=change.wishes["together"],
        busy=_is_busy(school),
    )


def wishes_of(change: ClassChange) -> list[Wish]:
    return [Wish.from_dict(told) for told in change.wishes["classes"]]


def sources_of(class_ids: Sequence[int], school: School) -> list[Source]:
    classes = _counted(school.classes.unarchived().filter(pk__in=class_ids))
    posts = StaffAppointment.objects.standing().filter(school_class__in=class_ids)
    teachers = dict(posts.order_by().values_list("school_class").annotate(Count("pk")))
    return [
        Source(own.pk, own.name, own.grade, own.year, _members(own, school),
               teachers.get(own.pk, 0))
        for own in classes
    ]  # fmt: skip


def _counted(classes: Any) -> list[Any]:
    children = Count("memberships", Q(memberships__until=None), distinct=True)
    guardians = Q(guardians__until=None, guardians__user__isnull=False)
    return list(
        classes.annotate(
            members=children, places=Count("guardians", guardians, distinct=True)
        ).order_by("pk")
    )


def _members(own: Any, school: School) -> int:
    return own.places if school.counts_guardians else own.members


def _is_busy(school: School) -> bool:
    return school.roster_imports.filter(state=RosterImport.State.APPLYING).exists()


def apply(change: ClassChange, today: date) -> None:
    """All or nothing, against the classes as they are now; ChangedMeanwhileError changes nothing.

    Children who come or go meanwhile wait for the school's row, as an import does.
    """
    with transaction.atomic():
        School.objects.select_for_update(no_key=True).get(pk=change.school_id)
        _lock_members(change)
        plan = plan_of(change, today)
        if not plan.is_ready or plan.counts != change.counts:
            raise ChangedMeanwhileError
        moving = Moving(change.school, change.year, today)
        total = plan.counts["moved"] + plan.counts["left"]
        change.trace = moving.apply(plan, _note(change, total))
        change.state, change.applied_at = State.APPLIED, timezone.now()
        change.save(update_fields=["trace", "state", "applied_at"])
        touching.touch(moving.touched)
    logger.info("change of classes %s carried out: %s", change.pk, change.counts)


def _lock_members(change: ClassChange) -> None:
    sources = [wish.source for wish in wishes_of(change)]
    lock_children(Q(memberships__until=None, memberships__school_class__in=sources))
    for rows in (ClassMembership.objects.current(), ClassGuardian.objects.current()):
        found = rows.filter(school_class__in=sources).order_by("pk")
        list(found.select_for_update(of=("self",)).values_list("pk"))


def check_again(change: ClassChange) -> None:
    """What was promised is no longer so: the page shows what would happen now."""
    change.counts = plan_of(change, timezone.localdate()).counts
    change.state = State.CHECKED
    change.save(update_fields=["counts", "state"])


def fail(change: ClassChange) -> None:
    change.state = State.FAILED
    change.save(update_fields=["state"])


def _note(change: ClassChange, total: int) -> Progress:
    """In the cache: the transaction's own writes cannot be seen from outside."""

    def note(done: int) -> None:
        cache.set(f"class-change-{change.pk}", (done, total), PROGRESS_KEPT)

    return note


def progress_of(change: ClassChange) -> tuple[int, int]:
    return cache.get(f"class-change-{change.pk}") or (0, 0)


def classes_left(school: School) -> int:
    """Classes of years before that nobody has rolled forward yet."""
    year = school_year(timezone.localdate())
    return school.classes.unarchived().filter(year__lt=year).count()
