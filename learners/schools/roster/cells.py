"""What stands in one cell of a school's list, as people and spreadsheets write it.

Full-width signs and numbers are what they look like; a number of more than 15 digits that was
stored as a number has lost its end and is never taken for a student number.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta

from learners.accounts.phone import parse_phone

EXACT = 10**15  # spreadsheets keep 15 digits
SHEET_EPOCH = date(1899, 12, 30)
SERIAL_DAYS = range(25_000, 60_000)  # 1968 to 2064
STUDENT_NUMBER = re.compile(r"[A-Z0-9][A-Z0-9-]{2,29}")
LOSSY = re.compile(r"[0-9.]+E\+[0-9]+")
BIRTH = re.compile(
    r"(?P<year>(?:19|20)\d{2})"
    r"(?:(?P<compact>0[1-9]|1[0-2])(?:\d{2})?|\D+(?P<month>1[0-2]|0?[1-9])(?:\D.*)?)"
)
PHONES_APART = re.compile(r"[,;、/|和或\n]")
RELATIONS = (
    ("grandparent", ("爷", "奶", "外公", "外婆", "姥", "祖", "公公", "婆婆")),
    ("father", ("父", "爸")),
    ("mother", ("母", "妈")),
)
NOT_PARENTS = ("养", "继", "伯", "叔", "舅", "姑", "姨", "婶")


def text_of(value: object) -> str:
    """Any cell's value as tidy text; a date as 2019-03-05."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value)
    plain = unicodedata.normalize("NFKC", str(value))
    seen = "".join(sign for sign in plain if unicodedata.category(sign) not in {"Cf", "Cs"})
    return " ".join(seen.split())


def _number(value: float) -> str:
    if abs(value) >= EXACT or value != value:  # noqa: PLR0124 - not a number
        return f"{value:.5E}"
    return str(int(value)) if value == int(value) else str(value)


def is_lossy(text: str) -> bool:
    return LOSSY.fullmatch(text) is not None


def parse_student_number(text: str) -> str:
    """Capitals, without spaces and the apostrophe that marks text; ValueError for anything else."""
    number = "".join(text.split()).lstrip("'").upper()
    if is_lossy(number) or not STUDENT_NUMBER.fullmatch(number):
        raise ValueError("not a student number")
    return number


def parse_birth_month(text: str) -> str:
    """ "2019.3", "2019年03月", "20190305" or a spreadsheet's day number as "2019-03"."""
    plain = text.removesuffix(".0")
    if plain.isdecimal() and len(plain) == 5 and int(plain) in SERIAL_DAYS:
        return f"{SHEET_EPOCH + timedelta(days=int(plain)):%Y-%m}"
    found = BIRTH.fullmatch(plain)
    if found is None:
        raise ValueError("not a month")
    return f"{found['year']}-{int(found['compact'] or found['month']):02}"


def parse_phones(text: str) -> list[str]:
    """Every mobile number of a cell as E.164, in order; ValueError when there is none at all."""
    parts = [text]
    try:
        return [parse_phone(text)]
    except ValueError:
        parts = [part for part in PHONES_APART.split(text) if part.strip()]
    phones = []
    for part in parts:
        try:
            phones.append(parse_phone(part))
        except ValueError:
            phones += [parse_phone(number) for number in _inside(part)]
    if not phones:
        raise ValueError("no mobile number")
    return list(dict.fromkeys(phones))


def _inside(part: str) -> list[str]:
    """Numbers among other words: "妈妈13800138001", or two with a space between."""
    return re.findall(r"(?<!\d)1[3-9]\d{9}(?!\d)", re.sub(r"(?<=\d)-(?=\d)", "", part))


def parse_relation(text: str) -> str:
    """The relation a word like 妈妈 or 外公 names; `other` for every other word."""
    if any(word in text for word in NOT_PARENTS):
        return "other"
    found = (relation for relation, words in RELATIONS if any(word in text for word in words))
    return next(found, "other")
