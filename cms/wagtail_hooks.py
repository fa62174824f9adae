from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from rest_framework.response import Response
from wagtail import hooks
from wagtail.admin.api.actions.delete import DeletePageAPIAction
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.documents import get_document_model
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images import get_image_model
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page
from wagtail.permissions import register_permission_policy

from cms import chosen, publishing
from cms.gate import ABOUT_EVERYBODY
from cms.ground import OwnFilesPolicy, OwnPagesPolicy, pages_seen_by, sees_own_only
from cms.guard import learner_rows, uses
from cms.models.taxonomy import Term


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


# Last: others put theirs there when we have looked.
@hooks.register("construct_homepage_summary_items", order=1000)
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
    if not (text := _with_learners(page)):
        return None
    messages.error(request, text)
    return redirect("wagtailadmin_explore", page.get_parent().pk)


def _with_learners(page: Page) -> str:
    """Why the page is not deleted; empty when nobody has learned from it."""
    rows = learner_rows(page)
    text = _(
        "“%(title)s” has %(rows)s records of learning and cannot be deleted. Unpublish it instead."
    )
    return text % {"title": page.title, "rows": rows} if rows else ""


class GuardedDelete(DeletePageAPIAction):
    def execute(self, instance: Page, data: Any) -> Response:
        text = _with_learners(instance)
        return Response({"message": text}, status=409) if text else super().execute(instance, data)


class GuardedPages(PagesAdminAPIViewSet):
    actions = {
        **PagesAdminAPIViewSet.actions,
        "delete": GuardedDelete,
        "publish": publishing.GuardedPublish,
    }


hooks.register("before_publish_page", publishing.from_the_editor)
hooks.register("before_bulk_action", publishing.in_bulk)


class OwnImages(ImagesAdminAPIViewSet):
    def get_queryset(self) -> QuerySet[Any]:
        return chosen.choosable(self.request.user, self.model)


class OwnDocuments(DocumentsAdminAPIViewSet):
    def get_queryset(self) -> QuerySet[Any]:
        return chosen.choosable(self.request.user, self.model)


# Last: Wagtail's own endpoints for pictures and documents show everybody's.
@hooks.register("construct_admin_api", order=1000)
def guard_the_admin_api(router: Any) -> None:
    router.register_endpoint("pages", GuardedPages)
    router.register_endpoint("images", OwnImages)
    router.register_endpoint("documents", OwnDocuments)


@hooks.register("before_delete_snippet")
def keep_terms_in_use(request: HttpRequest, instances: list[Any]) -> HttpResponse | None:
    """Every resource would lose the term without a word: Wagtail does not count such uses."""
    text = _(
        "“%(name)s” stands on %(uses)s resources and cannot be deleted. Take it off them first."
    )
    used = [(term, uses(term)) for term in instances if isinstance(term, Term)]
    kept = [(term, count) for term, count in used if count]
    for term, count in kept:
        messages.error(request, text % {"name": term.name, "uses": count})
    return redirect(_list_of(kept[0][0])) if kept else None


def _list_of(term: Any) -> str:
    return str(term.snippet_viewset.get_url_name("list"))
