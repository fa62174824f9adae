"""Closing an account takes no completion back (ARCHITECTURE.md decision 5)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from learners.schools.models import Child, ClassGuardian


class FormerGuardian(models.Model):
    """Whom the nameless enrolments of a closed account count for: a child, or a place in a class.

    `user` is the row that closing left, without name, phone or any way to find it.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    child = models.ForeignKey(Child, models.CASCADE, null=True, related_name="former_guardians")
    class_guardian = models.ForeignKey(ClassGuardian, models.CASCADE, null=True, related_name="+")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("former guardian")
        verbose_name_plural = _("former guardians")
        constraints = [
            models.UniqueConstraint(fields=["user", "child"], name="assignments_former_once"),
            models.CheckConstraint(
                condition=Q(child=None, class_guardian__isnull=False)
                | Q(child__isnull=False, class_guardian=None),
                name="assignments_former_of_one",
            ),
        ]

    def __str__(self) -> str:
        return f"former guardian {self.pk}"
