"""What publishing means for search: noted in the same transaction, carried out by a task.

What may no longer be seen goes at once; the rest follows when the worker comes to it. A
change stays noted until every engine has it, so nothing is lost while one is down.
"""

from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import QuerySet

from search import documents, indexing
from search.models import Change, Document
from search.tasks import carry_out


@transaction.atomic
def note(page_ids: Iterable[int]) -> None:
    """These pages may have changed, come or gone."""
    ids = sorted(set(page_ids))
    if not ids:
        return
    indexing.remember(ids)
    hide(ids)
    if not any(waiting[1] is enqueue for waiting in connection.run_on_commit):
        transaction.on_commit(enqueue)


def note_all(pages: QuerySet) -> None:
    note(pages.values_list("pk", flat=True))


def hide(page_ids: list[int]) -> None:
    """Takes away at once what is no longer for everybody, out of its course's text too."""
    gone: set[int] = set()
    for batch in indexing.batches(page_ids):
        shown = set(Document.objects.filter(pk__in=batch).values_list("pk", flat=True))
        gone |= shown - documents.visible(shown)
    if gone:
        indexing.remove(sorted(gone))
        renew_courses(sorted(set(page_ids) - gone))


def renew_courses(page_ids: list[int]) -> None:
    """The courses among these that are shown, now: one of their lessons went."""
    for batch in indexing.batches(page_ids):
        courses = Document.objects.filter(pk__in=batch, kind="course")
        indexing.index(list(courses.values_list("pk", flat=True)))


def enqueue() -> None:
    carry_out.enqueue()


def enqueue_waiting() -> None:
    """For the schedule: what a lost or failed task left noted is tried again."""
    if Change.objects.exists():
        enqueue()
