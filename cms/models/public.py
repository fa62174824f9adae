"""What every public page offers its template: breadcrumbs, sharing and structured data."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from cms import structured


class PublicPage(Page):
    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        shared = structured.share(self, request)
        data = self.structured_data(request, shared)
        context.update(
            breadcrumbs=structured.breadcrumbs(self, request),
            share=shared,
            structured_data=structured.json_ld(data) if data else "",
        )
        return context

    def structured_data(
        self, request: HttpRequest, shared: structured.Data
    ) -> structured.Data | None:
        """The page as schema.org knows it; nothing for pages that only lead to others."""
        return None
