"""City, district, school: what a page of figures stands on, and what its rows are.

Every level is cut from the person's ground; an address of another ground gives 404
(PRODUCT.md rule 7).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.http import Http404
from django.utils.translation import gettext as _

from learners.assignments.models import ClassFigure, SchoolSnapshot
from learners.assignments.models.figures import COUNTS
from learners.schools.ground import Ground, ground_of
from learners.schools.models import District, School, SchoolClass
from learners.schools.models.places import SchoolKind
from learners.study.charts import per_cent

CITY, DISTRICT, SCHOOL, OWN = "city", "district", "school", "own"

# What the rows of a page are: the column that groups class rows.
ROWS = {
    CITY: "district_id",
    DISTRICT: "school_id",
    OWN: "school_id",
    SCHOOL: "school_class_id",
}


@dataclass(frozen=True, slots=True)
class Level:
    """What a page stands on, with the whole ground it was cut from."""

    kind: str
    title: str
    ground: Ground
    district: District | None = None
    school: School | None = None

    def figures(self, figures: QuerySet[ClassFigure]) -> QuerySet[ClassFigure]:
        if self.kind == SCHOOL:
            return figures.filter(district=self.district, school=self.school)
        if self.kind == DISTRICT:
            return figures.filter(district=self.district)
        return figures if self.kind == CITY else figures.filter(self._own())

    def snapshots(
        self, snapshots: QuerySet[SchoolSnapshot], kind: str = "", grade: int | None = None
    ) -> QuerySet[SchoolSnapshot] | None:
        """City and district read the districts' rows, which are few; schools their own.

        None for a grade of single schools: it is not kept.
        """
        if self.kind in {SCHOOL, OWN}:
            own = Q(school=self.school) if self.kind == SCHOOL else self._own()
            found = snapshots.filter(own, school__isnull=False)
            found = found.filter(school__kind=kind) if kind else found
            return found if grade is None else None
        districts = snapshots.filter(school=None)
        if self.district:
            districts = districts.filter(district=self.district)
        if grade is not None:
            districts = districts.filter(grade=grade)
        if kind or grade is None:
            return districts.filter(kind=kind)
        return districts.exclude(kind="")

    def _own(self) -> Q:
        return Q(school__in=self.ground.schools) | Q(district__in=self.ground.districts)


def administered(user: Any) -> Ground:
    """404 for whoever administers nothing: a teacher has pages of their own classes."""
    ground = ground_of(user)
    if not ground.administers:
        raise Http404
    return ground


def level(user: Any, district: str | None = None, school: Any = None) -> Level:
    """Where the address leads; without district and school, the top of the person's ground."""
    ground = administered(user)
    if school is not None:
        return _school(ground, School.objects.in_ground_of(user).filter(public_id=school).first())
    if district is not None:
        reach = District.objects.filter(code=district)
        found = (reach if ground.city else reach.filter(pk__in=ground.districts)).first()
        return _district(ground, found)
    return _top(ground)


def _top(ground: Ground) -> Level:
    if ground.city:
        return Level(CITY, _("The whole city"), ground)
    if len(ground.districts) == 1 and not ground.schools:
        return _district(ground, District.objects.filter(pk__in=ground.districts).first())
    if len(ground.schools) == 1 and not ground.districts:
        return _school(ground, School.objects.filter(pk__in=ground.schools).first())
    return Level(OWN, _("My schools"), ground)


def _district(ground: Ground, district: District | None) -> Level:
    if district is None:
        raise Http404
    return Level(DISTRICT, district.name, ground, district=district)


def _school(ground: Ground, school: School | None) -> Level:
    if school is None:
        raise Http404
    return Level(SCHOOL, school.name, ground, district=school.district, school=school)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table. `key` names the place in addresses, `about` says what kind it is."""

    key: str
    name: str
    about: str
    counts: dict[str, int]
    url: str = ""

    @property
    def classes(self) -> int:
        return self.counts["classes"]

    @property
    def share(self) -> float:
        """Finished in per cent: of the children, or of the guardians where there are none."""
        return share(self.counts)

    @property
    def finished(self) -> int:
        return (
            self.counts["finished"]
            + (not self.counts["children"]) * (self.counts["guardians_finished"])
        )

    @property
    def late(self) -> int:
        return self.counts["finished_late" if self.counts["children"] else "guardians_late"]


def share(counts: dict[str, int]) -> float:
    if counts["children"]:
        return per_cent(counts["finished"], counts["children"])
    return per_cent(counts["guardians_finished"], counts["guardians"])


def lines(level: Level, figures: QuerySet[ClassFigure]) -> list[Line]:
    """Two statements: sums over class rows, and the places' names.

    Joined with the names before summing, a city's hundred thousand rows take half as long again.
    """
    grouped = figures.order_by().values(ROWS[level.kind])
    sums = {f"sum_{count}": Sum(count) for count in COUNTS}
    counted = grouped.annotate(sum_classes=Count("*"), **sums)
    rows = {row[ROWS[level.kind]]: row for row in counted}
    return [
        Line(
            key=key,
            name=name,
            about=about,
            counts={count: int(rows[pk][f"sum_{count}"]) for count in ("classes", *COUNTS)},
        )
        for pk, key, name, about in _places(level, list(rows))
    ]


def _places(level: Level, ids: list[int]) -> Iterator[tuple[int, str, str, str]]:
    """Id, key in addresses, name, and what kind it is; in the order of the list."""
    if level.kind == CITY:
        for district in District.objects.filter(pk__in=ids).order_by("code"):
            yield district.pk, district.code, district.name, ""
    elif level.kind == SCHOOL:
        for own in SchoolClass.objects.filter(pk__in=ids).order_by("grade", "name", "pk"):
            yield own.pk, str(own.public_id), own.name, ""
    else:
        for school in School.objects.filter(pk__in=ids).order_by("code"):
            yield school.pk, str(school.public_id), school.name, str(school.get_kind_display())


def class_rows(figures: QuerySet[ClassFigure]) -> Iterator[tuple[Any, ...]]:
    """Every class: district, school, kind, class, then the counts; read as they are written."""
    names = ("district__name", "school__name", "kind", "school_class__name")
    order = ("district__code", "school__code", "grade", "school_class__name", "pk")
    rows = figures.order_by(*order).values_list(*names, *COUNTS)
    kinds = dict(SchoolKind.choices)
    for district, school, kind, own, *counts in rows.iterator(chunk_size=2000):
        yield district, school, str(kinds.get(kind, "")), own, *counts


def total(found: list[Line]) -> dict[str, int]:
    return {count: sum(line.counts[count] for line in found) for count in ("classes", *COUNTS)}
