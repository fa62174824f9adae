"""Rosters in the old format .xls, made here; the records are there to be tampered with."""

import io
import struct

import xlwt
from xlwt.CompoundDoc import XlsDoc

FILEPASS, MERGED, NUMBER = 0x2F, 0xE5, 0x203


def old_book(*sheets, merged=(), hidden=()):
    """An xls; a sheet is its name and its rows, `merged` are ranges of the first one."""
    return wrapped(biff(*sheets, merged=merged, hidden=hidden))


def biff(*sheets, merged=(), hidden=()):
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for name, rows in sheets:
        page = book.add_sheet(name)
        page.visibility = int(name in hidden)
        if page is book.get_sheet(0):
            for top, bottom, left, right in merged:
                page.merge(top, bottom, left, right)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                if hasattr(value, "year"):
                    page.write(number, place, value, day)
                elif value is not None:
                    page.write(number, place, value)
    return book.get_biff_data()


def wrapped(stream):
    target = io.BytesIO()
    XlsDoc().save(target, stream)
    return target.getvalue()


def with_record(stream, kind, body):
    """The same stream with one more record after its first."""
    (length,) = struct.unpack_from("<H", stream, 2)
    place = 4 + length
    return stream[:place] + struct.pack("<HH", kind, len(body)) + body + stream[place:]


def with_password(stream):
    return wrapped(with_record(stream, FILEPASS, b"\0" * 6))


def far_cell(stream, row, column):
    """A number far away from everything else, in no sheet that anybody sees."""
    body = struct.pack("<HHHd", row, column, 0, 1.0)
    return wrapped(with_record(stream, NUMBER, body))
