"""The dry run: what a list would do to a school, without doing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from learners.schools.models import School, SchoolClass
from learners.schools.roster.findings import Finding
from learners.schools.roster.matching import Earlier, OnFile, Outcome, Plan, make_plan
from learners.schools.roster.on_file import children_on_file, classes_by_name, one_name
from learners.schools.roster.opening import FileRefusedError, open_sheets
from learners.schools.roster.rows import ReadSheet, RosterRow, join_guardians, read_sheet


@dataclass(frozen=True, slots=True)
class Target:
    """Where a list goes: a whole school of one year, or one class of it."""

    school: School
    year: int
    classes: dict[str, SchoolClass]
    only: SchoolClass | None

    @property
    def kind(self) -> str:
        return self.school.kind

    def on_file(self, lock: bool = False) -> list[OnFile]:
        return children_on_file(self.school, self.year, self.classes, lock=lock)

    @property
    def only_class(self) -> tuple[int | None, str]:
        if self.only is None:
            return None, ""
        return self.only.grade, one_name(self.only.name, self.kind)


def read_list(data: bytes, target: Target) -> tuple[list[ReadSheet], list[RosterRow]]:
    """The sheets with a header, and all their children; FileRefusedError when there are none."""
    sheets = open_sheets(data)
    read = [read_sheet(sheet, target.kind, target.only_class) for sheet in sheets]
    found = [sheet for sheet in read if sheet is not None]
    if not found:
        raise FileRefusedError("no_header" if sheets else "empty")
    rows = join_guardians([row for sheet in found for row in sheet.rows])
    if not rows:
        raise FileRefusedError("no_rows")
    return found, rows


def plan_for(
    rows: list[RosterRow], target: Target, answers: Mapping[str, str], *, lock: bool = False
) -> Plan:
    """`lock` holds the children until the end of the transaction."""
    on_file = target.on_file(lock)
    if target.only is not None:
        _keep_to(rows, on_file, target)
        on_file = [child for child in on_file if not child.earlier]
    plan = make_plan(rows, on_file, answers)
    if target.only is not None:
        plan.missing = [c for c in plan.missing if c.class_name == target.only_class[1]]
    return plan


def _keep_to(rows: list[RosterRow], on_file: list[OnFile], target: Target) -> None:
    """Somebody who imports one class neither fills nor empties another one."""
    own = target.only_class[1]
    this_year = [child for child in on_file if not child.earlier]
    elsewhere = {c.student_number for c in this_year if c.student_number and c.class_name != own}
    known = {(c.class_name, c.name) for c in this_year}
    earlier = Earlier(on_file)
    for row in rows:
        if row.class_name and row.class_name != own:
            row.note("class_not_yours", text=row.class_name)
        elif row.student_number in elsewhere:
            row.note("child_elsewhere")
        elif left := earlier.like(row):
            is_number = row.student_number and left[0].student_number == row.student_number
            if is_number or (row.class_name, row.name) not in known:
                row.note("child_last_year", text=left[0].earlier)


def report_of(sheets: list[ReadSheet], plan: Plan, target: Target) -> dict[str, Any]:
    """What the page shows, as JSON values."""
    children = {child.child: child for child in target.on_file()}
    unneeded = [name for sheet in sheets for name in sheet.header.unneeded]
    ignored = [name for sheet in sheets for name in sheet.header.ignored]
    named = {o.row.class_name for o in plan.outcomes if o.what not in {"error", "ask"}}
    return {
        "rows": [_row(outcome) for outcome in plan.outcomes],
        "questions": [_question(o, children) for o in plan.outcomes if o.what == "ask"],
        "missing": [{"id": c.child, "name": c.name, "class": c.class_name} for c in plan.missing],
        "unneeded": list(dict.fromkeys(unneeded)),
        "ignored": list(dict.fromkeys(ignored)),
        "new_classes": sorted(named - set(target.classes)),
    }


def _row(outcome: Outcome) -> dict[str, Any]:
    row = outcome.row
    return {
        "sheet": row.sheet,
        "row": row.row,
        "name": row.name,
        "class": row.class_name,
        "what": outcome.what,
        "findings": [finding.as_dict() for finding in row.findings],
    }


def _question(outcome: Outcome, children: dict[int, OnFile]) -> dict[str, Any]:
    row = outcome.row
    return {
        "key": row.key,
        "row": row.row,
        "sheet": row.sheet,
        "name": row.name,
        "class": row.class_name,
        "same_as": outcome.same_as.rpartition("!")[2],
        "candidates": [
            {
                "id": child,
                "earlier": children[child].earlier,
                "number": children[child].student_number[-4:],
                "birth": children[child].birth_month,
                "phones": sorted(phone[-4:] for phone, _, _ in children[child].contacts),
            }
            for child in outcome.candidates
        ],
    }


def findings_of(row: Mapping[str, Any]) -> list[Finding]:
    return [Finding(**finding) for finding in row["findings"]]


def target_of(school: Any, year: int, only: SchoolClass | None) -> Target:
    return Target(school, year, classes_by_name(school, year), only)
