"""Rosters as ugly as schools have them, and what the dry run says of each: docs/ugly-rosters.md.

`UGLY=write pytest tests/learners/schools/roster/test_ugly.py` writes the table anew.
"""

import csv
import io
import os
from pathlib import Path

from django.utils import translation
from openpyxl import Workbook

from learners.schools.models import Child
from learners.schools.roster import opening
from learners.schools.roster.checking import findings_of, plan_for, read_list, report_of, target_of
from learners.schools.roster.opening import FileRefusedError
from tests.learners.schools.roster import books, old_books

DOC = Path(__file__).resolve().parents[4] / "docs" / "ugly-rosters.md"
PLAIN = books.plain_book(books.XIAOMAN)


def hundred_thousand_rows():
    book = Workbook(write_only=True)
    sheet = book.create_sheet("全校")
    sheet.append(["姓名"])
    for _n in range(100_000):
        sheet.append(["陈小满"])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def csv_with_scripts():
    """Formulas and scripts where names and guardians stand."""
    text = io.StringIO()
    rows = [["班级", "姓名", "家长姓名", "联系电话"],
            ["三年级2班", '=HYPERLINK("http://x","点我")', "+cmd|' /C calc'!A0", "13800138001"],
            ["三年级2班", "<img src=x onerror=alert(1)>", "@SUM(A1:A9)", "13800138002"],
            ["三年级2班", "陈小满", "-2+3", "1380013"]]  # fmt: skip
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def old_with_everything():
    rows = [["江湾小学三年级学生名册"], ["班级", "姓名", "身份证号", "家长电话"],
            ["三（2）班", "陈小满", "50010520180101001X", 13800138001.0],
            [None, "李 乐乐", "500105201803010021", "+86 138-0013-8003"]]  # fmt: skip
    return old_books.old_book(("Sheet1", rows), merged=[(0, 0, 0, 3), (2, 3, 0, 0)])


UGLY = {
    "title over everything, header in two rows, identity numbers, a sum below": (
        books.title_and_two_rows_of_header
    ),
    "merged class cells, two guardians in two rows, full-width digits": books.merged_classes,
    "a sheet for each class, a note, an empty sheet": books.sheet_for_each_class,
    "csv in GBK, columns in another order, phones with +86 and spaces": books.gbk_csv,
    "kindergarten with parents side by side, dates as numbers, allergies": books.kindergarten,
    "numbers that lost their end, header repeated, formulas and scripts": books.numbers_lost,
    "csv with formulas and scripts as names": csv_with_scripts,
    "old .xls with a title, merged classes and identity numbers": old_with_everything,
    "100,000 rows": hundred_thousand_rows,
    "xlsx with a password": lambda: opening.OLE + bytes(600) + opening.ENCRYPTED,
    "xls with a password": lambda: old_books.with_password(old_books.biff(("a", [["姓名"]]))),
    "xlsx with macros": lambda: books.with_entry(PLAIN, "xl/vbaProject.bin", b"x"),
    "truncated on its way": lambda: PLAIN[:-200],
    "zip bomb": lambda: books.with_entry(PLAIN, "xl/a.bin", bytes(opening.MOST_UNPACKED + 1)),
    "a picture renamed to .xlsx": lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    "empty": lambda: b"",
}


def said_of(data, target):
    try:
        sheets, rows = read_list(data, target)
    except FileRefusedError as refusal:
        return f"refused: {refusal.text}"
    plan = plan_for(rows, target, {})
    report = report_of(sheets, plan, target)
    counts = ", ".join(f"{what} {n}" for what, n in plan.counts.items() if n)
    found = [finding for row in report["rows"] for finding in findings_of(row)]
    texts = list(dict.fromkeys(str(finding.text) for finding in found))
    left_out = [f"never stored: {'、'.join(report['unneeded'])}"] if report["unneeded"] else []
    return "; ".join([counts, *texts, *left_out]).replace("|", "\\|").replace("<", "\\<")


def test_ugly_rosters_are_answered_as_the_page_says(school):
    lines = ["| roster | what the dry run says |", "|---|---|"]
    with translation.override("en"):
        for name, made in UGLY.items():
            lines.append(f"| {name} | {said_of(made(), target_of(school, 2026, None))} |")
    before = DOC.read_text()
    start = before.index("| roster |")
    if os.environ.get("UGLY") == "write":
        DOC.write_text(before[:start] + "\n".join(lines) + "\n")
    assert DOC.read_text()[start:].splitlines() == lines
    assert Child.objects.count() == 0
