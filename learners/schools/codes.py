"""A class code is eight signs that nobody confuses when read aloud or copied by hand.

No 0 O, 1 I L; 31 signs, so 850 thousand million codes for a hundred thousand classes.
"""

import secrets
import unicodedata

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 8


def new_code() -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(LENGTH))


def parse_code(typed: str) -> str:
    """As people type it: small letters, full-width, spaces and hyphens between; else empty."""
    plain = unicodedata.normalize("NFKC", typed).upper()
    code = "".join(sign for sign in plain if not sign.isspace() and sign != "-")
    return code if len(code) == LENGTH and set(code) <= set(SIGNS) else ""
