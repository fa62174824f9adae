"""The old format .xls, read without letting its size or its macros do anything.

xlrd puts whole sheets into memory, so the records are walked first: how many rows there are, how
far right they go, and which places are merged, which xlrd would only tell with all formats.
Formulas are never calculated: their stored results are read.
"""

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import xlrd
from xlrd.compdoc import CompDoc

MACROS = "_VBA_PROJECT".encode("utf-16-le")
BOF, BOUNDSHEET, MERGED, PASSWORD = 0x809, 0x85, 0xE5, 0x2F
# Records of cells that hold something; each begins with its row and its column.
CELLS = {0x203, 0x27E, 0xBD, 0xFD, 0x204, 0x06, 0x205, 0xD6}
SEVERAL = 0xBD  # numbers side by side; its last two bytes are the last column
VISIBLE, DATE, ERROR = 0, 3, 5
Range = tuple[int, int, int, int]


class OldFormatError(Exception):
    """`code` is one of the reasons in `opening.REFUSED`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class OldSheet:
    """`merged`: first column, first row, last column, last row, counted from 1."""

    name: str
    rows: list[list[object]]
    merged: list[Range] = field(default_factory=list)


def open_old(data: bytes, most_rows: int, most_columns: int, most_sheets: int) -> list[OldSheet]:
    """The visible sheets; OldFormatError when the file is not to be read."""
    if MACROS in data:
        raise OldFormatError("macros")
    try:
        merged = _walk(_stream(data), most_rows, most_columns)
        return list(_sheets(data, merged, most_sheets))
    except OldFormatError:
        raise
    except Exception as error:  # a damaged file breaks xlrd wherever it happens to read
        raise OldFormatError("broken") from error


def _stream(data: bytes) -> bytes:
    document = CompDoc(data, logfile=io.StringIO())
    found = document.get_named_stream("Workbook")
    if found is None:  # Excel 95, or no workbook at all
        raise OldFormatError("old")
    return bytes(found)


def _walk(stream: bytes, most_rows: int, most_columns: int) -> dict[int, list[Range]]:
    """The merged places of each sheet, by its number; refused before anything is unfolded."""
    sheets: list[int] = []
    merged: dict[int, list[Range]] = {}
    rows, last, sheet = 0, (-1, -1), -1
    for start, kind, body in _records(stream):
        if kind == PASSWORD:
            raise OldFormatError("protected")
        if kind == BOUNDSHEET:
            sheets.append(struct.unpack_from("<I", body)[0])
        elif kind == BOF and start in sheets:
            sheet = sheets.index(start)
        elif kind == MERGED:
            merged.setdefault(sheet, []).extend(_ranges(body))
        elif kind in CELLS:
            row, column = struct.unpack_from("<HH", body)
            column = struct.unpack("<H", body[-2:])[0] if kind == SEVERAL else column
            rows, last = rows + ((sheet, row) != last), (sheet, row)
            if rows > most_rows:
                raise OldFormatError("too_many_rows")
            if column >= most_columns:
                raise OldFormatError("too_many_columns")
    return merged


def _records(stream: bytes) -> Iterator[tuple[int, int, bytes]]:
    place = 0
    while place + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, place)
        yield place, kind, stream[place + 4 : place + 4 + length]
        place += 4 + length


def _ranges(body: bytes) -> Iterator[Range]:
    (count,) = struct.unpack_from("<H", body)
    for number in range(count):
        top, bottom, left, right = struct.unpack_from("<HHHH", body, 2 + 8 * number)
        yield left + 1, top + 1, right + 1, bottom + 1


def _sheets(data: bytes, merged: dict[int, list[Range]], most: int) -> Iterator[OldSheet]:
    """One sheet at a time in memory, rows as long as they are."""
    book = xlrd.open_workbook(
        file_contents=data, on_demand=True, ragged_rows=True, logfile=io.StringIO()
    )
    for number in range(min(book.nsheets, most)):
        sheet = book.sheet_by_index(number)
        if sheet.visibility == VISIBLE:
            rows = [[_value(cell, book.datemode) for cell in row] for row in sheet.get_rows()]
            yield OldSheet(sheet.name, rows, merged.get(number, []))
        book.unload_sheet(number)


def _value(cell: Any, datemode: Any) -> object:
    """As openpyxl gives it: dates as dates, errors as their text."""
    if cell.ctype == DATE:
        return xlrd.xldate_as_datetime(cell.value, datemode)
    if cell.ctype == ERROR:
        return xlrd.error_text_from_code.get(cell.value, "")
    return cell.value
