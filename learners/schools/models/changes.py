"""Classes rearranged: a year rolled forward, classes put together, split, closed."""

import uuid
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.schools.ground import ground_of
from learners.schools.models.places import School


class ClassChangeQuerySet(models.QuerySet["ClassChange"]):
    def in_ground_of(self, user: Any) -> Self:
        """Of the schools the person administers."""
        ground = ground_of(user)
        if ground.city:
            return self.all()
        return self.filter(
            models.Q(school_id__in=ground.schools)
            | models.Q(school__district_id__in=ground.districts)
        )


class ClassChange(models.Model):
    """`wishes` say what was asked for, `counts` what the dry run promised, `trace` what was done,
    so that it can be undone: ids of rows and names of classes, nothing personal.
    """

    class Kind(models.TextChoices):
        ROLL = "roll", _("Into the new school year")
        MERGE = "merge", _("Classes put together")
        SPLIT = "split", _("A class split")
        CLOSE = "close", _("A class closed")

    class State(models.TextChoices):
        CHECKED = "checked", _("Checked")
        APPLYING = "applying", _("Being carried out")
        APPLIED = "applied", _("Carried out")
        FAILED = "failed", _("Failed")
        UNDONE = "undone", _("Undone")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, models.CASCADE, related_name="class_changes")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    year = models.PositiveSmallIntegerField(_("school year"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKED)
    wishes = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    trace = models.JSONField(default=dict)
    applied_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)

    objects = ClassChangeQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("change of classes")
        verbose_name_plural = _("changes of classes")
        indexes = [models.Index(fields=["school", "asked_at"], name="schools_changes")]

    def __str__(self) -> str:
        return f"{self.kind} of school {self.school_id}"
