"""Staff reads of personal data are logged (PRODUCT.md rule 9)."""

from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.schools.ground import ground_of
from learners.schools.models.places import School, SchoolClass


class PersonalDataReadQuerySet(models.QuerySet["PersonalDataRead"]):
    def in_ground_of(self, user: Any) -> Self:
        """Of the schools the person administers; a teacher reads no log."""
        ground = ground_of(user)
        if ground.city:
            return self.all()
        return self.filter(
            models.Q(school_id__in=ground.schools)
            | models.Q(school__district_id__in=ground.districts)
        )

    def between(self, since: date, until: date) -> Self:
        """Both days included."""
        first, end = (
            timezone.make_aware(datetime.combine(day, time()))
            for day in (since, until + timedelta(days=1))
        )
        return self.filter(read_at__gte=first, read_at__lt=end)


class PersonalDataRead(models.Model):
    """Who read what of how many children, when. Holds nothing personal of the children."""

    class What(models.TextChoices):
        ROSTER = "roster", _("Names on a class's roster")
        CHILD = "child", _("One child with its contacts")
        IMPORT = "import", _("Findings of a roster import")
        EXPORT = "export", _("A file with names")
        DEVICES = "devices", _("Guardians who finished on one device")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    what = models.CharField(max_length=10, choices=What.choices)
    school = models.ForeignKey(School, models.CASCADE, related_name="+")
    school_class = models.ForeignKey(SchoolClass, models.CASCADE, null=True, related_name="+")
    child_id = models.BigIntegerField(null=True)
    children = models.PositiveIntegerField(default=0)
    read_at = models.DateTimeField(default=timezone.now)

    objects = PersonalDataReadQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("read of personal data")
        verbose_name_plural = _("reads of personal data")
        indexes = [
            models.Index(fields=["school", "read_at"], name="schools_reads"),
            models.Index(fields=["read_at"], name="schools_reads_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} read {self.what}"
