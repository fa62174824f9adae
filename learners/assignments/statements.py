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

TRUTH = """
WITH target AS (
    SELECT figure.id AS figure, class.id AS class, class.district_id, class.school_id,
           school.kind, class.grade, assignment.course_id, assignment.due_at, assignment.anew_from
    FROM assignments_classfigure figure
    JOIN assignments_assignment assignment ON assignment.id = figure.assignment_id
    JOIN schools_schoolclass class ON class.id = figure.school_class_id
    JOIN schools_school school ON school.id = class.school_id
    WHERE figure.id {ids}
), member AS (
    SELECT target.figure, membership.child_id AS child
    FROM target
    JOIN schools_classmembership membership
      ON membership.school_class_id = target.class AND membership.until IS NULL
), roster AS (
    SELECT figure, COUNT(*) AS children FROM member GROUP BY figure
), pair AS (
    SELECT member.figure, member.child, guardian.user_id AS person
    FROM member JOIN schools_guardianship guardian ON guardian.child_id = member.child
    UNION ALL
    SELECT member.figure, member.child, former.user_id
    FROM member JOIN assignments_formerguardian former ON former.child_id = member.child
    UNION ALL
    SELECT target.figure, CAST(NULL AS bigint), COALESCE(guardian.user_id, former.user_id)
    FROM target
    JOIN schools_classguardian guardian
      ON guardian.school_class_id = target.class AND guardian.until IS NULL
    LEFT JOIN assignments_formerguardian former ON former.class_guardian_id = guardian.id
    WHERE COALESCE(guardian.user_id, former.user_id) IS NOT NULL
), run AS (
    SELECT person.figure, person.person, enrolment.id, enrolment.started_at,
           enrolment.completed_at
    FROM (SELECT DISTINCT figure, person FROM pair) person
    JOIN target ON target.figure = person.figure
    JOIN study_enrolment enrolment
      ON enrolment.user_id = person.person AND enrolment.course_id = target.course_id
     AND (target.anew_from IS NULL OR enrolment.completed_at IS NULL
          OR enrolment.completed_at >= target.anew_from)
), did AS (
    SELECT figure, person,
           MAX(CASE WHEN started_at IS NOT NULL OR completed_at IS NOT NULL THEN 1 ELSE 0 END)
               AS started,
           MIN(completed_at) AS finished_at
    FROM run GROUP BY figure, person
), child AS (
    SELECT pair.figure, pair.child, MAX(did.started) AS started,
           MIN(did.finished_at) AS finished_at
    FROM pair LEFT JOIN did ON did.figure = pair.figure AND did.person = pair.person
    WHERE pair.child IS NOT NULL
    GROUP BY pair.figure, pair.child
), children AS (
    SELECT child.figure, COUNT(*) AS joined, SUM(COALESCE(child.started, 0)) AS started,
           COUNT(child.finished_at) AS finished,
           SUM(CASE WHEN child.finished_at >= target.due_at THEN 1 ELSE 0 END) AS late
    FROM child JOIN target ON target.figure = child.figure GROUP BY child.figure
), guardians AS (
    SELECT person.figure, COUNT(*) AS guardians, SUM(COALESCE(did.started, 0)) AS started,
           COUNT(did.finished_at) AS finished,
           SUM(CASE WHEN did.finished_at >= target.due_at THEN 1 ELSE 0 END) AS late
    FROM (SELECT DISTINCT figure, person FROM pair) person
    JOIN target ON target.figure = person.figure
    LEFT JOIN did ON did.figure = person.figure AND did.person = person.person
    GROUP BY person.figure
), learned AS (
    SELECT run.figure, SUM(progress.completed_seconds) AS seconds
    FROM run JOIN study_progress progress
      ON progress.enrolment_id = run.id AND progress.completed_at IS NOT NULL
    GROUP BY run.figure
)
SELECT target.figure, target.district_id, target.school_id, target.kind, target.grade,
       COALESCE(roster.children, 0) AS children,
       COALESCE(children.joined, 0) AS joined, COALESCE(children.started, 0) AS started,
       COALESCE(children.finished, 0) AS finished, COALESCE(children.late, 0) AS finished_late,
       COALESCE(guardians.guardians, 0) AS guardians,
       COALESCE(guardians.started, 0) AS guardians_started,
       COALESCE(guardians.finished, 0) AS guardians_finished,
       COALESCE(guardians.late, 0) AS guardians_late,
       COALESCE(learned.seconds, 0) / 60 AS minutes
FROM target
LEFT JOIN roster ON roster.figure = target.figure
LEFT JOIN children ON children.figure = target.figure
LEFT JOIN guardians ON guardians.figure = target.figure
LEFT JOIN learned ON learned.figure = target.figure
"""

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


def recount(ids: Sequence[int]) -> Query:
    changes = ", ".join(f"{column} = counted.{column}" for column in COLUMNS)
    counted, values = truth(ids)
    return (
        f"UPDATE assignments_classfigure SET counted = TRUE, {changes} "  # noqa: S608
        f"FROM ({counted}) AS counted WHERE assignments_classfigure.id = counted.figure"
    ), values


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
