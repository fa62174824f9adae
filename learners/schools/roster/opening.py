"""Opening what somebody uploaded: xlsx, xls and csv, and nothing that would hurt.

Formulas are never calculated (their stored results are read), macros never run. A file is
refused for what it unpacks to before anything is unpacked.
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries

from learners.schools.roster.cells import text_of
from learners.schools.roster.old_format import OldFormatError, open_old
from learners.schools.roster.sheets import Sheet

MOST_BYTES = 10 * 1024**2
MOST_UNPACKED = 80 * 1024**2
MOST_FILES = 500
MOST_ROWS = 20_000
MOST_COLUMNS = 100
MOST_SHEETS = 60
MOST_LENGTH = 2_000  # characters of a cell
EMPTY_ROWS = 1_000  # that many in a row and the rest of a sheet is taken for empty
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MERGED = re.compile(
    rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})"'
)

REFUSED = {
    "empty": _("The file is empty."),
    "too_big": _("The file is larger than 10 MB. A roster is much smaller: please check it."),
    "bomb": _("The file unpacks to far more than a roster can be. It was not opened."),
    "too_many_rows": _(
        "There are more than 20,000 rows. Please import one school, or a few grades, at a time."
    ),
    "too_many_columns": _("There are more than 100 columns. Please delete the empty ones."),
    "protected": _(
        "The file is protected by a password. Please remove the password in the spreadsheet"
        " program (File, Info, Protect) and upload it again."
    ),
    "old": _("This is a very old format. Please open it and save it as “Excel workbook (.xlsx)”."),
    "macros": _("The file contains macros. Please save it as “Excel workbook (.xlsx)” first."),
    "broken": _("The file is damaged or was not transferred completely. Please upload it again."),
    "unknown": _("This is not a spreadsheet. Please upload an .xlsx, .xls or .csv file."),
    "no_header": _(
        "No heading row was found in the first ten rows of any sheet."
        " One column must be called 姓名 (name)."
    ),
    "no_list": _(
        "No heading row was found in the first ten rows of any sheet."
        " Needed are 学校代码 and 学校名称 or 班级."
    ),
    "no_rows": _("No children were found below the heading row."),
}


class FileRefusedError(Exception):
    """`code` is one of REFUSED."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def text(self) -> str:
        return str(REFUSED[self.code])


def open_sheets(data: bytes) -> list[Sheet]:
    """Every sheet that holds anything; what it is, its bytes say and not its name."""
    if not data.strip():
        raise FileRefusedError("empty")
    if len(data) > MOST_BYTES:
        raise FileRefusedError("too_big")
    if data.startswith(OLE):
        sheets = _old_workbook(data)
    else:
        sheets = _workbook(data) if data.startswith(b"PK") else [_csv(data)]
    return [sheet for sheet in sheets if sheet.rows]


def _old_workbook(data: bytes) -> list[Sheet]:
    """An xlsx with a password stands in the same kind of file as an xls."""
    if ENCRYPTED in data:
        raise FileRefusedError("protected")
    try:
        found = open_old(data, MOST_ROWS, MOST_COLUMNS, MOST_SHEETS)
    except OldFormatError as refusal:
        raise FileRefusedError(refusal.code) from refusal
    return [fill_merged(sheet.name, _rows(sheet.rows), sheet.merged) for sheet in found]


def _workbook(data: bytes) -> list[Sheet]:
    _check_zip(data)
    try:
        with warnings.catch_warnings():
            # About styles and checks of the workbook that we do not use.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            sheets = [_sheet(book, name, data) for name in book.sheetnames[:MOST_SHEETS]]
            book.close()
    except FileRefusedError:
        raise
    except Exception as error:  # openpyxl has no error of its own for a damaged file
        raise FileRefusedError("broken") from error
    if sum(len(sheet.rows) for sheet in sheets) > MOST_ROWS:
        raise FileRefusedError("too_many_rows")
    return sheets


def _check_zip(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise FileRefusedError("broken") from error
    if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise FileRefusedError("bomb")
    names = {entry.filename.lower() for entry in entries}
    if any(name.endswith("vbaproject.bin") for name in names):
        raise FileRefusedError("macros")
    if "xl/workbook.xml" not in names:
        raise FileRefusedError("unknown")


def _sheet(book: Any, name: str, data: bytes) -> Sheet:
    worksheet = book[name]
    if worksheet.sheet_state != "visible" or not hasattr(worksheet, "iter_rows"):
        return Sheet(name, [])
    # Some programs write a size that is wrong; what stands there counts.
    worksheet.reset_dimensions()
    rows = _rows(worksheet.iter_rows(values_only=True, max_col=MOST_COLUMNS + 1))
    return fill_merged(name, rows, _merged_ranges(data, worksheet))


def _rows(values: Iterable[Iterable[object]]) -> list[list[str]]:
    rows: list[list[str]] = []
    empty = 0
    for row in values:
        texts = [text_of(value)[:MOST_LENGTH] for value in row]
        while texts and not texts[-1]:
            texts.pop()
        if len(texts) > MOST_COLUMNS:
            raise FileRefusedError("too_many_columns")
        empty = 0 if texts else empty + 1
        rows.append(texts)
        if empty >= EMPTY_ROWS:
            break
        if len(rows) > MOST_ROWS + EMPTY_ROWS:
            raise FileRefusedError("too_many_rows")
    while rows and not rows[-1]:
        rows.pop()
    return rows


def _merged_ranges(data: bytes, worksheet: Any) -> Iterator[tuple[int, int, int, int]]:
    """First column, first row, last column, last row, counted from 1."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        xml = archive.read(worksheet._worksheet_path)
    for found in islice(MERGED.finditer(xml), MOST_ROWS):
        left, top, right, bottom = range_boundaries(found[1].decode())
        yield int(left or 1), int(top or 1), int(right or 1), int(bottom or 1)


def fill_merged(
    name: str, rows: list[list[str]], ranges: Iterable[tuple[int, int, int, int]]
) -> Sheet:
    """Every place of a merged cell says what its first one says."""
    merged = set()
    for left, top, right, bottom in ranges:
        if top > len(rows) or left > len(rows[top - 1]):
            continue
        text = rows[top - 1][left - 1]
        for index in range(top - 1, min(bottom, len(rows))):
            row = rows[index]
            row += [""] * (min(right, MOST_COLUMNS) - len(row))
            for place in range(left - 1, min(right, MOST_COLUMNS)):
                if (index, place) != (top - 1, left - 1):
                    row[place] = text
                    merged.add((index, place))
    return Sheet(name, rows, frozenset(merged))


def _csv(data: bytes) -> Sheet:
    text = _decoded(data)
    head = text[:4_000]
    delimiter = max(",\t;，", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = _rows(reader)
    except csv.Error as error:
        raise FileRefusedError("broken") from error
    if len(rows) > MOST_ROWS:
        raise FileRefusedError("too_many_rows")
    return Sheet("", rows)


def _decoded(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, else GB 18030, which contains GBK."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif b"\0" in data:
        encodings = []
    else:
        encodings = ["utf-8-sig", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefusedError("unknown")
