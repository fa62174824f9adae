"""Ugly rosters, made here as schools make them."""

import io
import zipfile

from openpyxl import Workbook

HEADER = ["年级", "班级", "学籍号", "姓名", "家长姓名", "联系电话", "关系", "出生年月"]
XIAOMAN = [
    "三年级",
    "2班",
    "G500105201801010011",
    "陈小满",
    "陈静",
    "13800138001",
    "母亲",
    "2018-01",
]
LELE = ["三年级", "2班", "G500105201801010012", "李乐乐", "李伟", "13800138003", "父亲", "2018-03"]


def book(*sheets, merged=()):
    """An xlsx; a sheet is its name and its rows, `merged` ranges belong to the first sheet."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    for cells in merged:
        made.worksheets[0].merge_cells(cells)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def plain_book(*rows):
    return book(("花名册", [HEADER, *rows]))


def with_entry(data, name, content, compression=zipfile.ZIP_DEFLATED):
    """The same xlsx with one more file inside."""
    target = io.BytesIO(data)
    with zipfile.ZipFile(target, "a", compression) as archive:
        archive.writestr(name, content)
    return target.getvalue()


def title_and_two_rows_of_header():
    """A title over everything, a header of two rows, pairs of father and mother, ids, sums."""
    rows = [
        ["江湾小学三年级（2）班学生花名册", *[None] * 8],
        ["班主任：王老师", *[None] * 8],
        ["序号", "学籍号", "姓名", "身份证号", "父亲信息", None, "母亲信息", None, "家庭住址"],
        [None, None, None, None, "姓名", "手机", "姓名", "手机", None],
        [
            1,
            "g500105201801010011",
            "陈小满",
            "50010520180101001X",
            "陈强",
            None,
            "陈静",
            "138-0013-8001",
            "某路1号",
        ],
        [None] * 9,
        [
            2,
            "G500105201801010012",
            "李 乐乐",
            "500105201803010021",
            "李伟",
            13800138003,
            None,
            None,
            "某路2号",
        ],
        ["合计：2人", *[None] * 8],
    ]
    merged = ["A1:I1", "E3:F3", "G3:H3", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "I3:I4"]
    return book(("Sheet1", rows), merged=merged)


def merged_classes():
    """One class cell over its children, one name over two guardians, full-width digits."""
    rows = [
        ["班级", "姓名", "家长", "手机号码", "与学生关系"],
        ["三（２）班", "陈小满", "陈静", "＋８６ １３８００１３８００１", "妈妈"],
        [None, None, "陈建国", "13800138002", "外公"],
        [None, "李乐乐", "李伟", "86-13800138003", "爸爸"],
        ["三（1）班", "王一一", "王芳", "13800138004/13800138005", "母亲"],
        [None, "赵二二", "赵强", "02367000000", "父亲"],
    ]
    return book(("名单", rows), merged=["A2:A4", "A5:A6", "B2:B3"])


def sheet_for_each_class():
    """The class stands in the sheet's name alone; one sheet is a note, one is empty."""
    head = ["姓名", "学号", "联系电话"]
    return book(
        ("说明", [["请各班填写，周五前交教务处"]]),
        ("三年级1班", [head, ["王一一", 20260101, 13800138004], ["赵二二", 20260102, None]]),
        ("三年级2班", [head, ["陈小满", 20260201, 13800138001.0]]),
        ("空表", []),
    )


def gbk_csv():
    lines = [
        "联系电话,学生姓名,所在班级,年级,关系,出生日期",
        "+86 13800138001,陈小满,2班,三年级,母,2018/1/5",
        "\t 138 0013 8003 ,李乐乐,2,3,父,2018年3月",
        ",,,,,",
    ]
    return "\r\n".join(lines).encode("gbk")


def kindergarten():
    rows = [
        ["石门幼儿园2026年秋季幼儿信息表"],
        [
            "幼儿姓名",
            "班别",
            "出生年月日",
            "爸爸姓名",
            "爸爸电话",
            "妈妈姓名",
            "妈妈电话",
            "备注",
            "民族",
        ],
        ["豆豆", "小一班", 44986, "高山", "13800138006", "林溪", "13800138007", "对花生过敏", "汉"],
        ["果果", "彩虹班", "2023.5", "", "", "周云", "1380013", "", "汉"],
        ["果果", "大1班", "20210501", "", "", "周云", "13800138008", "", "汉"],
    ]
    return book(("Sheet1", rows))


def numbers_lost():
    """A number stored as a number, formulas and scripts typed as text, a repeated header."""
    rows = [
        HEADER,
        [
            "三年级",
            "2班",
            500105201801010011,
            "陈小满",
            "=cmd|'/c calc'!A1",
            "13800138001",
            "母亲",
            "",
        ],
        HEADER,
        [
            "三年级",
            "2班",
            "<script>alert(1)</script>",
            "李乐乐",
            "@SUM(A1)",
            "13800138003",
            "父亲",
            "五月",
        ],
    ]
    return book(("花名册", rows))
