"""The copy of a list that goes back to the school: what was found, beside what we understood.

It is written anew from text: columns nobody needs, macros, formulas and hidden sheets are not in
it, and nothing in it is calculated when it is opened.
"""

import io
from collections.abc import Iterable

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font, PatternFill

from learners.schools.roster.findings import Finding
from learners.schools.roster.neutral import neutral
from learners.schools.roster.rows import ReadSheet, RosterRow

ERROR = PatternFill("solid", start_color="FFFDECEC")
REMARK = PatternFill("solid", start_color="FFFFF3D6")
INVALID = str.maketrans("", "", "[]:*?/\\'")


def annotated_copy(sheets: Iterable[ReadSheet], rows: Iterable[RosterRow]) -> bytes:
    """An xlsx with the findings in the first column."""
    findings: dict[tuple[str, int], list[Finding]] = {}
    for row in rows:
        for finding in row.findings:
            findings.setdefault((finding.sheet, finding.row), []).append(finding)
    book = Workbook(write_only=True)
    for number, sheet in enumerate(sheets, 1):
        _write(book, number, sheet, findings)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _write(
    book: Workbook, number: int, read: ReadSheet, findings: dict[tuple[str, int], list[Finding]]
) -> None:
    name = read.sheet.name.translate(INVALID)[:25]
    page = book.create_sheet(f"{name or _('Roster')} {number}")
    page.freeze_panes = "A2"
    page.column_dimensions["A"].width = 48
    places = [p for p, column in sorted(read.header.columns.items()) if column.what != "unneeded"]
    head = [WriteOnlyCell(page, _("What we found"))]
    head += [WriteOnlyCell(page, neutral(read.header.names[place])) for place in places]
    for cell in head:
        cell.font = Font(bold=True)
    page.append(head)
    for index in range(read.header.first, len(read.sheet.rows)):
        row = read.sheet.rows[index]
        said = findings.get((read.sheet.name, index + 1), [])
        texts = [neutral(row[place]) if place < len(row) else "" for place in places]
        if said or any(texts):
            page.append([_said(page, said), *texts])


def _said(page: object, findings: list[Finding]) -> WriteOnlyCell:
    cell = WriteOnlyCell(page, neutral("；".join(finding.text for finding in findings)))
    if findings:
        cell.fill = ERROR if any(finding.is_error for finding in findings) else REMARK
    return cell
