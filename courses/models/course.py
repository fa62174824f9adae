from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.api import APIField
from wagtail.fields import StreamField

from cms.blocks import BodyBlocks
from cms.models import IndexPage, ResourcePage
from courses.models.lesson import LessonPage


class CoursePage(ResourcePage):
    """A curated series of lessons; their order is the order of its pages in the tree."""

    kind = "course"

    body: Any = StreamField(BodyBlocks(), blank=True, verbose_name=_("introduction"))

    content_panels = [*ResourcePage.content_panels, FieldPanel("body"), *ResourcePage.tag_panels]
    api_fields = [*ResourcePage.api_fields, APIField("body")]
    parent_page_types = ["courses.CourseIndexPage"]
    subpage_types = ["courses.LessonPage"]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def lessons(self) -> Any:
        """The published lessons in order."""
        return LessonPage.objects.child_of(self).live().order_by("path")

    def length_in_minutes(self) -> int:
        """All published lessons together."""
        return self.lessons().aggregate(minutes=Sum("minutes"))["minutes"] or 0


class CourseIndexPage(IndexPage):
    resource_model = CoursePage
    subpage_types = ["courses.CoursePage"]

    class Meta:
        verbose_name = _("course index")
