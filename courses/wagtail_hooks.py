from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.widgets import Button, HeaderButton
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.ground import sees_own_only
from courses import desk, desk_views, editor, review_views, trial_views
from courses.models import CoursePage, CourseRelease, LessonPage

MOST_ON_HOME = 5


@hooks.register("register_admin_urls")
def desk_addresses() -> list[URLPattern]:
    return [
        path("desk/", desk_views.my_courses, name="my_courses"),
        path("desk/quiz/", trial_views.trial_answers, name="trial_answers"),
        path("desk/<int:pk>/", desk_views.course_desk, name="course_desk"),
        path("desk/<int:pk>/order/", desk_views.order_lessons, name="order_lessons"),
        path("desk/<int:pk>/move/", desk_views.move_lesson, name="move_lesson"),
        path("desk/<int:pk>/minutes/", desk_views.fill_in_minutes, name="fill_in_minutes"),
        path("desk/<int:pk>/links/", desk_views.try_links, name="try_links"),
        path("desk/<int:pk>/back/", desk_views.take_back, name="take_back"),
        path("desk/<int:pk>/decide/", review_views.decide, name="decide_course"),
        path("desk/<int:pk>/compare/", review_views.compare, name="compare_course"),
        path("desk/<int:pk>/preview/<int:page>/", review_views.preview, name="preview_course"),
    ]


class DeskItem(MenuItem):
    """For whoever works on pages: experts and editors."""

    def is_shown(self, request: HttpRequest) -> bool:
        policy = policy_registry.get_by_type(Page)
        return bool(policy.user_has_any_permission(request.user, ["add", "change"]))


@hooks.register("register_admin_menu_item")
def desk_item() -> MenuItem:
    label: Any = _("My courses")
    return DeskItem(label, reverse("my_courses"), name="desk", icon_name="tasks", order=90)


def _course_id(page: Any) -> int | None:
    if isinstance(page, CoursePage):
        return page.pk
    return page.get_parent().pk if isinstance(page, LessonPage) else None


@hooks.register("register_page_header_buttons")
def desk_in_header(page: Any, user: Any, next_url: str | None = None, **kwargs: Any) -> Any:
    course = _course_id(page.specific) if page.pk else None
    if course and desk.courses_of(user).filter(pk=course).exists():
        url = reverse("course_desk", args=[course])
        yield HeaderButton(_("To the desk of the course"), url=url, icon_name="tasks", priority=5)


@hooks.register("register_page_listing_more_buttons")
def desk_in_listing(page: Any, user: Any, next_url: str | None = None) -> Any:
    if isinstance(page, CoursePage) and page.permissions_for_user(user).can_edit():
        url = reverse("course_desk", args=[page.pk])
        yield Button(_("To the desk of the course"), url, icon_name="tasks", priority=5)


hooks.register("construct_page_action_menu", editor.add_way_to_desk)
hooks.register("after_create_page", editor.after_saving)
hooks.register("after_edit_page", editor.after_saving)


class ReturnedCourses(Component):
    """What an editor sent back, first thing after signing in."""

    order = 10

    def render_html(self, parent_context: Any = None) -> Any:
        request = parent_context["request"]
        mine = desk.courses_of(request.user).filter(owner=request.user).with_last_release()
        returned = mine.filter(release_state=CourseRelease.State.RETURNED)[:MOST_ON_HOME]
        return render_to_string("courses/desk/returned.html", {"courses": returned}, request)


class FirstSteps(Component):
    """For an expert Wagtail's own first page is empty."""

    order = 20

    class Media:
        css = {"all": ("css/desk.css",)}

    def render_html(self, parent_context: Any = None) -> Any:
        request = parent_context["request"]
        mine = desk.courses_of(request.user).filter(owner=request.user).with_last_release()
        context = {"courses": mine[:MOST_ON_HOME], "states": CourseRelease.State}
        return render_to_string("courses/desk/first_steps.html", context, request)


@hooks.register("construct_homepage_panels")
def show_own_courses(request: HttpRequest, panels: list[Any]) -> None:
    panels.insert(0, ReturnedCourses())
    if sees_own_only(request.user) and DeskItem("", "").is_shown(request):
        panels.insert(1, FirstSteps())
