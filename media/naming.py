"""Stored names are random: what is not published cannot be guessed, and no name is used twice,
so whatever was delivered under a name may be kept for ever."""

from pathlib import PurePosixPath
from typing import Any
from uuid import uuid4

MADE_FRAME = "frame.jpg"
"""The given name of a poster that we took from the video ourselves."""

UNCONVERTED = "mov"
"""The extension of what no page plays before it is converted."""


def random_name(folder: str, filename: str) -> str:
    suffix = PurePosixPath(filename).suffix.lower()
    plain = suffix if suffix[1:].isalnum() and suffix.isascii() and len(suffix) <= 6 else ""
    return f"{folder}/{uuid4().hex}{plain}"


def recording_name(instance: Any, filename: str) -> str:
    return random_name("recordings", filename)


def poster_name(instance: Any, filename: str) -> str:
    name = random_name("posters", filename)
    return name.replace(".jpg", "-frame.jpg") if filename == MADE_FRAME else name


def caption_name(instance: Any, filename: str) -> str:
    return random_name("captions", filename)
