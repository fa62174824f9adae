from collections.abc import Iterable
from typing import Any

from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.permission_policies.pages import PagePermissionPolicy

from courses.models import LessonPage
from learners.study import figure_views


@hooks.register("register_admin_urls")
def figure_urls() -> list[URLPattern]:
    return [
        path("lessons/", figure_views.lesson_list, name="lesson_list"),
        path("lessons/<int:pk>/", figure_views.lesson_figures, name="lesson_figures"),
    ]


class LessonMenuItem(MenuItem):
    """For whoever works on pages: experts and editors."""

    def is_shown(self, request: Any) -> bool:
        policy = PagePermissionPolicy()
        return bool(policy.user_has_any_permission(request.user, ["add", "change"]))


@hooks.register("register_admin_menu_item")
def lesson_menu_item() -> MenuItem:
    label: Any = _("What happened to my lessons")
    return LessonMenuItem(label, reverse("lesson_list"), icon_name="table", order=350)


@hooks.register("register_page_listing_more_buttons")
def lesson_button(page: Any, user: Any, next_url: str | None = None) -> Iterable[Any]:
    if isinstance(page, LessonPage) and page.permissions_for_user(user).can_edit():
        address = reverse("lesson_figures", args=[page.pk])
        yield Button(_("What happened"), address, icon_name="table", priority=60)
