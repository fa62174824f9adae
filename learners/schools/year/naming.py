"""What a class is called a year later: its grade is one more, its number stays (PRODUCT.md, Words).

A class that its school has no higher grade for has finished it: the children graduate.
"""

from learners.schools.grades import BY_KIND, LAST, grade_name
from learners.schools.roster.classes import LONGEST, parse_class

Grade = int | None


def later(name: str, grade: Grade, kind: str, years: int = 1) -> tuple[Grade, str] | None:
    """Grade and name after so many years; None when the class has left the school by then.

    A class without a grade, where guardians count, goes on as it is.
    """
    if grade is None:
        return None, name
    _first, last = BY_KIND.get(kind, (0, LAST))
    if grade + years > last:
        return None
    return grade + years, _renamed(name, grade, grade + years, kind)


def _renamed(name: str, old: int, new: int, kind: str) -> str:
    """三（2）班 → 四年级2班, 小班彩虹 → 中班彩虹; a name that tells no grade stays."""
    told, plain = parse_class(name, kind=kind)
    plain = plain if told == old else name
    before, after = (_stem(plain, old, grade) for grade in (old, new))
    if not plain.startswith(before):
        return name
    return f"{after}{plain[len(before) :]}"[:LONGEST]


def _stem(plain: str, old: int, grade: int) -> str:
    """小 of 小1班 and of 小班, else the grade's whole name."""
    stem = grade_name(grade)
    return stem.removesuffix("班") if old <= 0 and not plain.startswith(grade_name(old)) else stem
