"""Wagtail's own editor of a course or a lesson leads back to the desk: a button that saves and
goes there, and a word after saving."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page

from courses.alone import course_of
from courses.desk_forms import SavedForm
from courses.models import CoursePage, LessonPage


class ToDesk(ActionMenuItem):
    """First in the menu, right where the eye looks for "submit"."""

    label: Any = gettext_lazy("Save and go to the desk")
    name = "action-to_desk"
    icon_name = "tasks"
    order = 10


def add_way_to_desk(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    if is_of_course(request, context.get("page")) and not context.get("locked_for_user"):
        items.append(ToDesk())
        items.sort(key=lambda item: item.order)


def is_of_course(request: HttpRequest, page: Page | None) -> bool:
    """What is being added tells by its address."""
    if page is not None and page.pk:
        return isinstance(page, CoursePage | LessonPage)
    adds = request.resolver_match.kwargs if request.resolver_match else {}
    kind = (adds.get("content_type_app_name"), adds.get("content_type_model_name"))
    return kind in {("courses", "coursepage"), ("courses", "lessonpage")}


def after_saving(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Not after each of the editor's own savings, which nobody sees."""
    course = course_of(page)
    if course is None or not request.accepts("text/html"):
        return None
    address = reverse("course_desk", args=[course.pk])
    if SavedForm(request.POST, prefix="action").wants_desk():
        return redirect(address)
    if page.has_unpublished_changes or not page.live:
        words = _("It is a draft. The course and its lessons are handed in together, at the desk.")
        messages.info(request, words, buttons=[messages.button(address, _("To the desk"))])
    return None
