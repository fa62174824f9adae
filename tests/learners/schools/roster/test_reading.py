"""The parser on lists as ugly as schools have them."""

import pytest

from learners.schools.models import School
from learners.schools.roster.checking import Target, read_list
from tests.learners.schools.roster import books

SCHOOL = Target(School(kind="primary"), 2026, {}, None)


def read(data, kind="primary"):
    sheets, rows = read_list(data, Target(School(kind=kind), 2026, {}, None))
    told = [
        (
            row.class_name,
            row.name,
            row.student_number,
            row.birth_month,
            [(g.relation, g.name, g.phone[3:]) for g in row.guardians],
        )
        for row in rows
    ]
    findings = [(f.row, f.code) for row in rows for f in row.findings]
    return told, findings, sheets


def test_title_rows_and_a_header_of_two_rows():
    told, findings, sheets = read(books.title_and_two_rows_of_header())
    assert told == [
        (
            "三年级2班",
            "陈小满",
            "G500105201801010011",
            "",
            [("father", "陈强", ""), ("mother", "陈静", "13800138001")],
        ),
        ("三年级2班", "李乐乐", "G500105201801010012", "", [("father", "李伟", "13800138003")]),
    ]
    assert findings == []
    assert sheets[0].header.unneeded == ["身份证号", "家庭住址"]
    assert sheets[0].header.ignored == ["序号"]


def test_merged_classes_and_names():
    told, findings, _sheets = read(books.merged_classes())
    assert told == [
        (
            "三年级2班",
            "陈小满",
            "",
            "",
            [("mother", "陈静", "13800138001"), ("grandparent", "陈建国", "13800138002")],
        ),
        ("三年级2班", "李乐乐", "", "", [("father", "李伟", "13800138003")]),
        (
            "三年级1班",
            "王一一",
            "",
            "",
            [("mother", "王芳", "13800138004"), ("mother", "王芳", "13800138005")],
        ),
        ("三年级1班", "赵二二", "", "", [("father", "赵强", "")]),
    ]
    assert findings == [(3, "row_joined"), (6, "phone_unreadable"), (6, "no_phone")]


def test_class_from_the_name_of_the_sheet():
    told, findings, sheets = read(books.sheet_for_each_class())
    assert told == [
        ("三年级1班", "王一一", "20260101", "", [("other", "", "13800138004")]),
        ("三年级1班", "赵二二", "20260102", "", []),
        ("三年级2班", "陈小满", "20260201", "", [("other", "", "13800138001")]),
    ]
    assert findings == [(3, "no_phone")]
    assert [sheet.sheet.name for sheet in sheets] == ["三年级1班", "三年级2班"]


def test_csv_in_gbk_with_columns_in_any_order():
    told, findings, _sheets = read(books.gbk_csv())
    assert told == [
        ("三年级2班", "陈小满", "", "2018-01", [("mother", "", "13800138001")]),
        ("三年级2班", "李乐乐", "", "2018-03", [("father", "", "13800138003")]),
    ]
    assert findings == []


def test_kindergarten():
    told, findings, sheets = read(books.kindergarten(), "kindergarten")
    assert told == [
        (
            "小1班",
            "豆豆",
            "",
            "2023-03",
            [("father", "高山", "13800138006"), ("mother", "林溪", "13800138007")],
        ),
        ("彩虹班", "果果", "", "2023-05", [("mother", "周云", "")]),
        ("大1班", "果果", "", "2021-05", [("mother", "周云", "13800138008")]),
    ]
    assert findings == [(4, "grade_missing"), (4, "phone_unreadable"), (4, "no_phone")]
    assert (sheets[0].header.unneeded, sheets[0].header.ignored) == (["民族"], ["备注"])


def test_what_spreadsheets_lose_and_what_people_type_as_a_joke():
    told, findings, _sheets = read(books.numbers_lost())
    assert [(name, number) for _class, name, number, _birth, _guardians in told] == [
        ("陈小满", ""),
        ("李乐乐", ""),
    ]
    assert findings == [(2, "number_lossy"), (4, "number_unreadable"), (4, "birth_unreadable")]


def test_one_number_under_two_names_names_both_rows():
    twin = [*books.LELE]
    twin[2] = books.XIAOMAN[2]
    _told, findings, _sheets = read(books.plain_book(books.XIAOMAN, twin))
    assert findings == [(3, "number_twice")]


def test_child_twice_with_another_guardian_is_one_child():
    again = [*books.XIAOMAN[:4], "陈建国", "13800138002", "外公", ""]
    told, findings, _sheets = read(books.plain_book(books.XIAOMAN, again))
    assert [len(guardians) for *_child, guardians in told] == [2]
    assert findings == [(3, "row_joined")]


def test_child_twice_without_a_phone_keeps_the_remark():
    bare = [*books.XIAOMAN[:4], "", "", "", ""]
    told, findings, _sheets = read(books.plain_book(bare, bare))
    assert len(told) == 1
    assert findings == [(2, "no_phone"), (3, "no_phone"), (3, "row_joined")]


@pytest.mark.parametrize(
    ("row", "findings"),
    [
        (["三年级", "2班", "", "", "陈静", "13800138001", "", ""], [(2, "name_missing")]),
        (["", "", "", "陈小满", "", "13800138001", "", ""], [(2, "class_missing")]),
        (["", "彩虹班", "", "陈小满", "", "13800138001", "", ""], [(2, "grade_missing")]),
        (["三年级", "2班", "", "陈" * 31, "", "13800138001", "", ""], [(2, "name_too_long")]),
    ],
)
def test_row_that_cannot_be_taken(row, findings):
    assert read(books.plain_book(row))[1] == findings


def test_empty_class_is_taken_from_above():
    below = ["", "", *books.LELE[2:]]
    told, findings, _sheets = read(books.plain_book(books.XIAOMAN, below))
    assert [child[0] for child in told] == ["三年级2班", "三年级2班"]
    assert findings == [(3, "class_from_above")]
