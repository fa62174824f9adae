"""The first counts of a broad assignment: the truth is read once, as of one moment, without locks.

Counting a hundred thousand rows under their locks would read every table once a batch, or let
everybody wait for the whole. Here each row that waits gets what was read, unless it waits no
more: whoever changed something since has counted it anew under its lock (`counting`).
"""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import connection, transaction

from learners.assignments import statements
from learners.assignments.counting import batched, lock
from learners.assignments.models import Assignment, ClassFigure

A_WRITE = 1000
# From so many rows on each table is read whole; below, each row's classes are looked up.
WHOLE = 5000
# PostgreSQL takes new rows for few, and would look them up all the same. One worker sorts so much.
READING = {"enable_nestloop": "off", "work_mem": "'256MB'", "jit": "off"}

Counted = tuple[int, ...]


def fill(assignment: Assignment) -> int:
    """How many rows were filled; none any more once somebody moved the day it is due."""
    return sum(
        _write(assignment.pk, assignment.due_at, rows)
        for rows in batched(_read(assignment.pk), A_WRITE)
    )


def wrong(assignment: Assignment) -> list[int]:
    """Rows that are not what one reading says; who counts them anew under their lock is right."""
    figures = ClassFigure.objects.filter(assignment=assignment)
    true = _truth(figures.count(), statements.truth_of_assignment(assignment.pk))
    stored = {row[0]: row for row in figures.values_list("pk", *statements.COLUMNS)}
    return [row[0] for row in true if stored.get(row[0]) != row]


def _read(assignment_id: int) -> Iterator[Counted]:
    waiting = ClassFigure.objects.filter(assignment=assignment_id, counted=False)
    rows = _truth(waiting.count(), statements.truth_of_waiting(assignment_id))
    return ((row[0], *row[1 + len(statements.COPIED) :]) for row in rows)


def _truth(rows: int, query: statements.Query) -> list[tuple[int, ...]]:
    """In the order of their ids."""
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql" and rows >= WHOLE:
            for name, value in READING.items():
                cursor.execute(f"SET LOCAL {name} = {value}")
        cursor.execute(*query)
        return sorted(cursor.fetchall(), key=lambda row: row[0])


@transaction.atomic
def _write(assignment_id: int, due_at: datetime, rows: Sequence[Counted]) -> int:
    """Whoever moves the day waits for this, and lets all rows wait for another count then."""
    same = Assignment.objects.filter(pk=assignment_id, due_at=due_at)
    if not list(same.select_for_update(no_key=True).values_list("pk")):
        return 0
    lock(ClassFigure.objects.filter(pk__in=[row[0] for row in rows], counted=False))
    with connection.cursor() as cursor:
        cursor.execute(*statements.fill(rows))
        return cursor.rowcount
