"""An age in a query is the child's age stage: completed years, as data/taxonomy.json defines."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2, "俩": 2, "仨": 3}
NUMBER = r"(?:\d{1,2}|十[一二三四五六七八]?|[一二两三四五六七八九])"
YEARS = re.compile(rf"({NUMBER})(?:个?多)?(?:周)?岁(?:半|多|出头|左右)?")
BETWEEN = re.compile(r"(十?)([一二三四五六七八九])([二三四五六七八九])(?:周)?岁(?:半|多)?")
SPAN = re.compile(rf"({NUMBER})(?:周?岁)?[-~—到至]({NUMBER})周?岁")
MONTHS = re.compile(rf"(仨|{NUMBER})个?(?:半|多)?月(?:龄|大|的?(?:宝宝|宝贝|婴儿|孩子|小孩|娃))")
DAYS = re.compile(r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})天的?(?:宝宝|婴儿|孩子|小孩|娃)")
GRADE = re.compile(
    r"([一二三四五六1-6])年级|(?<![从大胆最])小([一二四五六])(?=$|[上下新学生娃男女孩的 ])"
)

# The usual ages in years of somebody who is called that; -1: not born yet.
CALLED: dict[str, tuple[int, ...]] = {
    word: ages
    for ages, words in {
        (-1,): "怀孕 孕期 孕妇 备孕 胎教 准妈妈 准爸爸 准父母 孕妈 待产",
        (0,): "新生儿 婴儿 月子 半岁 满月 百天 百日 月龄 没断奶",
        (1,): "宝宝 周岁",
        (2,): "托班 托育",
        (3,): "入园",
        (4,): "幼儿园 小班",
        (5,): "中班 学前",
        (6,): "大班 幼升小",
        (9,): "小学 小学生",
        (12,): "小升初",
        (8, 13): "十来岁",
        (13,): "初中 初中生 初中学生 初一",
        (14,): "初二",
        (15,): "初三 中考 初升高",
        (14, 17): "十几岁 中学 中学生",
        (16,): "高中 高中生 高中学生 高一 职高 技校 中专",
        (17,): "高二 高三 高考",
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


def _between(said: re.Match[str]) -> tuple[int, ...]:
    """七八岁, 十五六岁."""
    ten = 10 if said[1] else 0
    return (ten + DIGITS[said[2]], ten + DIGITS[said[3]])


# The longer way of saying it first: 十五六岁 is not 六岁.
SAID: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[int, ...]], bool], ...] = (
    (SPAN, lambda said: (number(said[1]), number(said[2])), False),
    (BETWEEN, _between, False),
    (YEARS, lambda said: (number(said[1]),), False),
    (MONTHS, lambda said: (number(said[1]) // 12,), False),
    (DAYS, lambda said: (0,), False),
    (GRADE, lambda said: (6 + number(said[1] or said[2]),), True),
)


def find(text: str, stages: list[Stage]) -> list[AgeWord]:
    """The ages said in a folded text, none overlapping another."""
    said = [
        (m.start(), m.end(), ages(m), is_name)
        for pattern, ages, is_name in SAID
        for m in pattern.finditer(text)
    ]
    for word in sorted(CALLED, key=len, reverse=True):
        said += [(m.start(), m.end(), CALLED[word], True) for m in re.finditer(word, text)]
    found: list[AgeWord] = []
    for start, end, meant, is_name in said:
        codes = tuple(dict.fromkeys(code for age in meant for code in stages_of(age, stages)))
        if codes and all(end <= other.start or start >= other.end for other in found):
            found.append(AgeWord(start, end, codes, is_name))
    return sorted(found, key=lambda word: word.start)
