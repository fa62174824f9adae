"""A certificate's number cannot be guessed, and a slip in writing it down is seen at once.

ARCHITECTURE.md decision 9. Sixteen symbols of Crockford's base 32: the year, eleven random
ones (55 bits) and a check symbol. The check is a weighted sum in the field of 32 elements, so
that every single wrong symbol and every swap of two symbols is found.
"""

import unicodedata
from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_SYMBOLS = 11
LENGTH = 4 + RANDOM_SYMBOLS + 1
MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})
POLYNOMIAL = 0b100101
"""x⁵ + x² + 1, under which doubling runs through all 31 elements but zero."""


class BadNumber(ValueError):
    """Not the number of any certificate: too long, too short, or miswritten."""


def make(year: int, choose: Callable[[str], str]) -> str:
    """A new number of `year`; `choose` draws one symbol of the alphabet at random."""
    drawn = "".join(choose(ALPHABET) for _symbol in range(RANDOM_SYMBOLS))
    body = f"{year:04}{drawn}"
    return body + check_symbol(body)


def check_symbol(body: str) -> str:
    return ALPHABET[_doubled(_sum(body))]


def parse(text: str) -> str:
    """The sixteen symbols of a number as people write it; raises BadNumber.

    Small and full-width letters, dashes and spaces are fine; O is read as 0, I and L as 1.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    number = "".join(c for c in plain if c.isalnum()).translate(MISREAD)
    if len(number) != LENGTH or not set(number) <= set(ALPHABET) or _sum(number):
        raise BadNumber(text)
    return number


def shown(number: str) -> str:
    """In groups of four, as it stands on the certificate and in addresses."""
    return "-".join(number[start : start + 4] for start in range(0, LENGTH, 4))


def _sum(symbols: str) -> int:
    total = 0
    for symbol in symbols:
        total = _doubled(total) ^ ALPHABET.index(symbol)
    return total


def _doubled(element: int) -> int:
    element <<= 1
    return element ^ POLYNOMIAL if element & 32 else element
