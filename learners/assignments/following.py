"""Where each child of a class stands with an assignment: the truth behind one row of figures.

The same rule as `statements.TRUTH`, for a page that names children; a test holds them together.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Max, Min, Q
from django.utils import timezone

from learners.assignments.models import Assignment, FormerGuardian, Reminder
from learners.schools.models import Child, ClassGuardian, ClassMembership, Guardianship, SchoolClass
from learners.schools.school_year import last_day
from learners.study.models import Enrolment

WAITING, LEARNING, ABSENT, DONE = "waiting", "learning", "absent", "done"
STATES = (WAITING, LEARNING, ABSENT, DONE)


@dataclass(frozen=True, slots=True)
class Guardian:
    """`relation` in words; empty for one whose account was closed."""

    relation: str
    user: int
    started: bool
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Row:
    """A child, or in a class that counts guardians one guardian (`child` is None there)."""

    child: Child | None
    name: str
    guardians: list[Guardian]
    last_seen: datetime | None
    reminded_at: datetime | None
    due_at: datetime

    @property
    def finished_at(self) -> datetime | None:
        return min((g.finished_at for g in self.guardians if g.finished_at), default=None)

    @property
    def finishers(self) -> list[Guardian]:
        return [guardian for guardian in self.guardians if guardian.finished_at]

    @property
    def relations(self) -> list[str]:
        return [guardian.relation for guardian in self.guardians if guardian.relation]

    @property
    def is_late(self) -> bool:
        return self.finished_at is not None and self.finished_at >= self.due_at

    @property
    def state(self) -> str:
        if self.finished_at:
            return DONE
        if any(guardian.started for guardian in self.guardians):
            return LEARNING
        return WAITING if self.guardians else ABSENT


@dataclass(frozen=True, slots=True)
class Standing:
    started: bool
    finished_at: datetime | None
    last_seen: datetime | None


NOTHING = Standing(False, None, None)


def rows(assignment: Assignment, school_class: SchoolClass) -> list[Row]:
    """Every child on the roster by name, in a constant number of statements; no ranking."""
    if school_class.counts_guardians:
        return _guardian_rows(assignment, school_class)
    children = list(_children(school_class).order_by("name", "pk"))
    named = list(Guardianship.objects.filter(child__in=children).order_by("claimed_at", "pk"))
    former = list(FormerGuardian.objects.filter(child__in=children))
    people = [g.user_id for g in named] + [g.user_id for g in former]
    standing = _standing(assignment, people)
    reminded = _reminded(assignment, school_class)
    return [
        _row(
            assignment,
            child,
            [
                *((g.user_id, g.get_relation_display()) for g in named if g.child_id == child.pk),
                *((g.user_id, "") for g in former if g.child_id == child.pk),
            ],
            standing,
            reminded,
        )
        for child in children
    ]


def _children(school_class: SchoolClass) -> Any:
    """On the roster now; of a year that is over, who was there at its end.

    Another school's children are none of this one's business any more (PRODUCT.md rule 7).
    """
    end = _last_day(school_class)
    if end is None:
        return Child.objects.in_class(school_class)
    here = ClassMembership.objects.current().filter(school_class__school=school_class.school_id)
    return Child.objects.in_class(school_class, on=end).filter(pk__in=here.values("child_id"))


def _last_day(school_class: SchoolClass) -> date | None:
    """None while the year runs."""
    end = last_day(school_class.year)
    return end if timezone.localdate() > end else None


def _row(
    assignment: Assignment,
    child: Child,
    guardians: list[tuple[int, str]],
    standing: dict[int, Standing],
    reminded: dict[int | None, datetime],
) -> Row:
    seen = [standing.get(user, NOTHING).last_seen for user, _relation in guardians]
    return Row(
        child=child,
        name=child.name or child.nickname,
        guardians=[_guardian(user, relation, standing) for user, relation in guardians],
        last_seen=max((at for at in seen if at), default=None),
        reminded_at=reminded.get(child.pk),
        due_at=assignment.due_at,
    )


def _guardian(user: int, relation: str, standing: dict[int, Standing]) -> Guardian:
    stands = standing.get(user, NOTHING)
    return Guardian(str(relation), user, stands.started, stands.finished_at)


def _standing(assignment: Assignment, users: list[int]) -> dict[int, Standing]:
    """Of the runs that count for the assignment."""
    counts = Q(course=assignment.course_id, user__in=users)
    if assignment.anew_from:
        counts &= Q(completed_at=None) | Q(completed_at__gte=assignment.anew_from)
    runs = Enrolment.objects.filter(counts).order_by().values("user_id")
    found = runs.annotate(
        begun=Min("started_at"), ended=Min("completed_at"), seen=Max("progress__last_report_at")
    )
    return {
        row["user_id"]: Standing(
            bool(row["begun"] or row["ended"]), row["ended"], row["seen"] or row["ended"]
        )
        for row in found
    }


def _reminded(assignment: Assignment, school_class: SchoolClass) -> dict[int | None, datetime]:
    sent = Reminder.objects.filter(
        assignment=assignment, school_class=school_class, state=Reminder.State.SENT
    )
    return dict(sent.order_by().values_list("child_id").annotate(Max("sent_at")))


def _guardian_rows(assignment: Assignment, school_class: SchoolClass) -> list[Row]:
    places = list(
        ClassGuardian.objects.current(_last_day(school_class))
        .filter(school_class=school_class)
        .select_related("user")
        .order_by("since", "pk")
    )
    former = dict(
        FormerGuardian.objects.filter(class_guardian__in=places).values_list(
            "class_guardian_id", "user_id"
        )
    )
    people = [(place, place.user_id or former.get(place.pk)) for place in places]
    known = [(place, user) for place, user in people if user is not None]
    standing = _standing(assignment, [user for _place, user in known])
    return [
        Row(
            child=None,
            name=place.user.get_short_name() if place.user else "",
            guardians=[_guardian(user, "", standing)],
            last_seen=standing.get(user, NOTHING).last_seen,
            reminded_at=None,
            due_at=assignment.due_at,
        )
        for place, user in known
    ]


def by_state(found: list[Row]) -> dict[str, list[Row]]:
    return {state: [row for row in found if row.state == state] for state in STATES}


def counts(found: list[Row]) -> dict[str, Any]:
    """The numbers above the tabs."""
    return {
        "all": len(found),
        "joined": sum(row.state != ABSENT for row in found),
        "started": sum(row.state in {LEARNING, DONE} for row in found),
        "finished": sum(row.state == DONE for row in found),
        "late": sum(row.is_late for row in found),
    }
