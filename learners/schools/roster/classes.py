"""A class has one name, however a list writes it: 三（2）班, 三年级2班, 302, 大一班, 彩虹班.

The name is the grade and the number, or the grade and the class's own name.
"""

import re
import unicodedata

from learners.schools.grades import grade_name, parse_grade

LITTLE = r"[托小中大]"
DIGITS = r"(?:[1-9][0-9]?|十[一二三四五六七八九]?|[一二三四五六七八九])"
GRADE = r"(?:小学|初|高|职高|初中|高中)?(?:1[0-2]|[1-9]|十[一二]|[一二三四五六七八九十])"
FULL = (
    re.compile(rf"(?P<grade>{GRADE})(?:年级|级|年)(?P<label>.*)"),
    re.compile(rf"(?P<grade>(?:初|高|职高){GRADE})(?P<label>.*)"),
    re.compile(rf"(?P<grade>{LITTLE})班(?P<label>.+)"),
    re.compile(rf"(?P<grade>{LITTLE})(?P<label>{DIGITS}班?)"),
    re.compile(
        r"(?P<grade>[一二三四五六七八九])(?P<label>(?:[1-9][0-9]?|[一二三四五六七八九十])班)"
    ),
    re.compile(r"(?P<grade>[1-9])[.-](?P<label>[1-9][0-9]?班?)"),
    re.compile(r"(?P<grade>[1-9])(?P<label>[0-9]{2}班?)"),
)
ONLY_LITTLE = re.compile(rf"(?P<grade>{LITTLE}班)(?P<label>)")
LABEL = re.compile(rf"(?P<number>0?{DIGITS})班?")
IN_TITLE = re.compile(
    r"(?:小学|初中?|高中?)?[一二三四五六七八九123456789](?:年级|级)?[(（]?[0-9一二三四五六七八九十]{1,2}[)）]?班"
    r"|[托小中大][0-9一二三四五六七八九十]{1,2}班|[托小中大]班"
)
CHINESE = {digit: number for number, digit in enumerate("零一二三四五六七八九")}
LONGEST = 40


def parse_class(text: str, grade_text: str = "", kind: str = "") -> tuple[int | None, str]:
    """The grade (None when nothing tells it) and the whole name; empty when there is none."""
    plain = _plain(text)
    grade = parse_grade(grade_text, kind) if grade_text else None
    own_grade, label = _split(plain, kind, grade)
    grade = grade if own_grade is None else own_grade
    if not label:
        return grade, grade_name(grade) if plain else ""
    return grade, _name(grade, label)


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text)
    return "".join(sign for sign in folded if not sign.isspace() and sign not in "()[]【】")


def _split(plain: str, kind: str, given: int | None) -> tuple[int | None, str]:
    """The grade that a class's own text names, and the rest."""
    # With a grade of its own column, "12" is class 12 and not class 2 of the first grade.
    if given is not None and LABEL.fullmatch(plain):
        return None, plain
    for pattern in (*FULL, ONLY_LITTLE):
        found = pattern.fullmatch(plain)
        grade = parse_grade(found["grade"], kind) if found else None
        if found and grade is not None:
            return grade, found["label"]
    return None, plain


def _name(grade: int | None, label: str) -> str:
    number = LABEL.fullmatch(label)
    name = grade_name(grade)
    if number is None:
        return f"{name}{label}"[:LONGEST]
    if grade is not None and grade <= 0:
        name = name.removesuffix("班")
    return f"{name}{_value(number['number'])}班"


def _value(digits: str) -> int:
    if digits.isdecimal():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    return (10 if ten else 0) + CHINESE.get(ones, 0) + CHINESE.get(tens, 0)


def class_in_title(text: str, kind: str = "") -> tuple[int | None, str]:
    """The class that a sheet's name or title line names, if any."""
    found = IN_TITLE.search("".join(unicodedata.normalize("NFKC", text).split()))
    return parse_class(found[0], kind=kind) if found else (None, "")
