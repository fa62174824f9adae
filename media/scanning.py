"""Is there a virus in it? Asked of clamd (MEDIA_CLAMD) or of any command (MEDIA_SCAN_COMMAND).

Neither is set: nothing is asked. Whoever is asked and does not answer has not said no: refused.
"""

import shlex
import socket
import struct
import subprocess
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

SECONDS = 300
CHUNK = 1024 * 1024


class Refused(ValueError):
    """The message is for the person who chose the file."""


class NotAsked(Refused):
    """Nobody has looked at it yet: another time somebody may."""


def scan(path: Path) -> None:
    """Raises Refused."""
    try:
        if settings.MEDIA_CLAMD:
            clean = asked_of_clamd(path, settings.MEDIA_CLAMD)
        elif settings.MEDIA_SCAN_COMMAND:
            clean = asked_of_command(path, settings.MEDIA_SCAN_COMMAND)
        else:
            return
    except (OSError, subprocess.SubprocessError) as error:
        words = _("The file cannot be checked for viruses right now. Please try again later.")
        raise NotAsked(words) from error
    if not clean:
        raise Refused(_("The virus scanner refuses this file."))


def asked_of_command(path: Path, command: str) -> bool:
    """`{}` stands for the file; the command ends with 0 for a clean file and with 1 for a virus."""
    parts = [str(path) if part == "{}" else part for part in shlex.split(command)]
    ended = subprocess.run(parts, capture_output=True, check=False, timeout=SECONDS).returncode
    if ended not in (0, 1):
        raise subprocess.SubprocessError(f"ended with {ended}")
    return ended == 0


def asked_of_clamd(path: Path, address: str) -> bool:
    """clamd's INSTREAM: `/path/of/socket` or `host:port`. It must allow files of our size."""
    with connected(address) as clamd, path.open("rb") as file:
        clamd.sendall(b"zINSTREAM\0")
        while piece := file.read(CHUNK):
            clamd.sendall(struct.pack("!I", len(piece)) + piece)
        clamd.sendall(struct.pack("!I", 0))
        answer = clamd.recv(4096).rstrip(b"\0")
    if answer.endswith(b" OK"):
        return True
    if answer.endswith(b" FOUND"):
        return False
    raise OSError(answer.decode(errors="replace"))


def connected(address: str) -> socket.socket:
    if address.startswith("/"):
        local = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        local.settimeout(SECONDS)
        local.connect(address)
        return local
    host, _colon, port = address.rpartition(":")
    return socket.create_connection((host, int(port)), timeout=SECONDS)
