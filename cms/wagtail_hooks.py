from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from cms.gate import ABOUT_EVERYBODY
from cms.ground import OwnFilesPolicy, OwnPagesPolicy, pages_seen_by, sees_own_only
from cms.guard import learner_rows


@hooks.register("register_admin_urls", order=-1)
def replace_policies() -> list[Any]:
    """When the admin begins: Wagtail has registered its own by then, which these replace."""
    register_permission_policy(Page, OwnPagesPolicy(Page))
    for model, rights in (
        (get_image_model(), "wagtailimages.Image"),
        (get_document_model(), "wagtaildocs.Document"),
    ):
        policy = OwnFilesPolicy(model, auth_model=rights, owner_field_name="uploaded_by_user")
        register_permission_policy(model, policy)
    return []


@hooks.register("construct_page_chooser_queryset")
def choose_among_seen_pages(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    return pages.filter(pk__in=pages_seen_by(request.user).values("pk"))


@hooks.register("construct_homepage_summary_items")
def hide_numbers_of_everybody(request: HttpRequest, items: list[Any]) -> None:
    if sees_own_only(request.user):
        items.clear()


@hooks.register("construct_reports_menu")
def hide_reports_about_everybody(request: HttpRequest, items: list[Any]) -> None:
    if sees_own_only(request.user):
        items[:] = [item for item in items if item.name.replace("-", "_") not in ABOUT_EVERYBODY]


@hooks.register("before_delete_page")
def keep_page_with_learners(request: HttpRequest, page: Page) -> HttpResponse | None:
    return _refuse(request, page)


@hooks.register("before_bulk_action")
def keep_pages_with_learners(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    pages = [page for page in objects if isinstance(page, Page)] if action_type == "delete" else []
    refusals = [refusal for page in pages if (refusal := _refuse(request, page))]
    return refusals[0] if refusals else None


def _refuse(request: HttpRequest, page: Page) -> HttpResponse | None:
    rows = learner_rows(page)
    if not rows:
        return None
    text = _(
        "“%(title)s” has %(rows)s records of learning and cannot be deleted. Unpublish it instead."
    )
    messages.error(request, text % {"title": page.title, "rows": rows})
    return redirect("wagtailadmin_explore", page.get_parent().pk)
