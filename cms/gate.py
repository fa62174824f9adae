"""An address of the admin that names something outside a person's ground leads nowhere: 404."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import ResolverMatch
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.permissions import policy_registry

from cms.ground import pages_seen_by, sees_own_only
from media.models import Recording

OF_PAGES = ("page_id", "parent_page_id", "page_to_move_id", "destination_id")
OF_FILES: dict[str, tuple[str, Callable[[], Any]]] = {
    "wagtailmedia": ("media_id", lambda: Recording),
    "wagtailimages": ("image_id", get_image_model),
    "wagtailimages_chooser": ("pk", get_image_model),
    "wagtaildocs": ("document_id", get_document_model),
    "wagtaildocs_chooser": ("pk", get_document_model),
}
ABOUT_EVERYBODY = {
    *("page_types_usage", "page_types_usage_results"),
    *("wagtailadmin_tag_autocomplete", "wagtailadmin_tag_model_autocomplete"),
}
"""They name pages and tags without asking whose they are."""
CHOOSERS_OF_SNIPPETS = "wagtailsnippetchoosers_"


class AdminGroundMiddleware:
    """Before the views, because each of Wagtail's asks in its own way, and some do not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, named: dict[str, Any]
    ) -> None:
        if request.path.startswith("/admin/") and request.user.is_authenticated:
            refuse_foreign(request, named)


def refuse_foreign(request: HttpRequest, named: dict[str, Any]) -> None:
    match = request.resolver_match
    pages = {named[name] for name in OF_PAGES if named.get(name)}
    if pages and pages_seen_by(request.user).filter(pk__in=pages).count() != len(pages):
        raise Http404
    argument, model = OF_FILES.get(match.namespace if match else "", ("", None))
    if model and argument in named and not is_seen(request.user, model(), named[argument]):
        raise Http404
    if model and match and match.url_name == "chosen_multiple":
        refuse_foreign_files(request, model())
    if match and is_about_everybody(match) and sees_own_only(request.user):
        raise Http404


def is_about_everybody(match: ResolverMatch) -> bool:
    return match.url_name in ABOUT_EVERYBODY or match.namespace.startswith(CHOOSERS_OF_SNIPPETS)


def refuse_foreign_files(request: HttpRequest, model: Any) -> None:
    """Of several that are chosen at once; Wagtail takes the numbers as they come."""
    asked = {number[:12] for number in request.GET.getlist("id")}
    if not all(number.isascii() and number.isdigit() for number in asked):
        raise Http404
    if not all(is_seen(request.user, model, number) for number in asked):
        raise Http404


def is_seen(user: Any, model: Any, pk: Any) -> bool:
    seen = policy_registry.get_by_type(model).instances_user_has_any_permission_for(
        user, ["change", "delete", "choose"]
    )
    return bool(seen.filter(pk=pk).exists())
