from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from search.models import Synonym
from search.report import report


class SearchReportMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("search.view_asked")


@hooks.register("register_admin_urls")
def admin_urls() -> list[Any]:
    return [path("reports/search/", report, name="search_report")]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return SearchReportMenuItem(
        _("What parents search for"), reverse("search_report"), icon_name="search", order=900
    )


class SynonymViewSet(SnippetViewSet):
    """Hundreds of rows: an editor looks for the word that was missed."""

    model = Synonym
    list_display = ["words", "finds"]
    search_fields = ["words", "finds"]
    search_backend_name = None


register_snippet(SynonymViewSet)
