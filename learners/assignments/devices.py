"""What a school has to look at: who of its guardians finished an assigned course on one device.

Courses that nobody assigned are the parents' own affair and no school's (PRODUCT.md rule 6).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from learners.assignments.models import ClassFigure
from learners.assignments.one_device import FEWEST, Finish, weeks
from learners.schools.masking import mask_name
from learners.schools.models import ClassGuardian, Guardianship, School
from learners.schools.models.children import Relation
from learners.study.devices import KEPT
from learners.study.models import Enrolment


@dataclass(frozen=True, slots=True)
class Place:
    """A guardian of a child in a class, or in a class that counts guardians."""

    guardian: int
    unit: int
    class_id: int
    class_name: str
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    relation: str
    class_name: str
    course: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Device:
    """`classes` are names with how many guardians of each."""

    since: datetime
    until: datetime
    guardians: int
    classes: list[tuple[str, int]]
    people: list[Person]


def weeks_of(school: School, now: datetime) -> list[list[Finish]]:
    """Three statements, whatever there is; nobody is named yet."""
    runs = _runs(school, now)
    if not runs:
        return []
    asked = _assigned(school)
    units: dict[int, set[int]] = defaultdict(set)
    courses: dict[int, set[int]] = defaultdict(set)
    for place in _places(school, [guardian for _device, guardian, *_rest in runs]):
        units[place.guardian].add(place.unit)
        courses[place.guardian] |= asked[place.class_id]
    return weeks(
        Finish(device, guardian, course, at, frozenset(units[guardian]))
        for device, guardian, course, at in runs
        if course in courses[guardian]
    )


def _runs(school: School, now: datetime) -> list[tuple[str, int, int, datetime]]:
    marked = Enrolment.objects.exclude(device="").filter(
        completed_at__gte=now - KEPT, user__in=_guardians(school).values("user_id")
    )
    shared = marked.values("device").annotate(people=Count("user", distinct=True))
    many = shared.filter(people__gte=FEWEST).order_by().values("device")
    columns = ("device", "user_id", "course_id", "completed_at")
    rows: Any = marked.filter(device__in=many).values_list(*columns)
    return list(rows)


def _guardians(school: School) -> Any:
    if school.counts_guardians:
        return ClassGuardian.objects.current().filter(
            school_class__school=school, user__isnull=False
        )
    return Guardianship.objects.filter(
        child__memberships__until=None, child__memberships__school_class__school=school
    )


def _assigned(school: School) -> dict[int, set[int]]:
    """The courses that each class was given."""
    given = ClassFigure.objects.filter(school=school, assignment__withdrawn_at=None)
    found: dict[int, set[int]] = defaultdict(set)
    for class_id, course in given.values_list("school_class_id", "assignment__course_id"):
        found[class_id].add(course)
    return found


def _places(school: School, guardians: Iterable[int]) -> list[Place]:
    mine = _guardians(school).filter(user__in=set(guardians)).order_by("pk")
    if school.counts_guardians:
        columns = ("user_id", "pk", "school_class_id", "school_class__name")
        return [Place(*row) for row in mine.values_list(*columns)]
    below = "child__memberships__school_class"
    rows = mine.values_list("user_id", "child_id", f"{below}_id", f"{below}__name", "relation")
    return [Place(*row) for row in rows]


def shown(school: School, found: Sequence[list[Finish]]) -> list[Device]:
    """With masked names, for those of one page; two statements."""
    finishes = [finish for week in found for finish in week]
    places: dict[int, list[Place]] = defaultdict(list)
    for place in _places(school, [finish.guardian for finish in finishes]):
        places[place.guardian].append(place)
    named = Enrolment.objects.filter(
        user__in={finish.guardian for finish in finishes},
        course__in={finish.course for finish in finishes},
    )
    names = dict(named.order_by().values_list("user_id", "user__name"))
    titles = dict(named.order_by().values_list("course_id", "course__title"))
    return [_device(week, places, names, titles) for week in found]


def _device(
    week: list[Finish],
    places: dict[int, list[Place]],
    names: dict[int, str],
    titles: dict[int, str],
) -> Device:
    guardians = {finish.guardian for finish in week}
    classes = Counter(
        name for guardian in guardians for name in {p.class_name for p in places[guardian]}
    )
    return Device(
        since=week[0].at,
        until=week[-1].at,
        guardians=len(guardians),
        classes=sorted(classes.items()),
        people=[
            Person(
                name=mask_name(names[finish.guardian]) if names[finish.guardian] else "",
                relation=_relations(places[finish.guardian]),
                class_name="、".join(dict.fromkeys(p.class_name for p in places[finish.guardian])),
                course=titles[finish.course],
                at=finish.at,
            )
            for finish in week
        ],
    )


def _relations(places: Iterable[Place]) -> str:
    told = dict.fromkeys(str(Relation(p.relation).label) for p in places if p.relation)
    return "、".join(told)
