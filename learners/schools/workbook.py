"""Rows as xlsx in which text stays text: nothing in it is a formula, whatever somebody typed."""

from collections.abc import Iterable
from io import BytesIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from learners.schools.roster.neutral import neutral

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook(title: str, rows: Iterable[Iterable[str | int]]) -> bytes:
    """One sheet; the first row is its head."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for values in rows:
        cells = []
        for value in values:
            cell = WriteOnlyCell(sheet, neutral(value) if isinstance(value, str) else value)
            if isinstance(value, str):
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
