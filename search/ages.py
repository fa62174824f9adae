"""An age in a query is the child's age stage: completed years, as data/taxonomy.json defines."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "俩": 2}
NUMBER = r"(?:\d{1,2}|十[一二三四五六七八]?|[一二两三四五六七八九])"
YEARS = re.compile(rf"({NUMBER})(?:周)?岁(?:半|多)?")
MONTHS = re.compile(rf"({NUMBER})个?月(?:大|的?(?:宝宝|婴儿|孩子|娃))")
GRADE = re.compile(r"([一二三四五六1-6])年级")

# The usual age in years of somebody who is called that; -1: not born yet.
CALLED: dict[str, int] = {
    word: age
    for age, words in {
        -1: "怀孕 孕期 孕妇 备孕 胎教 准妈妈 准爸爸",
        0: "新生儿 婴儿 月子",
        1: "宝宝",
        2: "托班 托育",
        3: "入园",
        4: "幼儿园 小班",
        5: "中班 学前",
        6: "大班",
        9: "小学 小学生",
        13: "初中 初中生 初一",
        14: "初二",
        15: "初三 中考",
        16: "高中 高中生 高一 职高 技校",
        17: "高二 高三 高考",
    }.items()
    for word in words.split()
}


@dataclass(frozen=True)
class Stage:
    code: str
    min_age: int | None
    max_age: int | None


@dataclass(frozen=True)
class AgeWord:
    """What was said about age, where in the text, and the stages it means.

    `is_name`: a word such as 新生儿 that also says what it is about, unlike 8岁.
    """

    start: int
    end: int
    codes: tuple[str, ...]
    is_name: bool = False


def number(text: str) -> int:
    """Up to 19, in digits or in words."""
    if text.isdigit():
        return int(text)
    if text[0] == "十":
        return 10 + (DIGITS[text[1]] if len(text) > 1 else 0)
    return DIGITS[text]


def stages_of(age: int, stages: Iterable[Stage]) -> tuple[str, ...]:
    """-1 is before birth; an age beyond every stage has none."""
    if age < 0:
        return tuple(stage.code for stage in stages if stage.min_age is None)
    return tuple(
        stage.code
        for stage in stages
        if stage.min_age is not None
        and stage.max_age is not None
        and stage.min_age <= age <= stage.max_age
    )


def find(text: str, stages: list[Stage]) -> list[AgeWord]:
    """The ages said in a folded text, none overlapping another."""
    said = [(m.start(), m.end(), number(m[1]), False) for m in YEARS.finditer(text)]
    said += [(m.start(), m.end(), number(m[1]) // 12, False) for m in MONTHS.finditer(text)]
    said += [(m.start(), m.end(), 6 + number(m[1]), True) for m in GRADE.finditer(text)]
    for word in sorted(CALLED, key=len, reverse=True):
        said += [(m.start(), m.end(), CALLED[word], True) for m in re.finditer(word, text)]
    found: list[AgeWord] = []
    for start, end, age, is_name in said:
        codes = stages_of(age, stages)
        if codes and all(end <= other.start or start >= other.end for other in found):
            found.append(AgeWord(start, end, codes, is_name))
    return sorted(found, key=lambda word: word.start)
