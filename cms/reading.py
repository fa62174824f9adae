"""How long a text takes: 300 Chinese characters a minute (PRODUCT.md rule 1)."""

import math
from collections.abc import Iterator
from typing import Any

from django.utils.html import strip_tags
from wagtail.blocks import StreamValue, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.rich_text import RichText

CHARACTERS_A_MINUTE = 300


def characters(body: StreamValue) -> int:
    """Characters without markup and white space; pictures and links to pages count nothing."""
    return sum(len("".join(text.split())) for text in texts(body))


def texts(body: StreamValue) -> Iterator[str]:
    """What there is to read, piece by piece, without markup."""
    for block in body:
        yield from _texts(block.value)


def reading_seconds(body: StreamValue) -> int:
    """Whole seconds, rounded up."""
    return math.ceil(characters(body) * 60 / CHARACTERS_A_MINUTE)


def minutes(seconds: float) -> int:
    """Whole minutes, rounded to the nearest, at least one."""
    return max(1, math.floor(seconds / 60 + 0.5))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, RichText):
        yield strip_tags(value.source)
    elif isinstance(value, StructValue):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, ListValue):
        for part in value:
            yield from _texts(part)
