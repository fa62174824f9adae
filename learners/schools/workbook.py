"""What is on the screen as xlsx; nothing in it is a formula, whatever somebody was called."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from learners.schools.roster.neutral import neutral

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Line = Iterable[str | int | float]


def download(content: bytes, name: str) -> HttpResponse:
    """`name` has no suffix yet."""
    headers = {"Content-Disposition": str(content_disposition_header(True, f"{name}.xlsx"))}
    return HttpResponse(content, content_type=CONTENT_TYPE, headers=headers)


def workbook(
    title: str, head: list[str], lines: Iterable[Line], about: Iterable[str] = ()
) -> bytes:
    """One sheet: a few lines of what it is, the head in bold, the lines; text stays text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.column_dimensions["A"].width = 28
    for line in about:
        sheet.append([_text(sheet, line)])
    sheet.append([_text(sheet, column, bold=True) for column in head])
    for values in lines:
        sheet.append([_text(sheet, v) if isinstance(v, str) else v for v in values])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _text(sheet: Any, value: str, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, neutral(str(value)))
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
