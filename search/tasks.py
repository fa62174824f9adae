"""Indexing that nobody waits for."""

import logging

from django_tasks import task

from search import indexing

logger = logging.getLogger(__name__)


@task()
def carry_out() -> int:
    """Brings the index up to what was noted; what fails stays noted and is tried again."""
    done = indexing.carry_out()
    logger.info("search: %s pages indexed", done)
    return done
