"""District, school, class: the ground that everything stands on."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.schools.codes import new_code
from learners.schools.grades import grade_name
from learners.schools.ground import Ground, ground_of
from learners.schools.school_year import school_year


class District(models.Model):
    code = models.CharField(_("code"), max_length=12, unique=True)
    name = models.CharField(_("name"), max_length=40)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class SchoolKind(models.TextChoices):
    KINDERGARTEN = "kindergarten", _("Kindergarten")
    PRIMARY = "primary", _("Primary school")
    JUNIOR = "junior", _("Junior middle school")
    SENIOR = "senior", _("Senior middle school")
    VOCATIONAL = "vocational", _("Vocational school")
    COMMUNITY_URBAN = "community_urban", _("Parent school of an urban community")
    COMMUNITY_RURAL = "community_rural", _("Parent school of a village")
    WORKPLACE = "workplace", _("Parent school of a workplace")
    OTHER = "other", _("Other school")


# No roster of children there: guardians count (PRODUCT.md, Words).
COUNTS_GUARDIANS = frozenset(
    {SchoolKind.COMMUNITY_URBAN, SchoolKind.COMMUNITY_RURAL, SchoolKind.WORKPLACE}
)


class SchoolQuerySet(models.QuerySet["School"]):
    def open(self) -> Self:
        return self.filter(closed_on=None)

    def in_ground_of(self, user: Any) -> Self:
        """Schools the person administers: its own, its district's, the city's. Not a teacher's."""
        return self.in_ground(ground_of(user))

    def in_ground(self, ground: Ground) -> Self:
        if ground.city:
            return self.all()
        return self.filter(Q(district_id__in=ground.districts) | Q(pk__in=ground.schools))


class School(models.Model):
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("kind"), max_length=20, choices=SchoolKind.choices)
    district = models.ForeignKey(
        District, models.PROTECT, related_name="schools", verbose_name=_("district")
    )
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = SchoolQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=SchoolKind.values), name="schools_known_kind"
            )
        ]
        indexes = [models.Index(fields=["district", "kind"], name="schools_district_kind")]

    def __str__(self) -> str:
        return self.name

    @property
    def counts_guardians(self) -> bool:
        return self.kind in COUNTS_GUARDIANS


class SchoolClassQuerySet(models.QuerySet["SchoolClass"]):
    def taught_by(self, user: Any) -> Self:
        """Classes the person is class teacher of today."""
        return self.filter(pk__in=ground_of(user).classes)

    def in_ground_of(self, user: Any) -> Self:
        """Classes the person teaches or administers today, of every school year."""
        ground = ground_of(user)
        if ground.city:
            return self.all()
        return self.filter(
            Q(district_id__in=ground.districts)
            | Q(school_id__in=ground.schools)
            | Q(pk__in=ground.classes)
        )

    def in_year(self, year: int) -> Self:
        return self.filter(year=year)

    def unarchived(self) -> Self:
        return self.filter(archived_at=None)

    def this_year(self) -> Self:
        """Of the school year that runs today, not archived."""
        return self.filter(year=school_year(timezone.localdate()), archived_at=None)

    def counting_guardians(self) -> Self:
        return self.filter(school__kind__in=COUNTS_GUARDIANS)

    def counting_children(self) -> Self:
        return self.exclude(school__kind__in=COUNTS_GUARDIANS)


class SchoolClass(models.Model):
    """A class of one school year; `year` 2026 is the one that began on 1 September 2026.

    `name` is the whole name people say: "三年级2班". `grade` stands on the scale of `grades`.
    `district` is the school's, copied so that figures and grounds need no join.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(
        School, models.PROTECT, related_name="classes", verbose_name=_("school")
    )
    district = models.ForeignKey(District, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("school year"))
    grade = models.SmallIntegerField(_("grade"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=40)
    join_code = models.CharField(max_length=8, unique=True, default=new_code, editable=False)
    join_open = models.BooleanField(_("open for joining"), default=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = SchoolClassQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("class")
        verbose_name_plural = _("classes")
        ordering = ["-year", "grade", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "year", "name"],
                condition=Q(archived_at=None),
                name="schools_class_once",
            )
        ]
        indexes = [
            models.Index(fields=["district", "year", "grade"], name="schools_class_district"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def counts_guardians(self) -> bool:
        """Whether guardians count here, without a roster of children; reads `school`."""
        return self.school.counts_guardians

    @property
    def grade_name(self) -> str:
        return grade_name(self.grade)
