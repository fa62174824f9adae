"""Class figures are recounted from the truth, never incremented (ARCHITECTURE.md decision 5).

Locks are taken in one order: persons, then figures by id, each in a statement of its own; the
recount after them reads what the others committed. Whoever starts or completes holds their own
person's lock; whoever changes a class takes those of its guardians, so that a completion under
way is either seen here or sees the change itself.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from learners.assignments import statements
from learners.assignments.models import ClassFigure, FormerGuardian
from learners.schools.models import ClassGuardian, ClassMembership, Guardianship
from learners.schools.school_year import school_year
from learners.study.models import TimeCredit

BATCH = 500
MANY = 2500  # of rows that exist already: the more, the fewer times each table is read
FEW = 100
PAUSE = 0.05  # seconds


def learned(user_id: int, course_id: int) -> None:
    """A first start, a completion or a new run; two statements. The caller holds the person."""
    figures = ClassFigure.objects.open().filter(assignment__course=course_id)
    _recount(lock(figures.filter(school_class__in=_classes_of(user_id))))


def _classes_of(user_id: int) -> Any:
    """Where the person counts. A union: of alternatives PostgreSQL reads whole tables."""
    children = Guardianship.objects.of(user_id).values("child_id")
    former = FormerGuardian.objects.filter(user=user_id)
    members = ClassMembership.objects.current()
    places = ClassGuardian.objects.current()
    found = (
        members.filter(child__in=children),
        members.filter(child__in=former.filter(child__isnull=False).values("child_id")),
        places.filter(user=user_id),
        places.filter(pk__in=former.exclude(class_guardian=None).values("class_guardian_id")),
    )
    first, *others = (rows.values("school_class_id") for rows in found)
    return first.union(*others)


@transaction.atomic
def classes_changed(class_ids: Sequence[int]) -> None:
    """Who is in these classes changed, or they are new; four statements for 500 classes."""
    year = school_year(timezone.localdate())
    for ids in batched(class_ids):
        _lock_people(ids)
        _execute(*statements.add_to_classes(year, ids))
        _recount(lock(ClassFigure.objects.open().filter(school_class__in=ids)))


def add_rows(assignment_id: int) -> None:
    """Rows of all classes that fall under the assignment, uncounted and seen by everybody.

    Before them end those who make a class and do not see the assignment, behind them those who
    complete and do not see the rows.
    """
    _wait_for_older(_transaction())
    year = school_year(timezone.localdate())
    with transaction.atomic():
        added = _execute(*statements.add_to_assignment(year, assignment_id))
        added_in = _transaction()
    if added >= MANY and connection.vendor == "postgresql":
        _execute("ANALYZE assignments_classfigure", [])
    _wait_for_older(added_in)


def _transaction() -> int:
    if connection.vendor == "sqlite":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT CAST(CAST(pg_current_xact_id() AS text) AS bigint)")
        return int(cursor.fetchone()[0])


def _wait_for_older(added_in: int) -> None:
    """Whoever began before the rows were there may not have seen them: lets them end."""
    oldest = "SELECT CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS text) AS bigint)"
    while added_in and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(oldest)
            if cursor.fetchone()[0] > added_in:
                return
        time.sleep(PAUSE)


def recount(figure_ids: Iterable[int]) -> None:
    """Rows that everybody sees, in transactions of a batch each, so that nobody waits long."""
    for ids in batched(figure_ids, MANY):
        with transaction.atomic():
            _recount(lock(ClassFigure.objects.open().filter(pk__in=ids)))


def _lock_people(class_ids: Sequence[int]) -> None:
    """SQLite has one lock for everything, and has it already."""
    if connection.vendor == "sqlite":
        return
    members = ClassMembership.objects.current().filter(school_class__in=class_ids)
    guardians = Guardianship.objects.filter(child__in=members.values("child_id"))
    joined = ClassGuardian.objects.current().filter(school_class__in=class_ids)
    people = TimeCredit.objects.filter(
        user__in=guardians.values("user_id").union(joined.values("user_id"))
    )
    list(people.order_by("user_id").select_for_update().values_list("user_id"))


def lock(figures: QuerySet[ClassFigure]) -> list[int]:
    return list(figures.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))


def _recount(figure_ids: Sequence[int]) -> None:
    for ids in batched(figure_ids, MANY):
        _prefer_whole_tables(len(ids))
        _execute(*statements.recount(ids))


def _prefer_whole_tables(rows: int) -> None:
    """For many rows PostgreSQL must not look each one up: it takes new rows for few, and then
    reads whole tables once a row. Until the end of the transaction."""
    if rows > FEW and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_nestloop = off")


def drift(figures: QuerySet[ClassFigure]) -> Iterator[tuple[int, dict[str, tuple[int, int]]]]:
    """Figures that are not what the truth says, with pairs of what stands and what is true."""
    columns = ("pk", *statements.COLUMNS)
    stored = figures.order_by("pk").values_list(*columns)
    for rows in batched(stored.iterator(chunk_size=BATCH)):
        true = _truth([row[0] for row in rows])
        for pk, *standing in rows:
            pairs = zip(statements.COLUMNS, standing, true[pk], strict=True)
            wrong = {name: (now, then) for name, now, then in pairs if now != then}
            if wrong:
                yield pk, wrong


def rows_missing() -> int:
    """Classes that fall under an open assignment without a row."""
    with connection.cursor() as cursor:
        cursor.execute(statements.missing(), [school_year(timezone.localdate())])
        return int(cursor.fetchone()[0])


def runs_drifted() -> int:
    """Runs whose seconds are not the sum of their completed lessons."""
    with connection.cursor() as cursor:
        cursor.execute(statements.runs_drifted())
        return int(cursor.fetchone()[0])


def _truth(ids: list[int]) -> dict[int, list[int]]:
    with connection.cursor() as cursor:
        cursor.execute(*statements.truth(ids))
        return {row[0]: list(row[1:]) for row in cursor.fetchall()}


def _execute(statement: str, values: list[Any]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def batched(values: Iterable, size: int = BATCH) -> Iterator[list]:
    rest = iter(values)
    while batch := list(islice(rest, size)):
        yield batch
