"""Where a recording, a picture or a document is used: what stands on a page, and what a draft or
a version that waits for its day would put there. It is not deleted from under them."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet
from django_tasks_db.models import DBTaskResult
from wagtail.models import Page, ReferenceIndex, Revision
from wagtail.tasks import update_reference_index_task

KEYS: dict[str, tuple[str, ...]] = {
    "media.recording": ("recording",),
    "media.picture": ("image", "cover", "portrait"),
    "wagtaildocs.document": ("document",),
}
"""The names of all fields and all blocks of pages that hold such a file."""
MOST_SHOWN = 50
Kept = Callable[[], Iterable[int]]
_kept: list[Kept] = []


def register_kept(kept: Kept) -> None:
    """`kept` gives the ids of revisions that will be published though newer drafts are there."""
    if kept not in _kept:
        _kept.append(kept)


def is_used(file: Any) -> bool:
    note_waiting_uses()
    return bool(file.get_usage().count()) or next(drafts_with(file), None) is not None


def note_waiting_uses() -> None:
    """Wagtail writes its index of uses by a task: what the worker has not come to is done here."""
    tasks = DBTaskResult.objects.ready().filter(task_path=update_reference_index_task.module_path)
    for app, model, pk in {tuple(task.args_kwargs["args"]) for task in tasks}:
        found = apps.get_model(app, model).objects.filter(pk=pk).first()
        if found is not None and ReferenceIndex.is_indexed(type(found)):
            ReferenceIndex.create_or_update_for_object(found)


def drafts_with(file: Any) -> Iterator[Revision]:
    """Each page once, its newest version first."""
    keys, pages = KEYS[file._meta.label_lower], set[str]()
    for revision in _candidates(keys, file.pk).select_related("content_type").order_by("-pk"):
        if revision.object_id not in pages and file.pk in named(revision.content, keys):
            pages.add(revision.object_id)
            yield revision


def _candidates(keys: tuple[str, ...], pk: int) -> QuerySet[Revision]:
    """Among few versions those that seem to name it: a text is searched, not understood."""
    drafts = Page.objects.filter(has_unpublished_changes=True).values("latest_revision")
    waiting = [revision for kept in _kept for revision in kept()]
    names_it = Q(pk=None)
    for key in keys:
        names_it |= Q(**{f"content__{key}": pk}) | Q(content__body__icontains=f'"{key}": {pk}')
    found = Revision.page_revisions.filter(
        Q(pk__in=drafts) | Q(pk__in=waiting) | Q(approved_go_live_at__isnull=False)
    )
    return found.filter(names_it)


def named(content: Any, keys: tuple[str, ...]) -> set[int]:
    """Ids under one of the keys in the content of a revision, which holds its bodies as JSON in
    JSON."""
    if isinstance(content, dict):
        here = {content[key] for key in keys if isinstance(content.get(key), int)}
        return here.union(*(named(part, keys) for part in content.values()))
    if isinstance(content, list):
        return set().union(*(named(part, keys) for part in content))
    if isinstance(content, str) and content.startswith("["):
        try:
            return named(json.loads(content), keys)
        except ValueError:
            return set()
    return set()
