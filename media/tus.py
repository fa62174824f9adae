"""The tus protocol 1.0.0, https://tus.io/protocols/resumable-upload: its headers as values.

Core, creation and termination; an upload has a known length.
"""

import base64
import binascii
from collections.abc import Mapping

VERSION = "1.0.0"
CONTENT_TYPE = "application/offset+octet-stream"
MOST_DIGITS = 16


class Malformed(ValueError):
    """A header that is missing or cannot be read."""


def number(headers: Mapping[str, str], name: str) -> int:
    text = headers.get(name, "")
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise Malformed(name)
    return int(text)


def metadata(header: str) -> dict[str, str]:
    """`Upload-Metadata`: comma-separated keys, each with a value in Base64 or without one."""
    found: dict[str, str] = {}
    for pair in header.split(","):
        key, _space, value = pair.strip().partition(" ")
        if not key:
            continue
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError) as error:
            raise Malformed("Upload-Metadata") from error
    return found


def looks_like_recording(head: bytes) -> bool:
    """From the first bytes alone, so that nobody waits for 2 GB of something else."""
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip"):
        return True
    if head[:4] == b"RIFF":
        return head[8:12] == b"WAVE"
    mpeg_sound = len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0
    return head[:3] == b"ID3" or head[:4] == b"\x1aE\xdf\xa3" or mpeg_sound
