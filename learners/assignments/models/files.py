"""Workbooks of figures that take too long to wait for: made by a task, fetched once, deleted."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.assignments.models.assignment import Assignment
from learners.schools.models import District, School


class FigureFile(models.Model):
    """What somebody asked for; the ground they have when it is made counts.

    Either of an assignment or of a course; of a district or a school, or of all that they see.
    """

    class Rows(models.TextChoices):
        PLACES = "places", _("The table as it is shown")
        CLASSES = "classes", _("Every class")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, db_index=True)
    rows = models.CharField(max_length=8, choices=Rows.choices)
    assignment = models.ForeignKey(Assignment, models.CASCADE, null=True, related_name="+")
    course = models.ForeignKey("courses.CoursePage", models.CASCADE, null=True, related_name="+")
    district = models.ForeignKey(District, models.CASCADE, null=True, related_name="+")
    school = models.ForeignKey(School, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(max_length=20, blank=True)
    grade = models.SmallIntegerField(null=True)
    name = models.CharField(max_length=200, blank=True)
    done = models.PositiveIntegerField(default=0)
    wanted = models.PositiveIntegerField(default=0)
    content = models.BinaryField(null=True)
    failed = models.BooleanField(default=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("file of figures")
        verbose_name_plural = _("files of figures")
        constraints = [
            models.CheckConstraint(
                condition=Q(assignment=None, course__isnull=False)
                | Q(assignment__isnull=False, course=None),
                name="assignments_file_of_one",
            )
        ]

    def __str__(self) -> str:
        return f"file {self.pk}"

    @property
    def is_ready(self) -> bool:
        return bool(self.name)
