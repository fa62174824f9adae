"""Documents brought in line with the database: a few, all of them, or a comparison only."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import F, OuterRef, Subquery
from django.utils import timezone

from cms.models import ResourcePage
from search import documents, vocabulary
from search.engines import choice, embedded
from search.engines.door import Entry
from search.models import Change, Document, IndexState, new_stamp, new_version

logger = logging.getLogger(__name__)

BATCH = 200
PAUSE_SECONDS = 0.15
"""Longer than a writer sleeps before it tries again; see let_others_write."""
MOST_RECOUNTS = 3
Say = Callable[[int, int], None]


def carry_out() -> int:
    """Indexes what was noted, batch by batch; returns how many pages.

    Raises Unavailable when the cluster is: the rest stays noted, and the database has it. A page
    that cannot be indexed stays noted, too, and keeps none of the others from it.
    """
    done, failed = 0, dict[int, Exception]()
    waiting = Change.objects.order_by("noted_at").values_list("pk", "stamp")
    while batch := dict(waiting.exclude(pk__in=failed)[:BATCH]):
        if done:
            let_others_write()
        broken = index_each(list(batch))
        failed |= broken
        settled = {page_id: stamp for page_id, stamp in batch.items() if page_id not in broken}
        follow(list(settled))
        for page_id, stamp in settled.items():
            Change.objects.filter(pk=page_id, stamp=stamp).delete()
        done += len(settled)
    for page_id, error in failed.items():
        logger.error("Page %s cannot be indexed", page_id, exc_info=error)
    if failed:
        raise next(iter(failed.values()))
    return done


def index_each(page_ids: list[int]) -> dict[int, Exception]:
    """Indexes them together; if that fails, one by one. Which ones cannot be, and why."""
    try:
        index(page_ids)
    except Exception as error:
        if len(page_ids) == 1:
            return {page_ids[0]: error}
        broken = [index_each([page_id]) for page_id in page_ids]
        return {page_id: error for each in broken for page_id, error in each.items()}
    return {}


def follow(page_ids: list[int]) -> None:
    """The cluster gets the documents of these pages, or loses them."""
    cluster = choice.outgrown()
    if cluster is None:
        return
    with alone():
        kept = list(Document.objects.filter(pk__in=page_ids))
        # Below that of whatever comes back after this: its document is not taken away again.
        version = new_version()
    cluster.put([documents.entry(document) for document in kept])
    cluster.remove(sorted(set(page_ids) - {document.page_id for document in kept}), version)


def index(page_ids: list[int]) -> None:
    """Makes the documents of these pages anew; of those that are not for everybody, none."""
    captions = documents.captions_of(page_ids)
    with alone():
        write_changed(page_ids, documents.build(page_ids, captions))


def write_changed(page_ids: list[int], documents_now: list[Document]) -> None:
    built = {document.page_id: document for document in documents_now}
    before = list(Document.objects.filter(pk__in=page_ids))
    old = {document.page_id: document.fingerprint for document in before}
    same = {pk for pk, document in built.items() if old.get(pk) == document.fingerprint}
    gone = [document for document in before if document.page_id not in same]
    fresh = [document for pk, document in built.items() if pk not in same]
    write(gone, fresh)


def write(gone: list[Document], fresh: list[Document]) -> None:
    if not gone and not fresh:
        return
    ids = [document.page_id for document in gone]
    Document.objects.filter(pk__in=ids).delete()
    embedded.remove(ids)
    Document.objects.bulk_create(fresh, batch_size=BATCH)
    embedded.put([documents.entry(document) for document in fresh])
    vocabulary.recount(gone, fresh)
    vocabulary.renew()


def remove(page_ids: list[int]) -> None:
    """Takes these pages out of results, suggestions and counts now."""
    with alone():
        for batch in batches(page_ids):
            write(list(Document.objects.filter(pk__in=batch)), [])


@contextmanager
def alone() -> Iterator[None]:
    """A transaction with one writer at a time; SQLite has no other way anyway."""
    with transaction.atomic():
        IndexState.objects.get_or_create(pk=1)
        IndexState.objects.select_for_update().get(pk=1)
        yield


def let_others_write() -> None:
    """Who waits for SQLite looks every tenth of a second: between batches that follow each other
    at once nobody would find a turn, until their patience ends."""
    if connection.vendor == "sqlite":
        time.sleep(PAUSE_SECONDS)


def resource_ids() -> list[int]:
    pages = ResourcePage.objects.live().public()
    return list(pages.order_by("pk").values_list("pk", flat=True))


def batches(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))


def rebuild(say: Say = lambda done, total: None) -> int:
    """Makes every document anew while the old ones go on serving; returns how many."""
    ids = resource_ids()
    done = 0
    for batch in batches(ids):
        renew(batch)
        done += len(batch)
        say(done, len(ids))
        let_others_write()
    # Looked at in this order, so that what was published meanwhile stays.
    remove(sorted(_document_ids() - set(resource_ids())))
    tidy()
    refill(say)
    return done


def refill(say: Say) -> None:
    """The cluster's index anew, beside the one that serves."""
    cluster = choice.outgrown()
    if cluster is None:
        return
    ids = sorted(_document_ids())

    def entries() -> Iterator[list[Entry]]:
        for number, batch in enumerate(batches(ids), start=1):
            yield [documents.entry(d) for d in Document.objects.filter(pk__in=batch)]
            say(min(number * BATCH, len(ids)), len(ids))

    cluster.rebuild(entries())
    have = cluster.indexed()
    with alone():
        gone, version = have - _document_ids(), new_version()
    cluster.remove(sorted(gone), version)


def renew(page_ids: list[int]) -> None:
    """As `index`, whether anything changed or not."""
    captions = documents.captions_of(page_ids)
    with alone():
        gone = list(Document.objects.filter(pk__in=page_ids))
        write(gone, documents.build(page_ids, captions))


def tidy() -> None:
    """Texts without a document, words counted wrongly: whatever a crash may have left."""
    with alone():
        embedded.remove(sorted(embedded.indexed() - _document_ids()))
    recount()
    IndexState.objects.filter(pk=1).update(rebuilt_at=timezone.now())


def recount() -> None:
    """All words anew. They are counted while others write, and once more if somebody did; who
    is never left in peace counts alone in the end."""
    for _time in range(MOST_RECOUNTS):
        version = vocabulary.version()
        counted = vocabulary.counted(Document.objects.iterator(chunk_size=BATCH))
        with alone():
            if vocabulary.version() == version:
                return vocabulary.replace(counted)
    with alone():
        vocabulary.replace(vocabulary.counted(Document.objects.iterator(chunk_size=BATCH)))


def _document_ids() -> set[int]:
    return set(Document.objects.values_list("pk", flat=True))


def follow_popularity() -> int:
    """How often resources were finished, copied to where results are ordered."""
    changed = Document.objects.exclude(popularity=F("page__popularity"))
    ids = list(changed.values_list("pk", flat=True))
    now = ResourcePage.objects.filter(pk=OuterRef("page_id")).values("popularity")
    for batch in batches(ids):
        Document.objects.filter(pk__in=batch).update(
            popularity=Subquery(now), version=new_version()
        )
    if ids:
        vocabulary.renew()
    if choice.outgrown():
        remember(ids)
    return len(ids)


def remember(page_ids: list[int]) -> None:
    """These pages wait until every engine has them."""
    Change.objects.bulk_create(
        [Change(page_id=page_id, stamp=new_stamp()) for page_id in page_ids],
        update_conflicts=True,
        unique_fields=["page_id"],
        update_fields=["stamp", "noted_at"],
        batch_size=BATCH,
    )


@dataclass
class Differences:
    missing: list[int] = field(default_factory=list)
    too_many: list[int] = field(default_factory=list)
    outdated: list[int] = field(default_factory=list)
    without_text: list[int] = field(default_factory=list)
    in_cluster: list[int] = field(default_factory=list)
    index_for_other_fields: list[str] = field(default_factory=list)
    waiting: int = 0

    def lists(self) -> dict[str, list[Any]]:
        return {name: found for name, found in vars(self).items() if isinstance(found, list)}

    def total(self) -> int:
        return sum(map(len, self.lists().values()))


def verify() -> Differences:
    """Compares every document with the database, by content."""
    ids = resource_ids()
    have = dict(Document.objects.values_list("pk", "fingerprint"))
    cluster = choice.outgrown()
    found = Differences(
        missing=sorted(set(ids) - have.keys()),
        too_many=sorted(have.keys() - set(ids)),
        without_text=sorted(have.keys() ^ embedded.indexed()),
        in_cluster=_different_in_cluster(),
        index_for_other_fields=cluster.made_for_others() if cluster else [],
        waiting=Change.objects.count(),
    )
    for batch in batches([pk for pk in ids if pk in have]):
        built = documents.build(batch, documents.captions_of(batch))
        found.outdated += [d.page_id for d in built if d.fingerprint != have[d.page_id]]
    return found


def _different_in_cluster() -> list[int]:
    """Documents that the cluster has not, has in another version, or has alone, although
    nothing waits to change that."""
    cluster = choice.outgrown()
    if cluster is None:
        return []
    kept = dict(Document.objects.values_list("pk", "version"))
    different = {pk for pk, _version in kept.items() ^ cluster.versions().items()}
    return sorted(different - set(Change.objects.values_list("pk", flat=True)))
