"""Plain lists of words as editors type them."""

import re

BETWEEN = re.compile(r"[\s,，、;；/|]+")


def split_words(text: str) -> list[str]:
    """The words of a line, in order, each once."""
    return list(dict.fromkeys(word for word in BETWEEN.split(text) if word))
