"""A list of schools, classes and teachers: one row names a school, perhaps a class, perhaps who
teaches it. Columns stand in any order below a heading in the first ten rows.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from learners.accounts.phone import parse_phone
from learners.schools.grades import BY_KIND
from learners.schools.roster.classes import parse_class
from learners.schools.roster.sheets import FIRST_ROWS, Sheet

WHO = "(?:班主任|教师|老师|管理员|负责人|联系人)"
HEADINGS = {
    "district": re.compile(r"(?:所属|所在)?(?:区县|区|县|行政区划?)(?:名称)?"),
    "code": re.compile(r"(?:学校|单位)?(?:标识码|代码|编码|编号)"),
    "school": re.compile(r"(?:学校|园所|幼儿园|单位)(?:名称|全称)?"),
    "kind": re.compile(r"(?:学校|办学|单位)?(?:类型|类别|学段|性质)"),
    "grade": re.compile(r"年级(?:名称)?"),
    "class": re.compile(r"(?:所带|任教|年级)?班级(?:名称)?"),
    "teacher": re.compile(
        r"(?:班主任|教师|老师|管理员|负责人|联系人)?(?:姓名|名字)|班主任|教师|老师"
    ),
    "phone": re.compile(
        r"(?:班主任|教师|老师|管理员|负责人)?(?:联系|移动)?(?:手机|电话)(?:号码|号)?"
    ),
    "role": re.compile(r"职务|角色|岗位|身份"),
}
# The first word that a kind's cell contains decides.
KINDS = (
    ("kindergarten", ("幼儿园", "幼教", "托育")),
    ("community_rural", ("农村社区", "村家长", "村级", "行政村")),
    ("community_urban", ("城市社区", "社区")),
    ("workplace", ("单位", "企业", "机关")),
    ("vocational", ("职业", "中职", "职高", "中专", "技工")),
    ("senior", ("高中", "高级中学")),
    ("junior", ("初中", "初级中学", "九年一贯")),
    ("primary", ("小学",)),
    ("other", ("其他", "特殊教育", "特教")),
)
CODE = re.compile(r"[A-Z0-9-]{2,30}")
NOISE = re.compile(r"必填|选填|[\s()\[\]【】*:：]")


@dataclass(slots=True)
class PlaceRow:
    """`row` counts from 1; empty is what was not told; `errors` are codes."""

    sheet: str
    row: int
    district: str = ""
    code: str = ""
    school: str = ""
    kind: str = ""
    class_name: str = ""
    grade: int | None = None
    teacher: str = ""
    phone: str = ""
    administers: bool = False
    errors: list[tuple[str, str]] = field(default_factory=list)


def parse_kind(text: str) -> str:
    """The kind of school that a word like 幼儿园 or 九年一贯制学校 names; empty for none."""
    return next((kind for kind, words in KINDS if any(word in text for word in words)), "")


def read_places(sheet: Sheet, kinds: Mapping[str, str]) -> list[PlaceRow] | None:
    """None without a heading that names a school or its code. `kinds` on file are by code."""
    for start in range(min(FIRST_ROWS, len(sheet.rows))):
        places = _places(sheet.rows[start])
        if {"code", "school"} & set(places) and len(places) >= 2:
            return list(_rows(sheet, start, places, kinds))
    return None


def _places(row: list[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, text in enumerate(row):
        plain = NOISE.sub("", unicodedata.normalize("NFKC", text))
        what = next((w for w, pattern in HEADINGS.items() if pattern.fullmatch(plain)), None)
        if what and what not in found:
            found[what] = place
    return found


def _rows(
    sheet: Sheet, start: int, places: dict[str, int], kinds: Mapping[str, str]
) -> Iterator[PlaceRow]:
    known = dict(kinds)
    for index in range(start + 1, len(sheet.rows)):
        texts = sheet.rows[index]
        told = {what: texts[p] for what, p in places.items() if p < len(texts) and texts[p]}
        if told:
            row = _row(PlaceRow(sheet.name, index + 1), told, known)
            known.setdefault(row.code, row.kind)
            yield row


def _row(row: PlaceRow, told: dict[str, str], kinds: Mapping[str, str]) -> PlaceRow:
    row.district, row.school = told.get("district", ""), told.get("school", "")
    row.teacher = "".join(told.get("teacher", "").split())
    row.administers = any(word in told.get("role", "") for word in ("管理", "校长", "园长"))
    row.code = told.get("code", "").replace(" ", "").upper()
    if not CODE.fullmatch(row.code):
        row.errors.append(("code", row.code))
    row.kind = parse_kind(told.get("kind", ""))
    if told.get("kind") and not row.kind:
        row.errors.append(("kind", told["kind"]))
    _put_class(row, told, row.kind or kinds.get(row.code, ""))
    _put_phone(row, told.get("phone", ""))
    return row


def _put_class(row: PlaceRow, told: dict[str, str], kind: str) -> None:
    if not told.get("class"):
        return
    row.grade, row.class_name = parse_class(told["class"], told.get("grade", ""), kind)
    if row.grade is None and kind in BY_KIND:
        row.errors.append(("grade", told["class"]))


def _put_phone(row: PlaceRow, text: str) -> None:
    try:
        row.phone = parse_phone(text) if text else ""
    except ValueError:
        row.errors.append(("phone", text))
    if row.phone and not row.administers and not row.class_name:
        row.errors.append(("post", row.teacher))
