from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from cms.guard import learner_rows


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
