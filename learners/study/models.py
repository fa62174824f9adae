"""What a parent did: enrolments, progress, tries at quizzes, saved resources."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.accounts.protected import EncryptedTextField
from learners.study.certificates.numbers import shown


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    def of(self, user: Any) -> "EnrolmentQuerySet":
        return self.filter(user=user)

    def current(self) -> "EnrolmentQuerySet":
        """The one run of each course that counts now."""
        return self.filter(current=True)

    def unfinished(self) -> "EnrolmentQuerySet":
        return self.filter(completed_at=None)

    def finished(self) -> "EnrolmentQuerySet":
        return self.exclude(completed_at=None)


class Enrolment(models.Model):
    """Guardian × course × run. A course can be taken again; one run is current.

    `completed_at` is set once and never cleared. A closed account leaves a `user` without a name;
    empty is the `user` whose row was deleted. `learned_seconds` is the sum of the completed
    lessons' lengths, so that no figure reads the progress of millions. `voluntary` is who began
    of their own accord: no class of theirs had been given the course at that moment. `device` is
    the mark of where it was finished (see `devices`), emptied after thirty days.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="enrolments"
    )
    course = models.ForeignKey("courses.CoursePage", models.PROTECT, related_name="enrolments")
    run = models.PositiveSmallIntegerField(default=1)
    current = models.BooleanField(default=True)
    enrolled_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_offline = models.BooleanField(default=False)
    learned_seconds = models.PositiveIntegerField(default=0, db_default=0)
    voluntary = models.BooleanField(default=True, db_default=True)
    device = models.CharField(max_length=32, blank=True, default="", db_default="", editable=False)
    requirements = models.ForeignKey(
        "courses.CourseRequirements", models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = EnrolmentQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        permissions = [("view_course_statistics", "Can see the figures of all courses")]
        indexes = [
            models.Index(fields=[moment, "course"], name=f"study_{moment}_course")
            for moment in ("enrolled_at", "started_at", "completed_at")
        ] + [
            models.Index(
                fields=["device"], condition=~models.Q(device=""), name="study_finished_on"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "course", "run"], name="study_one_run"),
            models.UniqueConstraint(
                fields=["user", "course"],
                condition=models.Q(current=True),
                name="study_one_current_run",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} × {self.course_id} #{self.run}"


class CourseDay(models.Model):
    """What happened with a course on a day that is over, added up at night (`figures.daily`).

    `have_started` and `have_finished` are those who enrolled on that day and did so since.
    """

    course = models.ForeignKey("courses.CoursePage", models.CASCADE, related_name="+")
    day = models.DateField()
    voluntary = models.BooleanField()
    enrolled = models.PositiveIntegerField(default=0)
    started = models.PositiveIntegerField(default=0)
    finished = models.PositiveIntegerField(default=0)
    have_started = models.PositiveIntegerField(default=0)
    have_finished = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("day of a course")
        verbose_name_plural = _("days of courses")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["day", "course", "voluntary"], name="study_one_course_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.day}"


class DaysAdded(models.Model):
    """One row: the first day that is not in `CourseDay` yet. Whoever adds days holds its lock."""

    until = models.DateField()

    class Meta:
        verbose_name = _("days added up")
        verbose_name_plural = _("days added up")
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.until)


class ProgressQuerySet(models.QuerySet["Progress"]):
    def completed(self) -> "ProgressQuerySet":
        return self.exclude(completed_at=None)

    def flagged(self) -> "ProgressQuerySet":
        """More media time was claimed than the clock allowed: for review."""
        return self.filter(overclaimed_seconds__gt=0)


class Progress(models.Model):
    """Enrolment × lesson: the seconds covered, where playback stood, and completion.

    `covered` holds whole media seconds as text ranges, ends exclusive ("0-15,20-33"): they
    belong to the file `media_key` names. An article counts reading seconds. Of the covered
    seconds `offline_seconds` came after more than five minutes without contact.
    `overclaimed_seconds` is the most that one report claimed beyond what the clock allowed.
    `completed_seconds` is how long the lesson was when it was completed.
    """

    enrolment = models.ForeignKey(Enrolment, models.CASCADE, related_name="progress")
    lesson = models.ForeignKey("courses.LessonPage", models.PROTECT, related_name="progress")
    media_key = models.CharField(max_length=12, blank=True)
    covered = models.TextField(blank=True)
    covered_seconds = models.PositiveIntegerField(default=0)
    position = models.FloatField(default=0)
    position_at = models.DateTimeField()
    first_report_at = models.DateTimeField()
    last_report_at = models.DateTimeField()
    offline_seconds = models.PositiveIntegerField(default=0)
    overclaimed_seconds = models.PositiveIntegerField(default=0)
    quiz_best = models.PositiveSmallIntegerField(null=True, blank=True)
    quiz_passed_at = models.DateTimeField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_offline = models.BooleanField(default=False)
    completed_seconds = models.PositiveIntegerField(default=0, db_default=0)

    objects = ProgressQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("progress")
        verbose_name_plural = _("progress")
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "lesson"], name="study_one_progress")
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} × {self.lesson_id}"


class QuizAttempt(models.Model):
    """One try: `answers` is {question id: [option ids]}, `score` a percentage."""

    progress = models.ForeignKey(Progress, models.CASCADE, related_name="attempts")
    answers = models.JSONField()
    score = models.PositiveSmallIntegerField()
    passed = models.BooleanField()
    created_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("quiz attempt")
        verbose_name_plural = _("quiz attempts")

    def __str__(self) -> str:
        return f"{self.progress_id}: {self.score} %"


class TimeCredit(models.Model):
    """Up to when a person's clock is used up (see `credit`).

    Every write to a person's progress moves `version`, so that it is the one lock for them.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="time_credit"
    )
    credited_until = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("time credit")
        verbose_name_plural = _("time credits")

    def __str__(self) -> str:
        return str(self.user_id)


class SavedResource(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved")
    resource = models.ForeignKey("cms.ResourcePage", models.CASCADE, related_name="saved_by")
    saved_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("saved resource")
        verbose_name_plural = _("saved resources")
        constraints = [
            models.UniqueConstraint(fields=["user", "resource"], name="study_saved_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} ♥ {self.resource_id}"


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def of(self, user: Any) -> "CertificateQuerySet":
        return self.filter(enrolment__user=user)

    def valid(self) -> "CertificateQuerySet":
        return self.filter(revoked_at=None)

    def revoked(self) -> "CertificateQuerySet":
        return self.exclude(revoked_at=None)


class Certificate(models.Model):
    """Proof of one completed run, with everything copied onto it that could change later.

    `number` is canonical (see `certificates.numbers`). `name` is what the parent wrote; closing
    the account empties it and leaves `masked_name`. `lessons` is the list of rules it was
    earned under, as `CourseRequirements.rules` holds them, each with `done`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(_("number"), max_length=16, unique=True, editable=False)
    enrolment = models.OneToOneField(Enrolment, models.PROTECT, related_name="certificate")
    name = EncryptedTextField(_("name"), blank=True)
    masked_name = models.CharField(_("name"), max_length=10)
    course_title = models.CharField(_("course"), max_length=255)
    minutes = models.PositiveIntegerField(_("minutes"))
    completed_at = models.DateTimeField(_("finished on"))
    offline = models.BooleanField(_("partly learned offline"))
    rules_version = models.PositiveIntegerField(_("version of the rules"))
    lessons = models.JSONField(_("lessons"))
    issued_at = models.DateTimeField(_("issued on"), default=timezone.now)
    revoked_at = models.DateTimeField(_("revoked on"), null=True, blank=True)
    revoked_reason = models.CharField(_("reason"), max_length=300, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("revoked by"),
    )

    objects = CertificateQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        default_permissions = ()
        permissions = [("revoke_certificate", "Can find and revoke certificates")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(revoked_at=None, revoked_reason="")
                | (models.Q(revoked_at__isnull=False) & ~models.Q(revoked_reason="")),
                name="study_revoked_for_a_reason",
            )
        ]

    def __str__(self) -> str:
        return shown(self.number)

    @property
    def holder(self) -> str:
        """The name while the account exists, masked afterwards."""
        return self.name or self.masked_name

    def get_check_url(self) -> str:
        """Where anybody may check it."""
        return reverse("certificates:check", args=[shown(self.number)])


class CertificateCorrection(models.Model):
    """A misspelt name that its holder mended: what stood there before, and until when.

    Closing the account empties `former_name` and leaves `former_masked`.
    """

    certificate = models.ForeignKey(Certificate, models.CASCADE, related_name="corrections")
    former_name = EncryptedTextField(blank=True)
    former_masked = models.CharField(max_length=10)
    corrected_at = models.DateTimeField(default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("correction of a name")
        verbose_name_plural = _("corrections of names")
        default_permissions = ()
        ordering = ["corrected_at", "pk"]

    def __str__(self) -> str:
        return f"{self.certificate_id}: {self.former_masked}"


class Interests(models.Model):
    """What a person chose to be recommended: age stages, and circumstances if they want.

    The circumstances (a JSON list of codes) are theirs alone: encrypted, in no statistic, shown
    to nobody (PRODUCT.md rule 6).
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="interests", primary_key=True
    )
    age_stages = models.JSONField(_("child's age"), default=list)
    circumstances = EncryptedTextField(_("special circumstances"), blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("interests")
        verbose_name_plural = _("interests")

    def __str__(self) -> str:
        return str(self.user_id)
