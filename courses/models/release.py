from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ReleaseQuerySet(models.QuerySet["CourseRelease"]):
    def in_review(self) -> "ReleaseQuerySet":
        return self.filter(state=CourseRelease.State.REVIEW)

    def waiting(self) -> "ReleaseQuerySet":
        """Approved, and its day has not come."""
        return self.filter(state=CourseRelease.State.APPROVED)

    def on_the_way(self) -> "ReleaseQuerySet":
        """Handed in, and neither public nor given back."""
        return self.filter(state__in=[CourseRelease.State.REVIEW, CourseRelease.State.APPROVED])

    def due(self, now: datetime) -> "ReleaseQuerySet":
        return self.waiting().filter(goes_live_at__lte=now)

    def announced(self) -> "ReleaseQuerySet":
        """Published with a word to parents, the last one first."""
        live = self.filter(state=CourseRelease.State.LIVE).exclude(news="")
        return live.order_by("-live_at", "-pk")

    def newest(self) -> "ReleaseQuerySet":
        return self.order_by("-asked_at", "-pk")


class CourseRelease(models.Model):
    """A course and its lessons as they were handed in, to be published together or not at all.

    `pages` is [[page id, revision id], …], the course first, its lessons in order. `news` says
    to parents who are enrolled already what is new. `comment` is the reviewer's.
    """

    class State(models.TextChoices):
        REVIEW = "review", _("In review")
        RETURNED = "returned", _("Sent back")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        APPROVED = "approved", _("Waits for its day")
        LIVE = "live", _("Published")

    course = models.ForeignKey(
        "courses.CoursePage", models.CASCADE, related_name="releases", verbose_name=_("course")
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.REVIEW)
    pages = models.JSONField(default=list)
    news = models.CharField(_("what is new, for parents"), max_length=200, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    goes_live_at = models.DateTimeField(null=True)
    live_at = models.DateTimeField(null=True)

    objects = ReleaseQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("release of a course")
        verbose_name_plural = _("releases of courses")
        constraints = [
            models.UniqueConstraint(
                fields=["course"],
                condition=models.Q(state="review"),
                name="courses_one_review_a_course",
            ),
            models.UniqueConstraint(
                fields=["course"],
                condition=models.Q(state="approved"),
                name="courses_one_waiting_release_a_course",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.state}"

    @property
    def revisions(self) -> dict[int, int]:
        """Revision ids by page id."""
        return dict(self.pages)

    def decide(self, state: str, user: Any = None, comment: str = "") -> None:
        self.state, self.decided_by, self.comment = state, user, comment
        self.decided_at = timezone.now()
        self.save(update_fields=["state", "decided_by", "decided_at", "comment"])
