from typing import Any

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
from courses.models.lesson import LessonPage


class CourseQuerySet(ResourceQuerySet):
    def with_lesson_count(self) -> "CourseQuerySet":
        """`lesson_count` of each: its published lessons."""
        lessons = LessonPage.objects.live().filter(path__startswith=OuterRef("path"))
        counted = lessons.order_by().values("live").annotate(n=Count("pk")).values("n")
        return self.annotate(lesson_count=Coalesce(Subquery(counted), 0))


class CoursePage(ResourcePage):
    """A curated series of lessons; their order is the order of its pages in the tree."""

    kind = "course"

    body: Any = StreamField(BodyBlocks(), blank=True, verbose_name=_("introduction"))

    objects = PageManager.from_queryset(CourseQuerySet)()

    content_panels = [*ResourcePage.content_panels, FieldPanel("body"), *ResourcePage.tag_panels]
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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, "lessons": self.numbered_lessons()}

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
