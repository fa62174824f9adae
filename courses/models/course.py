from typing import Any

from django.db import models
from django.db.models import Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField
from wagtail.models import PageManager

from cms import structured
from cms.blocks import BodyBlocks
from cms.models import IndexPage, ResourcePage
from cms.models.resource import ResourceQuerySet
from courses.models.drafts import drafts_of
from courses.models.lesson import LessonPage
from courses.models.panels import SETTINGS_WITHOUT_DATES, DeskPanel
from courses.models.release import CourseRelease
from courses.models.sizes import PREVIEW_SIZES


class CourseQuerySet(ResourceQuerySet):
    def with_lesson_count(self) -> "CourseQuerySet":
        """`lesson_count` of each: its published lessons."""
        lessons = LessonPage.objects.live().filter(path__startswith=OuterRef("path"))
        counted = lessons.order_by().values("live").annotate(n=Count("pk")).values("n")
        return self.annotate(lesson_count=Coalesce(Subquery(counted), 0))

    def with_last_release(self) -> "CourseQuerySet":
        """`release_state` of each, and the reviewer's `release_comment`: of its newest release."""
        newest = CourseRelease.objects.filter(course=OuterRef("pk")).newest()
        return self.annotate(
            release_state=Subquery(newest.values("state")[:1]),
            release_comment=Subquery(newest.values("comment")[:1]),
        )


class CoursePage(ResourcePage):
    """A curated series of lessons; their order is the order of its pages in the tree.

    `lesson_order` is the order that its draft asks for, ids of lessons; publishing makes it so.
    A course is submitted from its desk, with its lessons: Wagtail's own editor offers no workflow.
    """

    kind = "course"

    body: Any = StreamField(BodyBlocks(), blank=True, verbose_name=_("introduction"))
    lesson_order = models.JSONField(default=list, blank=True, editable=False)

    has_workflow = False
    preview_sizes = PREVIEW_SIZES

    objects = PageManager.from_queryset(CourseQuerySet)()

    content_panels = [
        DeskPanel(),
        *ResourcePage.content_panels,
        FieldPanel("body"),
        *ResourcePage.tag_panels,
    ]
    settings_panels = SETTINGS_WITHOUT_DATES
    api_fields = [*ResourcePage.api_fields, APIField("body")]
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.LessonPage"]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def lessons(self) -> Any:
        """The published lessons in order; a course not yet in the tree has none."""
        if not self.path:
            return LessonPage.objects.none()
        return LessonPage.objects.child_of(self).live().order_by("path")

    def numbered_lessons(self) -> list[LessonPage]:
        """The published lessons in order, each with its `number` from 1."""
        lessons = list(self.lessons().select_related("recording").defer("body"))
        for number, lesson in enumerate(lessons, start=1):
            lesson.number = number
        return lessons

    def all_lessons(self) -> Any:
        """Drafts too, as they stand in the tree."""
        return LessonPage.objects.child_of(self) if self.path else LessonPage.objects.none()

    def draft_lessons(self) -> list[LessonPage]:
        """Every lesson as its newest draft is, in the order that the course's draft asks for."""
        return self.draft_lessons_of(self.get_latest_revision_as_object())

    def draft_lessons_of(self, draft: "CoursePage") -> list[LessonPage]:
        lessons = drafts_of(self.all_lessons().select_related("latest_revision"))
        place = {pk: number for number, pk in enumerate(draft.lesson_order)}
        lessons.sort(key=lambda lesson: (place.get(lesson.pk, len(place)), lesson.path))
        for number, lesson in enumerate(lessons, start=1):
            lesson.number = number
        return lessons

    def get_workflow(self) -> None:
        """None: see `review_workflow`."""

    def review_workflow(self) -> Any:
        """Whose approval the course and its lessons wait for, together."""
        return super().get_workflow()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        is_draft = getattr(request, "is_preview", False)
        lessons = self.draft_lessons_of(self) if is_draft else self.numbered_lessons()
        return {**context, "lessons": lessons}

    def structured_data(self, request: HttpRequest, shared: structured.Data) -> structured.Data:
        return {
            "@type": "Course",
            "provider": structured.SCHOOL,
            "hasCourseInstance": {
                "@type": "CourseInstance",
                "courseMode": "Online",
                "courseWorkload": structured.duration(self.minutes * 60),
            },
            "offers": {"@type": "Offer", "category": "Free", "price": 0, "priceCurrency": "CNY"},
            **structured.resource(self, shared),
        }

    def length_in_minutes(self) -> int:
        """All published lessons together."""
        return self.lessons().aggregate(minutes=Sum("minutes"))["minutes"] or 0


class CourseIndexPage(IndexPage):
    resource_model = CoursePage
    subpage_types = ["courses.CoursePage"]

    class Meta:
        verbose_name = _("course index")

    def listed(self) -> Any:
        return super().listed().with_lesson_count()
