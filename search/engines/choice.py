"""Which engine answers: the cluster that ELASTICSEARCH_URL names, else the database.

The database's index is always kept, so it answers whenever the cluster does not in time. A
cluster that failed is left alone for some seconds: nobody else should wait for it.
"""

import logging
import time
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from search.concepts import Concept
from search.engines import embedded
from search.engines.door import Cluster, Hits, Unavailable
from search.models import Incident
from search.query import Query

logger = logging.getLogger(__name__)

REST_SECONDS = 10.0


class Rest:
    """How long a process leaves a failed cluster alone."""

    until = float("-inf")

    def is_over(self) -> bool:
        return time.monotonic() >= self.until

    def begin(self) -> None:
        self.until = time.monotonic() + REST_SECONDS

    def end(self) -> None:
        self.until = float("-inf")


rest = Rest()


def outgrown() -> Cluster | None:
    """The cluster's engine; None, and its client not loaded, while the database is enough."""
    engine: Any = settings.ELASTICSEARCH_URL and import_module("search.engines.elastic")
    return engine or None


def search(query: Query, concepts: tuple[Concept, ...]) -> Hits:
    cluster = outgrown()
    if cluster is not None and rest.is_over():
        try:
            return cluster.search(query, concepts)
        except Unavailable as error:
            note_incident(error)
    return embedded.search(query, concepts)


def note_incident(error: Unavailable) -> None:
    """Logged without what was asked, and counted by day."""
    rest.begin()
    logger.error("The search cluster did not answer (%s): the database does", error)
    day = timezone.localdate()
    Incident.objects.get_or_create(day=day)
    Incident.objects.filter(day=day).update(count=F("count") + 1)
