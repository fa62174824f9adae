from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtailmedia.edit_handlers import MediaChooserPanel

from cms.blocks import BodyBlocks
from cms.models import ResourcePage
from cms.serializers import RecordingField
from courses import sealing
from courses.blocks import QuizBlocks
from courses.forms import LessonPageForm
from courses.models.panels import SETTINGS_WITHOUT_DATES, DeskPanel
from courses.models.sizes import PREVIEW_SIZES


class LessonPage(ResourcePage):
    """One lesson of a course: video, audio or article, optionally with a quiz.

    `coverage_required` and `pass_mark` are percentages. The quiz holds the right answers, so
    it is in no template, no API field and no index.
    """

    kind = "lesson"
    stands_alone = False

    class Format(models.TextChoices):
        VIDEO = "video", _("Video")
        AUDIO = "audio", _("Audio")
        ARTICLE = "article", _("Article")

    format = models.CharField(
        _("format"), max_length=10, choices=Format.choices, default=Format.VIDEO
    )
    recording = models.ForeignKey(
        "media.Recording",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("recording"),
    )
    body: Any = StreamField(BodyBlocks(), blank=True, verbose_name=_("body"))
    required = models.BooleanField(_("required"), default=True)
    coverage_required = models.PositiveSmallIntegerField(
        _("share to be played (%)"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    quiz: Any = StreamField(QuizBlocks(), blank=True, verbose_name=_("quiz"))
    pass_mark = models.PositiveSmallIntegerField(
        _("pass mark (%)"), default=60, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )

    content_panels = [
        DeskPanel(),
        *ResourcePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("format"),
                MediaChooserPanel("recording"),
                FieldPanel("required"),
                FieldPanel("coverage_required"),
            ],
            heading=_("Lesson"),
        ),
        FieldPanel("body"),
        MultiFieldPanel([FieldPanel("quiz"), FieldPanel("pass_mark")], heading=_("Quiz")),
        *ResourcePage.tag_panels,
    ]
    api_fields = [
        *ResourcePage.api_fields,
        APIField("format"),
        APIField("recording", serializer=RecordingField()),
        APIField("required"),
        APIField("body"),
    ]
    base_form_class = LessonPageForm
    parent_page_types = ["courses.CoursePage"]
    subpage_types: list[str] = []
    settings_panels = SETTINGS_WITHOUT_DATES

    has_workflow = False
    preview_sizes = PREVIEW_SIZES
    QUIZ = "quiz"

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("", _("Lesson")), (self.QUIZ, _("Try the quiz"))]

    def get_workflow(self) -> None:
        """None: it is submitted with its course."""

    def get_lock(self) -> Any:
        """While its course is in review it is for the reviewers alone, like the course."""
        return super().get_lock() or (self.course().get_lock() if self.path else None)

    def get_preview_template(self, request: HttpRequest, mode_name: str) -> str:
        if mode_name == self.QUIZ:
            return "courses/desk/try_quiz.html"
        return str(super().get_preview_template(request, mode_name))

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, Any]:
        context: dict[str, Any] = super().get_preview_context(request, mode_name)
        return (
            {**context, "definition": sealing.seal(self.quiz, self.pass_mark)}
            if mode_name == self.QUIZ
            else context
        )

    def course(self) -> Any:
        """The course it belongs to."""
        return self.get_parent().specific

    def terms_from(self) -> ResourcePage:
        return self.course()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        course = self.course()
        if getattr(request, "is_preview", False):
            lessons = course.draft_lessons()
        else:
            lessons = course.numbered_lessons()
        at = next((n for n, lesson in enumerate(lessons) if lesson.pk == self.pk), len(lessons))
        context.update(
            course=course,
            lessons=lessons,
            number=at + 1,
            previous_lesson=lessons[at - 1] if at else None,
            next_lesson=lessons[at + 1] if at + 1 < len(lessons) else None,
        )
        return context
