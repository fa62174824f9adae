from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.permission_policies.pages import PagePermissionPolicy

from courses.models import LessonPage
from learners.study.certificates import admin
from learners.study.certificates.issuing import REVOKED
from learners.study.figures import lesson_views


class PermittedItem(MenuItem):
    """In the menu of those who have the right, and of nobody else."""

    def __init__(self, label: str | Promise, url: str, right: str, **kwargs: Any) -> None:
        super().__init__(label, url, **kwargs)
        self.right = right

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.right)


@hooks.register("register_admin_urls")
def certificate_addresses() -> list[URLPattern]:
    return [
        path("certificates/", admin.find, name="certificate_admin"),
        path(
            "certificates/<str:number>/revoke/",
            admin.revoke,
            name="certificate_revoke",
        ),
    ]


@hooks.register("register_admin_menu_item")
def certificates_item() -> MenuItem:
    return PermittedItem(
        _("Certificates"),
        reverse("certificate_admin"),
        "study.revoke_certificate",
        icon_name="tick-inverse",
        order=700,
    )


@hooks.register("register_admin_menu_item")
def statistics_item() -> MenuItem:
    return PermittedItem(
        _("Figures of courses"),
        reverse("statistics:courses"),
        "study.view_course_statistics",
        icon_name="table",
        order=690,
    )


@hooks.register("register_log_actions")
def actions(registry: LogActionRegistry) -> None:
    @registry.register_action(REVOKED)
    class Revoked(LogFormatter):
        label = _("Revoke a certificate")

        def format_message(self, log_entry: Any) -> str:
            return log_entry.data.get("reason", "")


@hooks.register("register_admin_urls")
def figure_urls() -> list[URLPattern]:
    return [
        path("lessons/", lesson_views.lesson_list, name="lesson_list"),
        path("lessons/<int:pk>/", lesson_views.lesson_figures, name="lesson_figures"),
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
