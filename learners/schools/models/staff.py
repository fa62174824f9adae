"""Staff act by appointment: a role, its ground, from one day to another."""

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.schools.models.places import District, School, SchoolClass


class Role(models.TextChoices):
    TEACHER = "teacher", _("Class teacher")
    SCHOOL = "school", _("School administrator")
    DISTRICT = "district", _("District administrator")
    CITY = "city", _("City administrator")


def _scope_of(role: str, field: str) -> Q:
    """The role's own ground is given, and no other."""
    fields = ("school_class", "school", "district")
    return Q(role=role, **{f"{name}__isnull": name != field for name in fields})


class StaffAppointmentQuerySet(models.QuerySet["StaffAppointment"]):
    def of(self, user: Any) -> Self:
        return self.filter(user=user)

    def current(self, on: date | None = None) -> Self:
        """In force that day (today when none is given)."""
        day = on or timezone.localdate()
        running = self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)
        return running.filter(ended_at=None)

    def standing(self) -> Self:
        """In force today, or from a later day on."""
        running = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())
        return self.filter(running, ended_at=None)

    def ended(self) -> Self:
        over = Q(ended_at__isnull=False) | Q(ends_on__lt=timezone.localdate())
        return self.filter(over)


class StaffAppointment(models.Model):
    """`ends_on` is the last day; `ended_at` is set when somebody ended it by hand, at once.

    A city administrator's ground needs no row of its own.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="appointments")
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    school_class = models.ForeignKey(
        SchoolClass, models.CASCADE, null=True, blank=True, related_name="appointments"
    )
    school = models.ForeignKey(
        School, models.CASCADE, null=True, blank=True, related_name="appointments"
    )
    district = models.ForeignKey(
        District, models.CASCADE, null=True, blank=True, related_name="appointments"
    )
    starts_on = models.DateField(_("first day"), default=timezone.localdate)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = StaffAppointmentQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.CheckConstraint(
                condition=_scope_of(Role.TEACHER, "school_class")
                | _scope_of(Role.SCHOOL, "school")
                | _scope_of(Role.DISTRICT, "district")
                | _scope_of(Role.CITY, ""),
                name="schools_scope_fits_role",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="schools_appointment_ends_later",
            ),
            *(
                models.UniqueConstraint(
                    fields=["user", *scope],
                    condition=Q(role=role, ends_on=None),
                    name=f"schools_one_{role}_appointment",
                )
                for role, scope in (
                    (Role.TEACHER.value, ["school_class"]),
                    (Role.SCHOOL.value, ["school"]),
                    (Role.DISTRICT.value, ["district"]),
                    (Role.CITY.value, []),
                )
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.role}"
