"""The figures' SQL, the same on both databases.

`counted` states what every figure is: from it rows are recounted, and checked. A child is done
when any one guardian is (PRODUCT.md rule 4); of a course taken again every run counts, or those
from `anew_from` on. Former guardians are what closed accounts left.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from learners.assignments.models.figures import COUNTS

COPIED = ("district_id", "school_id", "kind", "grade")
COLUMNS = (*COPIED, *COUNTS)

# Seconds are added once a run, whatever number of its person's children are in the class: the
# run's id is carried along where seconds end, and taken off again.
SHIFT = 2**24

TRUTH = f"""
WITH target AS (
    SELECT figure.id AS figure, class.id AS class, class.district_id, class.school_id,
           school.kind, class.grade, assignment.course_id, assignment.due_at, assignment.anew_from
    FROM assignments_classfigure figure
    JOIN assignments_assignment assignment ON assignment.id = figure.assignment_id
    JOIN schools_schoolclass class ON class.id = figure.school_class_id
    JOIN schools_school school ON school.id = class.school_id
    WHERE figure.id {{ids}}
), unit AS (
    SELECT target.figure, target.course_id, target.due_at, target.anew_from,
           membership.child_id AS child, guardian.user_id AS person
    FROM target
    JOIN schools_classmembership membership
      ON membership.school_class_id = target.class AND membership.until IS NULL
    LEFT JOIN schools_guardianship guardian ON guardian.child_id = membership.child_id
    UNION ALL
    SELECT target.figure, target.course_id, target.due_at, target.anew_from,
           membership.child_id, former.user_id
    FROM target
    JOIN schools_classmembership membership
      ON membership.school_class_id = target.class AND membership.until IS NULL
    JOIN assignments_formerguardian former ON former.child_id = membership.child_id
    UNION ALL
    SELECT target.figure, target.course_id, target.due_at, target.anew_from,
           CAST(NULL AS bigint), COALESCE(guardian.user_id, former.user_id)
    FROM target
    JOIN schools_classguardian guardian
      ON guardian.school_class_id = target.class AND guardian.until IS NULL
    LEFT JOIN assignments_formerguardian former ON former.class_guardian_id = guardian.id
), did AS (
    SELECT unit.figure, unit.child, unit.person, run.id AS run, run.learned_seconds AS seconds,
           run.started_at IS NOT NULL OR run.completed_at IS NOT NULL AS started,
           run.completed_at IS NOT NULL AS finished, run.completed_at < unit.due_at AS in_time
    FROM unit LEFT JOIN study_enrolment run
      ON run.user_id = unit.person AND run.course_id = unit.course_id
     AND (unit.anew_from IS NULL OR run.completed_at IS NULL
          OR run.completed_at >= unit.anew_from)
), counted AS (
    SELECT figure, COUNT(DISTINCT child) AS children,
           COUNT(DISTINCT CASE WHEN person IS NOT NULL THEN child END) AS joined,
           COUNT(DISTINCT CASE WHEN started THEN child END) AS started,
           COUNT(DISTINCT CASE WHEN finished THEN child END) AS finished,
           COUNT(DISTINCT CASE WHEN in_time THEN child END) AS in_time,
           COUNT(DISTINCT person) AS guardians,
           COUNT(DISTINCT CASE WHEN started THEN person END) AS guardians_started,
           COUNT(DISTINCT CASE WHEN finished THEN person END) AS guardians_finished,
           COUNT(DISTINCT CASE WHEN in_time THEN person END) AS guardians_in_time,
           SUM(DISTINCT run * {SHIFT} + seconds) - SUM(DISTINCT run) * {SHIFT} AS seconds
    FROM did GROUP BY figure
)
SELECT target.figure, target.district_id, target.school_id, target.kind, target.grade,
       COALESCE(counted.children, 0) AS children, COALESCE(counted.joined, 0) AS joined,
       COALESCE(counted.started, 0) AS started, COALESCE(counted.finished, 0) AS finished,
       COALESCE(counted.finished - counted.in_time, 0) AS finished_late,
       COALESCE(counted.guardians, 0) AS guardians,
       COALESCE(counted.guardians_started, 0) AS guardians_started,
       COALESCE(counted.guardians_finished, 0) AS guardians_finished,
       COALESCE(counted.guardians_finished - counted.guardians_in_time, 0) AS guardians_late,
       CAST(COALESCE(counted.seconds, 0) AS bigint) / 60 AS minutes
FROM target LEFT JOIN counted ON counted.figure = target.figure
"""  # noqa: S608 - a number of ours

# Which classes fall under an assignment; a class without a grade is not narrowed by grades.
REACHED = """
FROM assignments_assignment assignment
JOIN schools_schoolclass class ON class.year = assignment.year AND class.archived_at IS NULL
JOIN schools_school school ON school.id = class.school_id
WHERE assignment.withdrawn_at IS NULL AND assignment.year >= %s AND {narrowed}
  AND (assignment.kinds = '' OR assignment.kinds LIKE '%%,' || school.kind || ',%%')
  AND (assignment.grades = '' OR class.grade IS NULL
       OR assignment.grades LIKE '%%,' || CAST(class.grade AS varchar(4)) || ',%%')
  AND ((assignment.scope = 'classes' AND EXISTS (
            SELECT 1 FROM assignments_assignment_chosen chosen
            WHERE chosen.assignment_id = assignment.id AND chosen.schoolclass_id = class.id))
       OR (assignment.scope = 'grade' AND assignment.school_id = class.school_id
           AND assignment.grade = class.grade)
       OR (assignment.scope = 'school' AND assignment.school_id = class.school_id)
       OR (assignment.scope = 'district' AND assignment.district_id = class.district_id)
       OR assignment.scope = 'city')
"""

ADD = """
INSERT INTO assignments_classfigure (assignment_id, school_class_id, district_id, school_id, kind,
    grade, counted, {counts})
SELECT assignment.id, class.id, class.district_id, class.school_id, school.kind, class.grade,
    FALSE, {zeros}
{reached}
ON CONFLICT DO NOTHING
"""

# A broad assignment that is still being prepared misses nothing yet.
MISSING = """
SELECT COUNT(*) {reached}
  AND NOT EXISTS (
    SELECT 1 FROM assignments_classfigure figure
    WHERE figure.assignment_id = assignment.id AND figure.school_class_id = class.id)
"""
PREPARED = "(assignment.scope NOT IN ('district', 'city') OR assignment.wanted IS NOT NULL)"


Query = tuple[str, list[Any]]


def among(ids: Sequence[int]) -> Query:
    """PostgreSQL takes many ids as one array: a list of hundreds costs it seconds of planning."""
    if connection.vendor == "postgresql":
        return "= ANY(%s)", [list(ids)]
    return f"IN ({', '.join(['%s'] * len(ids))})", list(ids)


def truth(ids: Sequence[int]) -> Query:
    condition, values = among(ids)
    return TRUTH.format(ids=condition), values


def truth_of_waiting(assignment_id: int) -> Query:
    """Of all rows that wait: of an array of so many ids PostgreSQL compares each row with each."""
    waiting = (
        "IN (SELECT waits.id FROM assignments_classfigure waits"
        " WHERE waits.assignment_id = %s AND NOT waits.counted)"
    )
    return TRUTH.format(ids=waiting), [assignment_id]


def truth_of_assignment(assignment_id: int) -> Query:
    rows = "IN (SELECT own.id FROM assignments_classfigure own WHERE own.assignment_id = %s)"
    return TRUTH.format(ids=rows), [assignment_id]


def recount(ids: Sequence[int]) -> Query:
    changes = ", ".join(f"{column} = counted.{column}" for column in COLUMNS)
    counted, values = truth(ids)
    return (
        f"UPDATE assignments_classfigure SET counted = TRUE, {changes} "  # noqa: S608 - our own text
        f"FROM ({counted}) AS counted WHERE assignments_classfigure.id = counted.figure"
    ), values


def fill(rows: Sequence[tuple[int, ...]]) -> Query:
    """`rows` are ids with their counts; only rows that wait get them."""
    changes = ", ".join(f"{name} = counted.column{n}" for n, name in enumerate(COUNTS, start=2))
    table, values = _as_table(rows)
    return (
        f"UPDATE assignments_classfigure SET counted = TRUE, {changes} "  # noqa: S608 - our own text
        f"FROM {table} WHERE assignments_classfigure.id = counted.column1"
        " AND NOT assignments_classfigure.counted"
    ), values


def _as_table(rows: Sequence[tuple[int, ...]]) -> Query:
    """PostgreSQL takes a column as one array: ten thousand single values cost it more to read
    than the rows to write."""
    if connection.vendor == "postgresql":
        columns = ", ".join(f"column{n}" for n in range(1, len(rows[0]) + 1))
        arrays = ", ".join(["CAST(%s AS bigint[])"] * len(rows[0]))
        return f"unnest({arrays}) AS counted ({columns})", [
            list(c) for c in zip(*rows, strict=True)
        ]
    line = f"({', '.join(['%s'] * len(rows[0]))})"
    values = [value for row in rows for value in row]
    return f"(VALUES {', '.join([line] * len(rows))}) AS counted", values


def add_to_classes(year: int, class_ids: Sequence[int]) -> Query:
    condition, values = among(class_ids)
    return _add(f"class.id {condition}"), [year, *values]


def add_to_assignment(year: int, assignment_id: int) -> Query:
    return _add("assignment.id = %s"), [year, assignment_id]


def _add(narrowed: str) -> str:
    """`narrowed` is a condition on `assignment` or `class`, with its own parameters."""
    zeros = ", ".join(["0"] * len(COUNTS))
    reached = REACHED.format(narrowed=narrowed)
    return ADD.format(counts=", ".join(COUNTS), zeros=zeros, reached=reached)


def missing() -> str:
    return MISSING.format(reached=REACHED.format(narrowed=PREPARED))


def runs_drifted() -> str:
    """Runs whose seconds are not the sum of their completed lessons."""
    return """
SELECT COUNT(*) FROM study_enrolment run
LEFT JOIN (
    SELECT enrolment_id, SUM(completed_seconds) AS seconds
    FROM study_progress WHERE completed_at IS NOT NULL GROUP BY enrolment_id
) lessons ON lessons.enrolment_id = run.id
WHERE run.learned_seconds <> COALESCE(lessons.seconds, 0)
"""
