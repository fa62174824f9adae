"""A course given to classes, with a day it is due (PRODUCT.md, Words)."""

import uuid
from datetime import date
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.assignments import due
from learners.schools.grades import grade_name
from learners.schools.ground import ground_of
from learners.schools.models import District, School, SchoolClass
from learners.schools.models.places import SchoolKind
from learners.schools.school_year import school_year


class Scope(models.TextChoices):
    CLASSES = "classes", _("Chosen classes")
    GRADE = "grade", _("A whole grade")
    SCHOOL = "school", _("The whole school")
    DISTRICT = "district", _("The whole district")
    CITY = "city", _("The whole city")


# What each scope needs: its own ground, and no other.
GROUND = {
    Scope.CLASSES.value: ("school",),
    Scope.GRADE.value: ("school", "grade"),
    Scope.SCHOOL.value: ("school",),
    Scope.DISTRICT.value: ("district",),
    Scope.CITY.value: (),
}


def _fits(scope: str, needed: tuple[str, ...]) -> Q:
    fields = ("school", "grade", "district")
    return Q(scope=scope, **{f"{name}__isnull": name not in needed for name in fields})


def codes(chosen: Any) -> str:
    """Codes as a column holds them, ",primary,junior,": the database finds one by LIKE."""
    return "".join(f"{code}," for code in ["", *chosen]) if chosen else ""


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def standing(self) -> Self:
        """Not withdrawn."""
        return self.filter(withdrawn_at=None)

    def open(self, today: date | None = None) -> Self:
        """Standing, and not frozen yet: until 31 August after the due date."""
        return self.standing().filter(year__gte=school_year(today or timezone.localdate()))

    def seen_by(self, user: Any) -> Self:
        """Those that reach the person's ground.

        Of a district by what they were given to: its class rows would be too many to look at.
        """
        ground = ground_of(user)
        if ground.city:
            return self.all()
        figures = apps.get_model("assignments", "ClassFigure").objects
        classes = SchoolClass.objects.filter(school__in=ground.schools)
        reached = figures.filter(school_class__in=classes.values("pk")).values("assignment_id")
        taught = figures.filter(school_class__in=ground.classes).values("assignment_id")
        seen = Q(pk__in=reached.union(taught))
        if ground.districts:
            seen |= Q(scope=Scope.CITY) | Q(district__in=ground.districts)
            seen |= Q(school__district__in=ground.districts)
        return self.filter(seen)

    def changeable_by(self, user: Any) -> Self:
        """Those within the person's ground as a whole; whoever gave it, colleagues may help out."""
        ground = ground_of(user)
        if ground.city:
            return self.all()
        own = Q(district_id__in=ground.districts) | Q(school_id__in=ground.schools)
        own |= Q(school__district_id__in=ground.districts)
        if ground.classes:
            taught = Q(scope=Scope.CLASSES, chosen__in=ground.classes)
            foreign = self.model.objects.filter(scope=Scope.CLASSES).filter(
                chosen__in=SchoolClass.objects.unarchived().exclude(pk__in=ground.classes)
            )
            own |= taught & ~Q(pk__in=foreign.values("pk"))
        return self.filter(pk__in=self.model.objects.filter(own).values("pk"))


class Assignment(models.Model):
    """`year` is the school year of its classes; `due_at` is the first moment that is late.

    With `anew_from` only what was completed from then on counts. `kinds` and `grades` narrow a
    district or the city; empty means all (see `codes`). `wanted` is how many class rows the
    preparation found, empty while it has not begun.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey("courses.CoursePage", models.PROTECT, related_name="assignments")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="assignments_given"
    )
    scope = models.CharField(_("scope"), max_length=10, choices=Scope.choices)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    grade = models.SmallIntegerField(_("grade"), null=True)
    district = models.ForeignKey(District, models.PROTECT, null=True, related_name="+")
    chosen = models.ManyToManyField(SchoolClass, related_name="+")
    kinds = models.CharField(max_length=150, blank=True)
    grades = models.CharField(max_length=80, blank=True)
    year = models.PositiveSmallIntegerField(_("school year"))
    due_at = models.DateTimeField(_("due"))
    anew_from = models.DateTimeField(null=True)
    note = models.CharField(_("note to parents"), max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True)
    wanted = models.PositiveIntegerField(null=True)

    objects = AssignmentQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(*[_fits(scope, needed) for scope, needed in GROUND.items()],
                            _connector=Q.OR),
                name="assignments_scope_fits",
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["course", "year"], name="assignments_of_course")]

    def __str__(self) -> str:
        return f"{self.scope} × course {self.course_id}"

    @property
    def due_on(self) -> date:
        return due.due_on(self.due_at)

    @property
    def anew(self) -> bool:
        return self.anew_from is not None

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and due.is_open(self.year, timezone.localdate())

    @property
    def days_left(self) -> int:
        return due.days_left(self.due_on, timezone.localdate())

    @property
    def days_over(self) -> int:
        return -self.days_left

    @property
    def given_to(self) -> str:
        """Whom it was given to, in words; reads school and district."""
        if self.scope == Scope.GRADE:
            return f"{self.school} {grade_name(self.grade)}"
        place = str(self.school or self.district or _("The whole city"))
        chosen = [*self.kind_names, *self.grade_names]
        return f"{place}（{'、'.join(chosen)}）" if chosen else place

    @property
    def kind_names(self) -> list[str]:
        names = dict(SchoolKind.choices)
        return [str(names[code]) for code in self.kinds.split(",") if code]

    @property
    def grade_names(self) -> list[str]:
        return [grade_name(int(code)) for code in self.grades.split(",") if code]
