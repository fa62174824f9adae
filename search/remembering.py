"""Which searched texts may be counted: short ones that name nobody and nothing of somebody's
(issue: queries that look like phones or ids are dropped)."""

import re

MOST_CHARACTERS = 30
NUMBER = re.compile(r"(?:[\d零〇一二三四五六七八九两幺壹贰叁肆伍陆柒捌玖][\W_]*){5,}")
"""Five digits however they are parted, in figures, in words or in both."""
ADDRESS = re.compile(r"[@#]|https?:|www\.|微信|wx[:：]|qq[:：]?\d|\d+(?:号|栋|单元|室)")
NAMED = re.compile(r"我(?:叫|是)|(?:名字|姓名|叫做|身份证|学号|电话号|手机号)")


def may_be_counted(text: str) -> bool:
    """A folded text of words, without long numbers, addresses, accounts or who somebody is."""
    if len(text) > MOST_CHARACTERS or not any(map(str.isalnum, text)):
        return False
    return not (NUMBER.search(text) or ADDRESS.search(text) or NAMED.search(text))
