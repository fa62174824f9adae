"""Which column holds what, by the names that schools give their columns.

What nobody needs (identity card, address) is recognised first, so that 学生身份证号 is never
taken for a student number.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

from learners.schools.roster.cells import parse_relation

What = Literal["grade", "class", "number", "name", "birth", "relation", "guardian", "phone"]

UNNEEDED = re.compile(
    r"身份证|证件|护照|住址|地址|户籍|户口|籍贯|民族|血型|病史|疾病|过敏|健康|宗教|政治面貌"
    r"|单位|职业|职务|学历|收入|银行|卡号|账号|微信|QQ|邮箱|照片|指纹|残疾|低保|贫困|信仰",
    re.IGNORECASE,
)
CHILD = r"(?:学生|孩子|幼儿|宝宝|儿童|小朋友)?"
OWN: tuple[tuple[What, re.Pattern[str]], ...] = (
    ("grade", re.compile(r"(?:所在|就读|现)?年级(?:名称)?")),
    ("class", re.compile(r"(?:所在|就读|现|行政)?(?:年级)?(?:班级|班别|班名|班)(?:名称|号)?")),
    ("number", re.compile(rf"{CHILD}(?:全国|个人)?(?:学号|学籍号|学籍辅号|学籍编号|编号)(?:码)?")),
    ("name", re.compile(rf"(?:{CHILD}(?:姓名|名字|名)|学生|幼儿|孩子|宝宝)")),
    ("birth", re.compile(rf"{CHILD}(?:的)?(?:出生(?:年月日|年月|日期|时间)?|生日)")),
)
RELATION = re.compile(r"(?:与|和)?(?:本人|学生|孩子|幼儿|宝宝|儿童)?(?:的)?(?:亲属)?(?:关系|称谓)")
PERSON = re.compile(
    r"第?(?P<before>[一二三四1-4])?位?(?P<anybody>家长|监护人|紧急)?"
    r"(?P<who>父亲|爸爸|父|母亲|妈妈|母|爷爷|奶奶|外公|外婆|姥姥|姥爷|祖父|祖母|家长|监护人|联系人)?"
    r"(?P<after>[一二三四1-4])?的?"
    r"(?P<what>姓名|名字|(?:备用|其他|移动|联系|常用|家庭|本人)?(?:手机|电话|联系方式)(?:号码|号)?"
    r"|(?:与|和)?(?:学生|孩子|幼儿|本人)?(?:的)?(?:关系|称谓))?"
    r"(?P<end>[一二三四1-4])?"
)
NOISE = re.compile(
    r"必填|选填|可不填|[\s()\[\]【】*:：.,，。、_/\\-]|信息(?=姓名|名字|手机|电话|联系|关系)|信息$"
)
HEADS = re.compile(r"^(?:学生|幼儿|孩子|基本|个人)(?:基本)?(?:信息|情况|资料)")
ORDER = {sign: number for signs in ("一二三四", "1234") for number, sign in enumerate(signs, 1)}
ANYBODY = frozenset({"家长", "监护人", "联系人"})


@dataclass(frozen=True, slots=True)
class Column:
    """`group` tells guardians apart: who they are, and which one of several."""

    what: What | Literal["unneeded"]
    group: tuple[str, int] = ("", 1)


def parse_heading(text: str) -> Column | None:
    """What a heading says its column holds; None when nothing we know."""
    folded = unicodedata.normalize("NFKC", text)
    if UNNEEDED.search(folded):
        return Column("unneeded")
    plain = HEADS.sub("", NOISE.sub("", folded))
    for what, pattern in OWN:
        if pattern.fullmatch(plain):
            return Column(what)
    if RELATION.fullmatch(plain):
        return Column("relation")
    return _guardian(plain) if plain else None


def _guardian(plain: str) -> Column | None:
    found = PERSON.fullmatch(plain)
    if found is None or not (found["who"] or found["what"] or found["anybody"]):
        return None
    who, says = found["who"] or "", found["what"] or ""
    who = "" if who in ANYBODY else who
    number = next((ORDER[found[n]] for n in ("before", "after", "end") if found[n]), 1)
    if "关系" in says or "称谓" in says:
        return Column("relation", (who, number))
    is_phone = any(word in says for word in ("手机", "电话", "联系"))
    return Column("phone" if is_phone else "guardian", (who, number))


def columns_of(headings: list[str]) -> dict[int, Column]:
    """By place. What comes twice belongs to the next guardian; a second student number to none."""
    found: dict[int, Column] = {}
    for place, heading in enumerate(headings):
        column = parse_heading(heading)
        if column is None:
            continue
        while column.what != "unneeded" and column in found.values():
            if column.what not in {"guardian", "phone", "relation"}:
                break
            column = Column(column.what, (column.group[0], column.group[1] + 1))
        if column.what == "unneeded" or column not in found.values():
            found[place] = column
    return _with_school_register(found, headings)


def _with_school_register(found: dict[int, Column], headings: list[str]) -> dict[int, Column]:
    """Of 学号 and 学籍号 the second is the child's for life: it counts, the other does not."""
    numbers = [
        place
        for place, heading in enumerate(headings)
        if (column := parse_heading(heading)) and column.what == "number"
    ]
    lasting = next((place for place in numbers if "籍" in headings[place]), None)
    if lasting is None:
        return found
    kept = {place: column for place, column in found.items() if place not in numbers}
    return {**kept, lasting: Column("number")}


def relation_of(group: tuple[str, int]) -> str:
    """What the heading says of the guardian; empty when it leaves that open."""
    return parse_relation(group[0]) if group[0] else ""
