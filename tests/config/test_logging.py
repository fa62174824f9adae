import logging

import pytest
from django_tasks_db.management.commands.db_worker import Command


def writers(logger):
    """Names of our handlers that write what the logger is told at INFO."""
    if not logger.isEnabledFor(logging.INFO):
        return []
    own = [h.name for h in logger.handlers if h.name and h.level <= logging.INFO]
    return own + (writers(logger.parent) if logger.propagate and logger.parent else [])


@pytest.mark.parametrize("name", ["django_tasks", "django_tasks_db", "apscheduler.executors"])
def test_routine_of_the_workers_is_not_written(name):
    """Not even after the worker has set the levels of its loggers, as it does at its start."""
    Command().configure_logging(verbosity=1)
    assert writers(logging.getLogger(name)) == []


def test_what_our_own_jobs_say_is_written():
    assert writers(logging.getLogger("learners.study.tasks")) == ["console"]
