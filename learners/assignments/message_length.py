"""A text message has 70 signs, 67 when several are joined (GSM 03.38 in UCS-2).

A text with Chinese in it is sent in UCS-2; a sign outside the basic plane counts twice.
"""

ALONE, JOINED = 70, 67


def messages(text: str) -> int:
    signs = len(text.encode("utf-16-le")) // 2
    return 1 if signs <= ALONE else -(-signs // JOINED)
