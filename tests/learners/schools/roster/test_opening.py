"""Files that are not what they seem are refused before they do anything."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from learners.schools.roster import opening
from learners.schools.roster.opening import (
    ENCRYPTED,
    OLE,
    REFUSED,
    FileRefusedError,
    fill_merged,
    open_sheets,
)
from tests.learners.schools.roster import books

PLAIN = books.plain_book(books.XIAOMAN)


def bomb():
    """A few kilobytes that unpack to more than is allowed."""
    zeros = bytes(opening.MOST_UNPACKED + 1)
    return books.with_entry(PLAIN, "xl/media/big.bin", zeros)


def other_zip():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    return target.getvalue()


def broken_sheet():
    """A whole zip whose sheet is cut off."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[:300] if "sheet1" in name else content)
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n", "empty"),
        (b"x" * (opening.MOST_BYTES + 1), "too_big"),
        (OLE + bytes(600) + ENCRYPTED, "protected"),
        (OLE + bytes(600), "broken"),
        (PLAIN[:-200], "broken"),
        (broken_sheet(), "broken"),
        (bomb(), "bomb"),
        (books.with_entry(PLAIN, "xl/vbaProject.bin", b"x"), "macros"),
        (other_zip(), "unknown"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "unknown"),
        (b"\xff\xfe\x00\xd8", "unknown"),
        (b"a,b\n\x81\x20", "unknown"),
        (b'a,"' + b"x" * 200_000, "broken"),
        (("姓名\n" + "陈小满\n" * 20_001).encode(), "too_many_rows"),
        (",".join("x" * 101).encode(), "too_many_columns"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_file_is_refused(data, code):
    with pytest.raises(FileRefusedError) as refused:
        open_sheets(data)
    assert refused.value.code == code
    assert refused.value.text == str(REFUSED[code])


def test_too_many_rows_of_a_workbook_are_refused():
    rows = [["姓名"]] + [["陈小满"]] * 11_000
    with pytest.raises(FileRefusedError) as refused:
        open_sheets(books.book(("a", rows), ("b", rows)))
    assert refused.value.code == "too_many_rows"


def test_workbook_that_is_too_wide_or_too_long_stops_while_it_is_read():
    codes = []
    for data in (books.book(("a", [["x"] * 101])), ("姓名\n" + "陈\n" * 21_500).encode()):
        with pytest.raises(FileRefusedError) as refused:
            open_sheets(data)
        codes.append(refused.value.code)
    assert codes == ["too_many_columns", "too_many_rows"]


def test_sheets_are_text():
    sheets = open_sheets(books.book(("花名册", [["姓名", None], ["陈小满", 12]]), ("空", [])))
    assert [(sheet.name, sheet.rows) for sheet in sheets] == [
        ("花名册", [["姓名"], ["陈小满", "12"]])
    ]


def test_formulas_are_not_calculated_and_hidden_sheets_are_left_out():
    made = Workbook()
    made.active.append(["姓名", "=1+1"])
    made.create_sheet("hidden").append(["x"])
    made["hidden"].sheet_state = "hidden"
    target = io.BytesIO()
    made.save(target)
    assert [sheet.rows for sheet in open_sheets(target.getvalue())] == [[["姓名"]]]


def test_rows_far_below_an_empty_stretch_are_left_out():
    made = Workbook()
    made.active.append(["姓名"])
    made.active.cell(row=5_000, column=1, value="x")
    target = io.BytesIO()
    made.save(target)
    assert open_sheets(target.getvalue())[0].rows == [["姓名"]]


def test_entities_of_a_workbook_are_not_expanded():
    attack = '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, attack if name == "xl/workbook.xml" else old.read(name))
    with pytest.raises(FileRefusedError) as refused:
        open_sheets(target.getvalue())
    assert refused.value.code == "broken"


@pytest.mark.parametrize(
    ("encoding", "between"),
    [("utf-8", ","), ("utf-8-sig", "\t"), ("gbk", ";"), ("gb18030", ","), ("utf-16", "\t")],
)
def test_csv_in_every_encoding(encoding, between):
    data = f"姓名{between}班级\r\n陈小满{between}“2”班\r\n".encode(encoding)
    assert open_sheets(data)[0].rows == [["姓名", "班级"], ["陈小满", "“2”班"]]


def test_merged_places_are_filled_and_remembered():
    sheet = fill_merged("a", [["x"], [], ["", "y"]], [(1, 1, 2, 2), (2, 3, 2, 9), (9, 9, 9, 9)])
    assert sheet.rows == [["x", "x"], ["x", "x"], ["", "y"]]
    assert sheet.merged == {(0, 1), (1, 0), (1, 1)}


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK", OLE, PLAIN[:600]]))
def test_any_bytes_are_sheets_or_refused(tail, head):
    try:
        assert isinstance(open_sheets(head + tail), list)
    except FileRefusedError as refused:
        assert refused.code in REFUSED
