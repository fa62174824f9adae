"""How long a text takes: 300 Chinese characters a minute (PRODUCT.md rule 1)."""

import math
from collections.abc import Iterator
from typing import Any

from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.blocks import StreamValue
from wagtail.images.blocks import ImageBlock

CHARACTERS_A_MINUTE = 300


def characters(body: StreamValue) -> int:
    """Characters without markup and white space; pictures and links to pages count nothing."""
    return sum(len("".join(text.split())) for text in texts(body))


def texts(body: StreamValue) -> Iterator[str]:
    """What there is to read, piece by piece, without markup.

    Read as it is stored: asking the blocks for their values would fetch every picture.
    """
    kinds = body.stream_block.child_blocks
    for stored in body.raw_data:
        yield from _texts(kinds[stored["type"]], stored["value"])


def reading_seconds(body: StreamValue) -> int:
    """Whole seconds, rounded up."""
    return math.ceil(characters(body) * 60 / CHARACTERS_A_MINUTE)


def minutes(seconds: float) -> int:
    """Whole minutes, rounded to the nearest, at least one."""
    return max(1, math.floor(seconds / 60 + 0.5))


def _texts(block: blocks.Block, stored: Any) -> Iterator[str]:
    if isinstance(block, blocks.RichTextBlock):
        yield strip_tags(stored)
    elif isinstance(block, (blocks.CharBlock, blocks.TextBlock)):
        yield stored
    elif isinstance(block, blocks.ListBlock):
        for item in stored:
            yield from _texts(block.child_block, _item(item))
    elif isinstance(block, blocks.StructBlock) and not isinstance(block, ImageBlock):
        for name, part in block.child_blocks.items():
            if stored.get(name):
                yield from _texts(part, stored[name])


def _item(stored: Any) -> Any:
    """Before they had ids, the items of a list were stored as they are."""
    return stored["value"] if isinstance(stored, dict) and stored.get("type") == "item" else stored
