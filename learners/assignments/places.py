"""From where somebody assigns: the classes they teach, a school, a district, the city.

Everything offered in a form comes from here, so that nothing outside the ground can be chosen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from learners.assignments.models import Scope
from learners.schools.grades import NAMES, grade_name, grades_of
from learners.schools.ground import Ground, ground_of
from learners.schools.models import District, School, SchoolClass
from learners.schools.models.places import SchoolKind

CLASSES, SCHOOL, DISTRICT, CITY = "classes", "school", "district", "city"


@dataclass(frozen=True, slots=True)
class Place:
    """`scopes` are what may be chosen here; `path` names the place in addresses."""

    kind: str
    title: str
    scopes: Sequence[str]
    classes: QuerySet[SchoolClass]
    school: School | None = None
    district: District | None = None
    code: str = ""
    grades: Sequence[tuple[int, str]] = field(default_factory=tuple)

    @property
    def is_broad(self) -> bool:
        return self.kind in {DISTRICT, CITY}

    @property
    def courses_url(self) -> str:
        return reverse("assignments:choose", args=[self.kind, self.code])

    def give_url(self, course_id: int) -> str:
        return reverse("assignments:give", args=[self.kind, self.code, course_id])

    @property
    def kinds(self) -> list[tuple[str, str]]:
        return [(code, str(name)) for code, name in SchoolKind.choices]


def offered(user: Any) -> list[Place]:
    """Every place of the person's ground but single schools of administrators: those have pages."""
    ground = ground_of(user)
    places = [_taught(ground)] if ground.classes else []
    places += [_of_school(own) for own in School.objects.filter(pk__in=ground.schools)]
    places += [_of_district(own) for own in District.objects.filter(pk__in=ground.districts)]
    return [*places, _of_city()] if ground.city else places


def place(user: Any, kind: str, code: str) -> Place:
    """404 outside the person's ground, as if there were no such place."""
    ground = ground_of(user)
    if kind == CLASSES and ground.classes:
        return _taught(ground)
    if kind == SCHOOL:
        own = School.objects.in_ground_of(user).open().filter(public_id=code).first()
        if own is not None:
            return _of_school(own)
    if kind == DISTRICT:
        reach = District.objects.all() if ground.city else District.objects.filter(
            pk__in=ground.districts
        )  # fmt: skip
        district = reach.filter(code=code).first()
        if district is not None:
            return _of_district(district)
    if kind == CITY and ground.city:
        return _of_city()
    raise Http404


def _taught(ground: Ground) -> Place:
    classes = SchoolClass.objects.this_year().filter(pk__in=ground.classes)
    return Place(CLASSES, _("My classes"), [Scope.CLASSES], _listed(classes), code="mine")


def _of_school(school: School) -> Place:
    classes = _listed(SchoolClass.objects.this_year().filter(school=school))
    grades = sorted({own.grade for own in classes if own.grade is not None})
    scopes = [Scope.CLASSES, Scope.GRADE, Scope.SCHOOL]
    if not grades:
        scopes.remove(Scope.GRADE)
    return Place(
        SCHOOL,
        school.name,
        scopes,
        classes,
        school=school,
        code=str(school.public_id),
        grades=[(grade, grade_name(grade)) for grade in grades],
    )


def _of_district(district: District) -> Place:
    return Place(
        DISTRICT,
        district.name,
        [Scope.DISTRICT],
        SchoolClass.objects.none(),
        district=district,
        code=district.code,
        grades=list(NAMES.items()),
    )


def _of_city() -> Place:
    return Place(
        CITY,
        _("The whole city"),
        [Scope.CITY],
        SchoolClass.objects.none(),
        code="all",
        grades=list(NAMES.items()),
    )


def _listed(classes: QuerySet[SchoolClass]) -> QuerySet[SchoolClass]:
    return classes.select_related("school").order_by("school", "grade", "name")


def grades_of_kinds(kinds: Sequence[str]) -> set[int]:
    """The grades that schools of these kinds have; all when none is chosen."""
    chosen = kinds or [str(kind) for kind in SchoolKind]
    return {grade for kind in chosen for grade, _name in grades_of(kind)}
