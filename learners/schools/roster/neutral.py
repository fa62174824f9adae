"""A cell that begins like a formula is written as text (CWE-1236): = + - @ and control signs.

Whoever opens an exported file must never run what somebody else typed.
"""

import re

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "＝", "＋", "－", "＠")
FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def neutral(text: str) -> str:
    """Safe in xlsx and csv; a sign that spreadsheets cannot hold is dropped."""
    clean = FORBIDDEN.sub("", text)
    return f"'{clean}" if clean.startswith(DANGEROUS) else clean
