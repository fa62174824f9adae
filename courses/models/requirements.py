from django.db import models
from django.utils.translation import gettext_lazy as _


class CourseRequirements(models.Model):
    """What a course asked for from a moment on; a completion names the one it was earned under.

    `rules` is a list, one entry a lesson in order:
    {"lesson": page id, "title", "format", "required", "coverage_required": %, "seconds",
    "content_hash", "quiz": bool, "pass_mark": %}.

    It goes with its course; what people earned under it keeps both (Enrolment protects them).
    """

    course = models.ForeignKey(
        "courses.CoursePage", models.CASCADE, related_name="requirements", verbose_name=_("course")
    )
    version = models.PositiveIntegerField(_("version"))
    rules = models.JSONField(_("rules"))
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["course", "version"], name="courses_one_rules_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id} v{self.version}"
