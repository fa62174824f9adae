"""Counts of one assignment in one class, and what schools had at midnight."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.assignments.models.assignment import Assignment
from learners.schools.ground import Ground
from learners.schools.models import District, School, SchoolClass
from learners.schools.school_year import school_year

# Every count of a row, in the order of the recount statement and of every table.
COUNTS = (
    "children",
    "joined",
    "started",
    "finished",
    "finished_late",
    "guardians",
    "guardians_started",
    "guardians_finished",
    "guardians_late",
    "minutes",
)


class CountedQuerySet(models.QuerySet[Any]):
    def totals(self) -> dict[str, int]:
        """The sums of all counts, in one statement."""
        sums = self.aggregate(**{name: Sum(name, default=0) for name in COUNTS})
        return {name: int(value) for name, value in sums.items()}


class ClassFigureQuerySet(CountedQuerySet):
    def overview(self) -> dict[str, int]:
        """`totals`, with how many `classes` there are and how many of them were `counted`."""
        sums = self.aggregate(
            classes=Count("*"),
            counted=Count("pk", filter=Q(counted=True)),
            **{name: Sum(name, default=0) for name in COUNTS},
        )
        return {name: int(value) for name, value in sums.items()}

    def open(self) -> Self:
        """Of assignments that are counted still: neither withdrawn nor frozen."""
        year = school_year(timezone.localdate())
        return self.filter(assignment__withdrawn_at=None, assignment__year__gte=year)

    def in_ground(self, ground: Ground) -> Self:
        if ground.city:
            return self.all()
        if not ground.administers:  # an index finds classes, but not one of several things
            return self.filter(school_class_id__in=ground.classes)
        return self.filter(
            Q(district_id__in=ground.districts)
            | Q(school_id__in=ground.schools)
            | Q(school_class_id__in=ground.classes)
        )


class Counts(models.Model):
    """Children and guardians; `minutes` are the lengths of completed lessons.

    `guardians` are guardian–class pairs, so that sums add up. In a class that counts guardians
    there are no children. Everybody `finished_late` is among `finished`.
    """

    children = models.PositiveIntegerField(default=0)
    joined = models.PositiveIntegerField(default=0)
    started = models.PositiveIntegerField(default=0)
    finished = models.PositiveIntegerField(default=0)
    finished_late = models.PositiveIntegerField(default=0)
    guardians = models.PositiveIntegerField(default=0)
    guardians_started = models.PositiveIntegerField(default=0)
    guardians_finished = models.PositiveIntegerField(default=0)
    guardians_late = models.PositiveIntegerField(default=0)
    minutes = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class ClassFigure(Counts):
    """Assignment × class. District, school, kind and grade are copied, so that sums need no join.

    Counts stay out of every index: else PostgreSQL writes all indexes anew at each recount.
    """

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="figures", db_index=False
    )
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="figures")
    district = models.ForeignKey(District, models.PROTECT, related_name="+", db_index=False)
    school = models.ForeignKey(School, models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    grade = models.SmallIntegerField(null=True)
    counted = models.BooleanField(default=False)

    objects = ClassFigureQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("figures of a class")
        verbose_name_plural = _("figures of classes")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "school_class"], name="assignments_one_figure"
            )
        ]
        indexes = [
            models.Index(fields=["assignment", "district", "school"], name="assignments_ground"),
        ]

    def __str__(self) -> str:
        return f"assignment {self.assignment_id} × class {self.school_class_id}"


class SchoolSnapshot(Counts):
    """What a school's figures of an assignment were at the end of a day: trends are made of it.

    A row without a school is the sum of its district, so that the city need not add up schools;
    or, with `kind`, the part of it in one kind of school and grade. A single school keeps no
    grades: it would take four times the rows.
    """

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="snapshots", db_index=False
    )
    district = models.ForeignKey(District, models.PROTECT, related_name="+", db_index=False)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=20, blank=True, default="", db_default="")
    grade = models.SmallIntegerField(null=True)
    day = models.DateField()

    objects = CountedQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("snapshot of a school")
        verbose_name_plural = _("snapshots of schools")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "school", "day"], name="assignments_one_snapshot"
            )
        ]
        indexes = [
            models.Index(fields=["assignment", "kind", "district", "day"],
                         condition=Q(school=None), name="assignments_kind_days"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"assignment {self.assignment_id} × school {self.school_id} on {self.day}"
