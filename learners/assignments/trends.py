"""How figures moved: nightly snapshots of the schools, and today's live value beside them.

ARCHITECTURE.md decision 11: trends come from snapshots, so that no history is reckoned from
enrolments.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet, Sum

from learners.assignments.models import SchoolSnapshot
from learners.assignments.models.figures import COUNTS
from learners.schools.school_year import school_year

SUMS = ", ".join(f"SUM(figure.{name})" for name in COUNTS)
TAKE = f"""
INSERT INTO assignments_schoolsnapshot (assignment_id, district_id, school_id, kind, grade, day,
    {", ".join(COUNTS)})
SELECT figure.assignment_id, figure.district_id, {{school}}, {{kind}}, {{grade}}, {{day}}, {SUMS}
FROM assignments_classfigure figure
JOIN assignments_assignment assignment ON assignment.id = figure.assignment_id
WHERE assignment.withdrawn_at IS NULL AND assignment.year >= %s
GROUP BY figure.assignment_id, figure.district_id, {{school}}, {{kind}}, {{grade}}
"""  # noqa: S608 - column names of ours
DAY = {"sqlite": "%s", "postgresql": "CAST(%s AS date)"}
NO_SCHOOL, ALL, NO_GRADE = "CAST(NULL AS bigint)", "CAST('' AS text)", "CAST(NULL AS smallint)"
# Every school, every district, and of each district every kind of school and grade.
TAKEN = (
    ("figure.school_id", ALL, NO_GRADE),
    (NO_SCHOOL, ALL, NO_GRADE),
    (NO_SCHOOL, "figure.kind", "figure.grade"),
)
SHOWN = ("children", "started", "finished", "guardians_started", "guardians_finished")


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    started: int
    finished: int


@transaction.atomic
def take(day: date) -> int:
    """What every school and district has at this moment; taken again, the later stays."""
    SchoolSnapshot.objects.filter(day=day).delete()
    taken = 0
    with connection.cursor() as cursor:
        for school, kind, grade in TAKEN:
            moment = DAY[connection.vendor]
            statement = TAKE.format(school=school, kind=kind, grade=grade, day=moment)
            cursor.execute(statement, [day, school_year(day)])
            taken += cursor.rowcount
    return taken


def days(snapshots: QuerySet[SchoolSnapshot], today: date, live: dict[str, Any]) -> Sequence[Day]:
    """Each night's sums in order, then today's; one statement."""
    sums = snapshots.filter(day__lt=today).order_by("day").values("day")
    nights: Any = sums.annotate(**{f"sum_{name}": Sum(name) for name in SHOWN})
    found = [Day(row["day"], *units({n: row[f"sum_{n}"] for n in SHOWN})) for row in nights]
    return [*found, Day(today, *units(live))]


def units(counts: dict[str, Any]) -> tuple[int, int]:
    """Started and finished: children, or guardians where there is no roster of children."""
    if counts["children"]:
        return counts["started"], counts["finished"]
    return counts["guardians_started"], counts["guardians_finished"]
