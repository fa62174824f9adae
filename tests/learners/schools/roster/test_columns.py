import pytest

from learners.schools.roster.columns import Column, columns_of, parse_heading


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("年级", Column("grade")),
        ("所在班级", Column("class")),
        ("班 级（必填）", Column("class")),
        ("学籍号", Column("number")),
        ("全国学籍号", Column("number")),
        ("学生姓名*", Column("name")),
        ("姓　名", Column("name")),
        ("学生信息姓名", Column("name")),
        ("出生年月", Column("birth")),
        ("幼儿出生日期：", Column("birth")),
        ("关系", Column("relation")),
        ("与学生关系", Column("relation")),
        ("家长", Column("guardian")),
        ("监护人姓名", Column("guardian")),
        ("联系人", Column("guardian")),
        ("联系电话", Column("phone")),
        ("家长手机号码", Column("phone")),
        ("家长（父亲）手机", Column("phone", ("父亲", 1))),
        ("父亲", Column("guardian", ("父亲", 1))),
        ("妈妈电话", Column("phone", ("妈妈", 1))),
        ("第二监护人姓名", Column("guardian", ("", 2))),
        ("家长2联系方式", Column("phone", ("", 2))),
        ("监护人1关系", Column("relation", ("", 1))),
        ("学生身份证号", Column("unneeded")),
        ("家庭住址", Column("unneeded")),
        ("父亲工作单位", Column("unneeded")),
        ("序号", None),
        ("性别", None),
        ("备注", None),
        ("", None),
    ],
)
def test_heading(heading, column):
    assert parse_heading(heading) == column


def test_what_comes_twice_belongs_to_the_next_guardian():
    headings = ["姓名", "家长姓名", "电话", "家长姓名", "电话", "姓名"]
    assert columns_of(headings) == {
        0: Column("name"),
        1: Column("guardian"),
        2: Column("phone"),
        3: Column("guardian", ("", 2)),
        4: Column("phone", ("", 2)),
    }


def test_register_number_counts_before_the_school_number():
    assert columns_of(["学号", "姓名", "学籍号"]) == {1: Column("name"), 2: Column("number")}
    assert columns_of(["学号", "姓名"]) == {0: Column("number"), 1: Column("name")}
