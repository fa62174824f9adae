"""A phone is a Chinese mobile number, accepted the way people type it and kept as E.164.

PRODUCT.md: phones are +86. Chinese mobile numbers have eleven digits, 13… to 19….
"""

import re
import unicodedata

NUMBER = re.compile(r"(?:(?:\+|00)?86)?(1[3-9][0-9]{9})")
SEPARATORS = frozenset(" -.()/—‐‑‒–―−・·_\t")


def parse_phone(typed: str) -> str:
    """ "138 0013-8001", "0086…" or full-width digits as +8613800138001; else ValueError."""
    plain = unicodedata.normalize("NFKC", typed)
    # Numbers copied from a contact list carry invisible marks of writing direction (Cf).
    kept = "".join(c for c in plain if c not in SEPARATORS and unicodedata.category(c) != "Cf")
    match = NUMBER.fullmatch(kept.strip())
    if match is None:
        raise ValueError("not a Chinese mobile number")
    return f"+86{match[1]}"


def mask_phone(phone: str) -> str:
    """138****8001: enough to recognise one's own number, too little to call it."""
    return f"{phone[3:6]}****{phone[-4:]}" if phone else ""
