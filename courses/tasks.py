import logging

from django_tasks import task

from courses import links

logger = logging.getLogger(__name__)


@task()
def check_links(urls: list[str]) -> int:
    checked = links.check(urls)
    logger.info("tried %s links", checked)
    return checked
