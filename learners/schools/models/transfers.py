"""A child on its way from one school to another."""

import uuid
from datetime import timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.schools.codes import new_code
from learners.schools.models.children import Child
from learners.schools.models.places import SchoolClass

DAYS_OPEN = 30


class TransferQuerySet(models.QuerySet["Transfer"]):
    def waiting(self) -> Self:
        """Released, and not yet received, taken back or too old."""
        since = timezone.now() - timedelta(days=DAYS_OPEN)
        return self.filter(received_at=None, withdrawn_at=None, released_at__gte=since)

    def of(self, child: Any) -> Self:
        return self.filter(child=child)


class Transfer(models.Model):
    """The old school releases and gets a code; with it and the name the new one receives.

    Until then the child stays where it is. The rows stay, so that it can be said who did it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    child = models.ForeignKey(Child, models.CASCADE, related_name="transfers")
    from_class = models.ForeignKey(SchoolClass, models.CASCADE, related_name="+")
    to_class = models.ForeignKey(SchoolClass, models.CASCADE, null=True, related_name="+")
    code = models.CharField(max_length=8, unique=True, default=new_code, editable=False)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    released_at = models.DateTimeField(default=timezone.now)
    received_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    received_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    objects = TransferQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints = [
            models.UniqueConstraint(
                fields=["child"],
                condition=Q(received_at=None, withdrawn_at=None),
                name="schools_one_transfer",
            )
        ]

    def __str__(self) -> str:
        return f"transfer of child {self.child_id}"
