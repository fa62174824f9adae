"""What in a story might tell strangers who and where a child is: found to be confirmed or taken
out, never a reason to refuse (Law on the Protection of Minors, article 103: no exposing of
minors' names, homes and schools). It finds the usual ways of writing, not every one."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

MOST = 12


class Kind(StrEnum):
    PHONE = "phone"
    IDENTITY = "identity"
    ACCOUNT = "account"
    SCHOOL = "school"
    CLASS = "class"
    NAME = "name"
    HOME = "home"


@dataclass(frozen=True, slots=True)
class Finding:
    kind: Kind
    words: str


HAN = "\u4e00-\u9fff"
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛"
    "叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺"
    "赖龚文"
)
PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.IDENTITY, re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")),
    (Kind.PHONE, re.compile(r"(?<!\d)(?:\+?86[ -]?)?1[3-9]\d(?:[ -]?\d{4}){2}(?!\d)")),
    (Kind.PHONE, re.compile(r"(?<!\d)0\d{2,3}[ -]?\d{7,8}(?!\d)")),
    (
        Kind.ACCOUNT,
        re.compile(r"(?:微信|QQ|qq|抖音|快手)号?(?:是|为|叫|[:：])? ?[A-Za-z0-9_-]{5,}"),
    ),
    (
        Kind.CLASS,
        re.compile(
            r"[一二三四五六七八九初高][年级一二三]{0,2} ?[(（]?[\d一二三四五六七八九十]+[)）]? ?班"
        ),
    ),
    (Kind.NAME, re.compile(rf"(?:我叫|名叫|名字叫|大名叫|叫做)([{SURNAMES}][{HAN}]{{1,2}})")),
    (Kind.HOME, re.compile(rf"[{HAN}]{{2,8}}(?:路|街|巷|弄|村)\d+号")),
    (Kind.HOME, re.compile(rf"[{HAN}]{{0,8}}\d+(?:栋|幢|号楼)(?:\d+单元)?")),
)
SCHOOL = re.compile(rf"([{HAN}]{{2,14}}?)(小学|中学|初中|高中|幼儿园|学校)")
NO_NAME = re.compile(
    "[的上下在去到从是和与进读念所家个位他她我您你们时了着过给让把当办有没跟送回对这那被完离]"
)
"""Words after which the name of a school may begin."""
ANY_SCHOOL = {
    "乡村",
    "公立",
    "民办",
    "重点",
    "普通",
    "附近",
    "镇里",
    "村里",
    "县城",
    "寄宿",
    "老家",
}


def findings(text: str) -> list[Finding]:
    """At most twelve, each once, in the order of the text's kinds above."""
    found = [
        Finding(kind, match[0]) for kind, pattern in PATTERNS for match in pattern.finditer(text)
    ]
    return list(dict.fromkeys([*found, *_schools(text)]))[:MOST]


def _schools(text: str) -> Iterator[Finding]:
    for match in SCHOOL.finditer(text):
        name = NO_NAME.split(match[1])[-1]
        if len(name) >= 2 and name not in ANY_SCHOOL:
            yield Finding(Kind.SCHOOL, name + match[2])
