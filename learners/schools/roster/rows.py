"""The rows of a school's list as children with their guardians, and what is odd about them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from learners.schools.grades import BY_KIND
from learners.schools.roster import cells
from learners.schools.roster.classes import class_in_title, parse_class
from learners.schools.roster.columns import Column, relation_of
from learners.schools.roster.findings import Finding
from learners.schools.roster.sheets import Header, Sheet, find_header, title_of

LONGEST_NAME = 30
# Lines under and between the children: sums, the teacher, who made the list.
NO_CHILD = re.compile(r"合计|总计|小计|共\d*人|共计|班主任|制表|填表|备注|说明|注:|审核|校长|日期:")


@dataclass(frozen=True, slots=True)
class GuardianEntry:
    """`phone` is E.164 or empty, `relation` one of the model's."""

    name: str
    phone: str
    relation: str


@dataclass(slots=True)
class RosterRow:
    """One child; `row` counts from 1. `class_name` is empty when a finding says why."""

    sheet: str
    row: int
    name: str
    grade: int | None = None
    class_name: str = ""
    student_number: str = ""
    birth_month: str = ""
    guardians: list[GuardianEntry] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.sheet}!{self.row}"

    def note(self, code: str, column: str = "", **values: str | int) -> None:
        self.findings.append(Finding(code, self.sheet, self.row, column, dict(values)))

    @property
    def has_errors(self) -> bool:
        return any(finding.is_error for finding in self.findings)


@dataclass(frozen=True, slots=True)
class ReadSheet:
    sheet: Sheet
    header: Header
    rows: list[RosterRow]


def read_sheet(sheet: Sheet, kind: str, only_class: tuple[int | None, str]) -> ReadSheet | None:
    """None when no header is found. `only_class` is where the rows go that name no class."""
    header = find_header(sheet)
    if header is None:
        return None
    titled = class_in_title(title_of(sheet, header), kind)
    reader = _Reader(sheet, header, kind, titled if titled[1] else only_class)
    return ReadSheet(sheet, header, list(reader.children()))


class _Reader:
    """Goes down a sheet, keeping the class of the row above."""

    def __init__(
        self, sheet: Sheet, header: Header, kind: str, default: tuple[int | None, str]
    ) -> None:
        self.sheet, self.header, self.kind, self.default = sheet, header, kind, default
        self.above: tuple[str, str] = ("", "")
        self.last: RosterRow | None = None

    def children(self) -> Iterator[RosterRow]:
        for index in range(self.header.first, len(self.sheet.rows)):
            cells_of_row = self.sheet.rows[index]
            if self._is_child(cells_of_row):
                yield self._child(index, cells_of_row)

    def _text(self, row: list[str], what: str) -> str:
        place = self.header.place_of(what)
        return row[place] if place is not None and place < len(row) else ""

    def _is_child(self, row: list[str]) -> bool:
        known = {
            place: row[place]
            for place, column in self.header.columns.items()
            if place < len(row) and row[place] and column.what not in {"unneeded", "grade", "class"}
        }
        if not known or self._repeats_the_header(known):
            return False
        first = next(text for text in row if text)
        name = self._text(row, "name")
        return not (NO_CHILD.search(first) and (not name or NO_CHILD.search(name)))

    def _repeats_the_header(self, known: dict[int, str]) -> bool:
        return all(self.header.names[place].endswith(text) for place, text in known.items())

    def _child(self, index: int, row: list[str]) -> RosterRow:
        child = RosterRow(self.sheet.name, index + 1, "".join(self._text(row, "name").split()))
        name_place = self.header.place_of("name")
        if not child.name:
            child.note("name_missing", self._heading("name"))
        elif len(child.name) > LONGEST_NAME:
            child.note("name_too_long", self._heading("name"))
        self._put_class(child, row)
        self._put_number(child, self._text(row, "number"))
        self._put_birth(child, self._text(row, "birth"))
        child.guardians = list(self._guardians(child, row))
        if (index, name_place) in self.sheet.merged and self.last is not None:
            child.note("row_joined", other=self.last.row)
        elif not any(guardian.phone for guardian in child.guardians):
            child.note("no_phone")
        self.last = child
        return child

    def _heading(self, what: str) -> str:
        place = self.header.place_of(what)
        return self.header.names[place] if place is not None else ""

    def _put_class(self, child: RosterRow, row: list[str]) -> None:
        grade_text, class_text = self._text(row, "grade"), self._text(row, "class")
        has_column = self.header.place_of("class") is not None
        if has_column and not class_text and self.above[1]:
            grade_text, class_text = grade_text or self.above[0], self.above[1]
            child.note("class_from_above", self._heading("class"))
        self.above = (grade_text, class_text)
        if class_text:
            child.grade, child.class_name = parse_class(class_text, grade_text, self.kind)
        else:
            child.grade, child.class_name = self.default
        if not child.class_name:
            child.note("class_missing", self._heading("class"))
        elif child.grade is None and self.kind in BY_KIND:
            child.note("grade_missing", self._heading("class"), text=class_text)

    def _put_number(self, child: RosterRow, text: str) -> None:
        try:
            child.student_number = cells.parse_student_number(text) if text else ""
        except ValueError:
            code = "number_lossy" if cells.is_lossy(text) else "number_unreadable"
            child.note(code, self._heading("number"), text=text)

    def _put_birth(self, child: RosterRow, text: str) -> None:
        try:
            child.birth_month = cells.parse_birth_month(text) if text else ""
        except ValueError:
            child.note("birth_unreadable", self._heading("birth"), text=text)

    def _guardians(self, child: RosterRow, row: list[str]) -> Iterator[GuardianEntry]:
        groups: dict[tuple[str, int], dict[str, tuple[str, str]]] = {}
        for place, column in self.header.columns.items():
            if _is_of_guardian(column) and place < len(row) and row[place]:
                told = groups.setdefault(column.group, {})
                told[column.what] = (row[place], self.header.names[place])
        for group, told in groups.items():
            yield from self._guardian(child, group, told)

    def _guardian(
        self, child: RosterRow, group: tuple[str, int], told: dict[str, tuple[str, str]]
    ) -> Iterator[GuardianEntry]:
        name, word = told.get("guardian", ("", ""))[0], told.get("relation", ("", ""))[0]
        relation = (cells.parse_relation(word) if word else "") or relation_of(group) or "other"
        text, heading = told.get("phone", ("", ""))
        try:
            phones = cells.parse_phones(text) if text else [""]
        except ValueError:
            child.note("phone_unreadable", heading, text=text)
            phones = [""]
        for phone in phones if name or text else ():
            yield GuardianEntry(name[:LONGEST_NAME], phone, relation)


def _is_of_guardian(column: Column) -> bool:
    return column.what in {"guardian", "phone", "relation"}


def join_guardians(rows: list[RosterRow]) -> list[RosterRow]:
    """Rows that are one child become one: a merged name, or one name with one number or phone.

    One number under two names is an error that names both rows.
    """
    kept: list[RosterRow] = []
    known: dict[tuple[str, ...], RosterRow] = {}
    for row in rows:
        first = next((known[sign] for sign in _signs(row) if sign in known), None)
        if kept and kept[-1].name == row.name and _is_merged(row):
            first = kept[-1]
        if first is None or first.name != row.name:
            if first is not None:
                row.note("number_twice", other=first.row)
            kept.append(row)
        else:
            join(first, row)
        for sign in _signs(row):
            known.setdefault(sign, first or row)
    return kept


def _signs(row: RosterRow) -> Iterator[tuple[str, ...]]:
    """What tells that two rows are one child."""
    if row.student_number:
        yield ("number", row.student_number)
        return
    for guardian in row.guardians:
        if guardian.phone:
            yield ("phone", row.class_name, row.name, guardian.phone)


def _is_merged(row: RosterRow) -> bool:
    return any(finding.code == "row_joined" for finding in row.findings)


def join(first: RosterRow, row: RosterRow) -> None:
    """The guardians of `row` go to `first`, with what was found there."""
    phones = {guardian.phone for guardian in first.guardians}
    first.guardians += [g for g in row.guardians if not g.phone or g.phone not in phones]
    first.student_number = first.student_number or row.student_number
    first.birth_month = first.birth_month or row.birth_month
    first.findings += row.findings
    if any(guardian.phone for guardian in first.guardians):
        first.findings = [f for f in first.findings if f.code != "no_phone"]
    if not _is_merged(row):
        values = {"other": first.row}
        first.findings.append(Finding("row_joined", row.sheet, row.row, "", values))
