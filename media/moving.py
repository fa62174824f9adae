"""The whole library from one storage to another, every file compared by checksum.

What has arrived is written down in a ledger, so that a move that was stopped goes on. Files keep
their names; the source is left as it is.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.files.storage import Storage

from media.checking import files_below

CHUNK = 1024 * 1024
NOT_OURS = {"work", "uploads"}
"""Folders of what is half made."""


class Different(Exception):
    """What arrived is not what was sent."""


@dataclass
class Moved:
    copied: int = 0
    skipped: int = 0
    bytes: int = 0


def move(
    source: Storage, target: Storage, ledger: Path, tell: Callable[[str], None] = print
) -> Moved:
    """Raises Different. Files that change or come meanwhile are copied by running it again."""
    moved = Moved()
    arrived = read(ledger)
    ledger.parent.mkdir(parents=True, exist_ok=True)
    with ledger.open("a") as written:
        for name in everything(source):
            size = source.size(name)
            if arrived.get(name) == size and target.exists(name):
                moved.skipped += 1
                continue
            checksum = copy(source, target, name)
            written.write(f"{checksum} {size} {name}\n")
            written.flush()
            moved.copied += 1
            moved.bytes += size
            tell(f"{moved.copied + moved.skipped}: {name}")
    return moved


def everything(source: Storage) -> Iterator[str]:
    folders, _files = source.listdir("")
    for folder in sorted(set(folders) - NOT_OURS):
        yield from sorted(files_below(source, folder))


def read(ledger: Path) -> dict[str, int]:
    """Sizes of the files that have arrived, by name; a line that was cut off does not count."""
    lines = ledger.read_text().splitlines() if ledger.exists() else []
    found = {}
    for line in lines:
        checksum, _space, rest = line.partition(" ")
        size, _space, name = rest.partition(" ")
        if len(checksum) == 64 and size.isdigit() and name:
            found[name] = int(size)
    return found


def copy(source: Storage, target: Storage, name: str) -> str:
    """The checksum, the same on both sides. A half of it that was there is replaced."""
    if target.exists(name):
        target.delete(name)
    with source.open(name) as file:
        stored = target.save(name, file)
    sent, came = checksum_of(source, name), checksum_of(target, stored)
    if stored != name or sent != came:
        target.delete(stored)
        raise Different(name)
    return sent


def checksum_of(storage: Storage, name: str) -> str:
    digest = hashlib.sha256()
    with storage.open(name) as file:
        for piece in chunks(file.read):
            digest.update(piece)
    return digest.hexdigest()


def chunks(read_some: Callable[[int], bytes]) -> Iterable[bytes]:
    while piece := read_some(CHUNK):
        yield piece
