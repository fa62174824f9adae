"""Who looks after a child, who joined a class without one, and who asked to."""

import uuid
from datetime import date
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.accounts.protected import EncryptedTextField
from learners.schools.models.children import Child, ClassMembership, Relation
from learners.schools.models.places import SchoolClass


class GuardianshipQuerySet(models.QuerySet["Guardianship"]):
    def of(self, user: Any) -> Self:
        return self.filter(user=user)

    def in_class(self, school_class: Any) -> Self:
        """Of children on the class's roster now."""
        members = ClassMembership.objects.current().filter(school_class=school_class)
        return self.filter(child__in=members.values("child_id"))


class Guardianship(models.Model):
    """A person who looks after a child: always confirmed. Who only asked has a `JoinRequest`."""

    class Basis(models.TextChoices):
        PHONE = "phone", _("Phone on file")
        DIGITS = "digits", _("Name and last four digits")
        TEACHER = "teacher", _("Confirmed by the teacher")
        OWN = "own", _("Added by the family")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="guardianships")
    child = models.ForeignKey(Child, models.CASCADE, related_name="guardianships")
    relation = models.CharField(_("relation"), max_length=12, choices=Relation.choices)
    basis = models.CharField(max_length=10, choices=Basis.choices)
    claimed_at = models.DateTimeField(default=timezone.now)
    consent_version = models.CharField(max_length=20)

    objects = GuardianshipQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("guardianship")
        verbose_name_plural = _("guardianships")
        constraints = [
            models.UniqueConstraint(fields=["user", "child"], name="schools_guardian_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} × child {self.child_id}"


class ClassGuardianQuerySet(models.QuerySet["ClassGuardian"]):
    def of(self, user: Any) -> Self:
        return self.filter(user=user)

    def current(self, on: date | None = None) -> Self:
        """The memberships of that day; without one, those that have not ended."""
        if on is None:
            return self.filter(until=None)
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


class ClassGuardian(models.Model):
    """A guardian in a class that counts guardians; `user` is empty when the account was closed."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="class_guardianships"
    )
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="guardians")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    consent_version = models.CharField(max_length=20)

    objects = ClassGuardianQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("guardian in a class")
        verbose_name_plural = _("guardians in classes")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "school_class"],
                condition=Q(until=None),
                name="schools_class_guardian_once",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="schools_guardian_ends_later",
            ),
        ]
        indexes = [
            models.Index(fields=["school_class", "until"], name="schools_class_guardians"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in class {self.school_class_id}"


class JoinRequestQuerySet(models.QuerySet["JoinRequest"]):
    def pending(self) -> Self:
        return self.filter(decided_at=None)


class JoinRequest(models.Model):
    """A guardian without a phone on file asks; the teacher says which child, or declines."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="join_requests")
    school_class = models.ForeignKey(SchoolClass, models.CASCADE, related_name="join_requests")
    child_name = EncryptedTextField(_("name of the child"))
    relation = models.CharField(_("relation"), max_length=12, choices=Relation.choices)
    guardian_name = EncryptedTextField(_("your name"))
    consent_version = models.CharField(max_length=20)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    accepted = models.BooleanField(default=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = JoinRequestQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "school_class"],
                condition=Q(decided_at=None),
                name="schools_one_pending_request",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} asks class {self.school_class_id}"
