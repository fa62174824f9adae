"""Indexing that nobody waits for."""

import logging

from django_tasks import task

from search import indexing
from search.engines.door import Unavailable

logger = logging.getLogger(__name__)


@task()
def carry_out() -> int:
    """Brings the index up to what was noted; what fails stays noted and is tried again."""
    try:
        done = indexing.carry_out()
    except Unavailable as error:
        logger.warning("search: the cluster is not available (%s); what is noted waits", error)
        return 0
    logger.info("search: %s pages indexed", done)
    return done
