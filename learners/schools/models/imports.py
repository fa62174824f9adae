"""A roster on its way in: uploaded, checked, perhaps asked about, applied or thrown away."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.accounts.protected import EncryptedTextField
from learners.schools.ground import ground_of
from learners.schools.models.places import School, SchoolClass


class RosterImportQuerySet(models.QuerySet["RosterImport"]):
    def in_ground_of(self, user: Any) -> Self:
        """Those the person uploaded, as long as the school or class is still theirs.

        What a list names stays with who uploaded it and the school's administrators.
        """
        ground = ground_of(user)
        own = models.Q(uploaded_by=user, school_class_id__in=ground.classes)
        if ground.city:
            return self.all()
        return self.filter(
            own
            | models.Q(school_id__in=ground.schools)
            | models.Q(school__district_id__in=ground.districts)
        )

    def left_lying(self, before: datetime) -> Self:
        """Never applied, and uploaded before then."""
        return self.filter(uploaded_at__lt=before).exclude(state=RosterImport.State.APPLIED)


class RosterImport(models.Model):
    """`content`, `annotated` and `report` hold names and phones: encrypted, and emptied when the
    import is applied or thrown away; the counts stay.
    """

    class State(models.TextChoices):
        CHECKING = "checking", _("Being checked")
        CHECKED = "checked", _("Checked")
        REFUSED = "refused", _("Not readable")
        APPLYING = "applying", _("Being applied")
        APPLIED = "applied", _("Applied")
        FAILED = "failed", _("Failed")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="roster_imports")
    school_class = models.ForeignKey(
        SchoolClass, models.CASCADE, null=True, related_name="roster_imports"
    )
    year = models.PositiveSmallIntegerField()
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    uploaded_at = models.DateTimeField(default=timezone.now)
    file_name = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    refusal = models.CharField(max_length=20, blank=True)
    content = EncryptedTextField(blank=True)
    annotated = EncryptedTextField(blank=True)
    report = EncryptedTextField(blank=True)
    answers = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True)

    objects = RosterImportQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("roster import")
        verbose_name_plural = _("roster imports")

    def __str__(self) -> str:
        return f"roster import {self.pk}"

    @property
    def is_working(self) -> bool:
        return self.state in {self.State.CHECKING, self.State.APPLYING}
