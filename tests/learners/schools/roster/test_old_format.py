"""Rosters as .xls: read like any other, and refused for the same reasons."""

import io
from datetime import date

import pytest
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from learners.schools.roster import opening
from learners.schools.roster.old_format import MACROS
from learners.schools.roster.opening import FileRefusedError, open_sheets
from tests.learners.schools.roster.books import HEADER, LELE, XIAOMAN
from tests.learners.schools.roster.old_books import (
    biff,
    far_cell,
    old_book,
    with_password,
    wrapped,
)

PLAIN = biff(("花名册", [HEADER, XIAOMAN, LELE]))


def test_old_format_is_read_like_the_new_one():
    (sheet,) = open_sheets(wrapped(PLAIN))
    assert (sheet.name, sheet.rows) == ("花名册", [HEADER, XIAOMAN, LELE])


def test_numbers_dates_errors_and_formulas_are_what_stands_there():
    born = date(2018, 1, 5)
    rows = [["姓名", "学号", "出生"], ["陈小满", 20260101, born], ["李乐乐", 13800138001.0, True]]
    (sheet,) = open_sheets(old_book(("名单", [*rows, [xlwt.Formula("1+1")]])))
    # A formula that nobody has calculated has no result; it is not calculated here either.
    assert sheet.rows == [
        ["姓名", "学号", "出生"],
        ["陈小满", "20260101", "2018-01-05"],
        ["李乐乐", "13800138001", "1"],
    ]


def test_error_of_a_cell_is_its_text():
    book = xlwt.Workbook()
    book.add_sheet("a").row(0).set_cell_error(0, 0x2A)
    target = io.BytesIO()
    book.save(target)
    assert open_sheets(target.getvalue())[0].rows == [["#N/A"]]


def test_merged_classes_hidden_and_empty_sheets():
    rows = [["班级", "姓名"], ["三（2）班", "陈小满"], [None, "李乐乐"]]
    data = old_book(("名单", rows), ("草稿", [["x"]]), ("空", []), merged=[(1, 2, 0, 0)],
                    hidden={"草稿"})  # fmt: skip
    (sheet,) = open_sheets(data)
    assert sheet.rows == [["班级", "姓名"], ["三(2)班", "陈小满"], ["三(2)班", "李乐乐"]]
    assert sheet.merged == {(2, 0)}


def many_rows():
    return old_book(*((f"{n}", [[1]] * 10_001) for n in range(2)))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (with_password(PLAIN), "protected"),
        (wrapped(PLAIN) + MACROS, "macros"),
        (wrapped(PLAIN)[:-3_000], "broken"),
        (wrapped(PLAIN[:900]), "broken"),
        (opening.OLE + bytes(600), "broken"),
        (far_cell(PLAIN, 3, 255), "too_many_columns"),
        (old_book(("a", [[1] * 101])), "too_many_columns"),
        (many_rows(), "too_many_rows"),
        (wrapped(PLAIN).replace("Workbook".encode("utf-16-le"), "Workbaak".encode("utf-16-le")),
         "old"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_old_file_is_refused(data, code):
    with pytest.raises(FileRefusedError) as refused:
        open_sheets(data)
    assert refused.value.code == code


def test_cell_at_the_far_end_costs_no_rectangle():
    rows = [["姓名"], *[[] for _n in range(60_000)], ["x"]]
    assert open_sheets(old_book(("a", rows)))[0].rows == [["姓名"]]


WHOLE = wrapped(PLAIN)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.binary(min_size=1, max_size=40))
def test_any_damage_is_a_sheet_or_refused(place, bytes_there):
    try:
        assert isinstance(open_sheets(WHOLE[:place] + bytes_there + WHOLE[place + 40 :]), list)
    except FileRefusedError as refused:
        assert refused.code in opening.REFUSED
