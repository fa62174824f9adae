"""Grades stand on one scale over all kinds of school, so that next year's is one more.

Nursery −3, kindergarten −2 to 0, primary 1 to 6, junior 7 to 9, senior 10 to 12, as Chinese
schools number them (义务教育: nine years). A class for guardians has none.
"""

import re
import unicodedata

NURSERY, FIRST, LAST = -3, -2, 12
NAMES = {
    -3: "托班",
    -2: "小班",
    -1: "中班",
    0: "大班",
    1: "一年级",
    2: "二年级",
    3: "三年级",
    4: "四年级",
    5: "五年级",
    6: "六年级",
    7: "七年级",
    8: "八年级",
    9: "九年级",
    10: "高一",
    11: "高二",
    12: "高三",
}
BY_KIND = {
    "kindergarten": (-3, 0),
    "primary": (1, 6),
    "junior": (7, 9),
    "senior": (10, 12),
    "vocational": (10, 12),
}
DIGITS = {digit: number for number, digit in enumerate("零一二三四五六七八九十")}
KINDERGARTEN = {"托": -3, "小": -2, "中": -1, "大": 0}
STAGES = (("小", 0), ("初", 6), ("高", 9), ("职", 9), ("中专", 9))
NUMBER = r"(1[0-2]|[1-9]|十[一二]|[一二三四五六七八九十])"
GRADE = re.compile(rf"(?P<stage>小学|小|初中|初|高中|高|职高|职|中专)?{NUMBER}(?:年级|年)?")
LITTLE = re.compile(r"(?P<size>[托小中大])(?:班|小班)?")


def parse_grade(text: str, kind: str = "") -> int | None:
    """ "三年级", "３", "初一", "高二年级", "大班" on the scale; None when it says no grade.

    A bare number counts within the kind of school: "1" is seventh grade at a junior school.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split()).removesuffix("级")
    little = LITTLE.fullmatch(plain)
    if little:
        return KINDERGARTEN[little["size"]]
    found = GRADE.fullmatch(plain)
    if found is None:
        return None
    number = _number(found[2])
    stage = found["stage"] or ""
    if stage:
        number += next(more for prefix, more in STAGES if stage.startswith(prefix))
    elif kind in BY_KIND and number < BY_KIND[kind][0] and number <= 3:
        number += BY_KIND[kind][0] - 1
    return number if 1 <= number <= LAST else None


def _number(digits: str) -> int:
    if digits.isdecimal():
        return int(digits)
    return sum(DIGITS[digit] for digit in digits)


def grade_name(grade: int | None) -> str:
    return NAMES.get(grade, "") if grade is not None else ""


def grades_of(kind: str) -> list[tuple[int, str]]:
    """The grades a kind of school has, with their names; none where guardians count."""
    first, last = BY_KIND.get(kind, (1, 0) if kind != "other" else (NURSERY, LAST))
    return [(grade, NAMES[grade]) for grade in range(first, last + 1)]
