"""A name on a certificate is plain text in one line; in public only its ends are shown.

PRODUCT.md rule 9. Names are kept in Unicode's composed form (NFC). Characters that draw
nothing or turn the direction of writing are refused: they could make one name look like another.
"""

import unicodedata

LONGEST = 30
MOST_STARS = 3
UNSEEN = {"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"}


class BadName(ValueError):
    """Holds something that cannot be read on paper, or is no name at all."""


def clean(text: str) -> str:
    """The name in NFC with single spaces; raises BadName."""
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if any(unicodedata.category(c) in UNSEEN for c in name):
        raise BadName(text)
    if len(name) > LONGEST or not any(c.isalpha() for c in name):
        raise BadName(text)
    return name


def mask(name: str) -> str:
    """First and last character with stars between: 张*华; of two only the first: 张*."""
    letters = [c for c in name if not c.isspace()]
    if len(letters) <= 2:
        return f"{letters[0]}*" if letters else "*"
    stars = "*" * min(len(letters) - 2, MOST_STARS)
    return f"{letters[0]}{stars}{letters[-1]}"
