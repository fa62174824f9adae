"""Many slow readers at once: whether all are served, the pages too, and what memory that takes."""

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.load import answers
from tests.services.service import end, free_port, wait_for

VIEWERS = 50
SECONDS = 20
BITS = 1_600_000
"""Each reads as fast as a slow phone."""
PAUSE_S = 0.25
WARM_UP = 30
SIGTERM = 15


@dataclass
class Watched:
    """Resident bytes of the server; of the viewers who has heard nothing, and all bytes read;
    seconds that a page took meanwhile."""

    before: int
    during: list[int] = field(default_factory=list)
    after: int = 0
    silent: int = 0
    read: int = 0
    pages: list[float] = field(default_factory=list)


@contextlib.contextmanager
def as_in_the_procfile(environment: Mapping[str, str], folder: Path) -> Iterator[tuple[str, int]]:
    """The very line of the Procfile; the address and the process."""
    line = next(
        line.removeprefix("web: ")
        for line in Path("Procfile").read_text().splitlines()
        if line.startswith("web: ")
    )
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    programs = f"{Path(sys.executable).parent}:{environment.get('PATH', os.defpath)}"
    variables = {**environment, "PORT": str(port), "HOST": "127.0.0.1", "PATH": programs}
    log = folder / "procfile.log"
    with log.open("wb") as output:
        process = subprocess.Popen(["sh", "-c", line], env=variables, stdout=output, stderr=output)
    try:
        wait_for(lambda: answers(f"{address}/healthz"), process, log)
        yield address, process.pid
    finally:
        end(process, SIGTERM)


def resident(pid: int) -> int:
    """Of a process and its children, from /proc."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    pages = sum(
        int(Path(f"/proc/{number}/statm").read_text().split()[1]) for number in [pid, *children]
    )
    return pages * os.sysconf("SC_PAGE_SIZE")


def watch(address: str, pid: int, path: str, ranges: str | None, page: str) -> Watched:
    """VIEWERS connections read `path` slowly; a page is asked for once a second beside them."""
    for _try in range(WARM_UP):
        timed(address + page)
    found = Watched(before=resident(pid))
    readers = [Reader(address, path, ranges) for _number in range(VIEWERS)]
    began = time.monotonic()
    turn = 0
    while time.monotonic() - began < SECONDS:
        for reader in readers:
            reader.read(int(BITS / 8 * PAUSE_S))
        if turn % round(1 / PAUSE_S) == 0:
            found.during.append(resident(pid))
            found.pages.append(timed(address + page))
        turn += 1
        time.sleep(max(0.0, began + turn * PAUSE_S - time.monotonic()))
    found.silent = sum(not reader.got for reader in readers)
    found.read = sum(reader.got for reader in readers)
    for reader in readers:
        reader.close()
    time.sleep(2)
    found.after = resident(pid)
    return found


def timed(address: str) -> float:
    began = time.monotonic()
    with contextlib.suppress(OSError):
        urllib.request.urlopen(address, timeout=10).close()  # noqa: S310 -- our own server
    return time.monotonic() - began


class Reader:
    """Asks again when an answer is at its end, as players do."""

    def __init__(self, address: str, path: str, ranges: str | None) -> None:
        host, _colon, port = address.removeprefix("http://").partition(":")
        self.at = (host, int(port))
        lines = [f"GET {path} HTTP/1.1", f"Host: {host}", "Connection: close"]
        lines += [f"Range: {ranges}"] if ranges else []
        self.request = ("\r\n".join(lines) + "\r\n\r\n").encode()
        self.got = 0
        self.ask()

    def ask(self) -> None:
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 * 1024)
        self.socket.connect(self.at)
        self.socket.sendall(self.request)
        self.socket.setblocking(False)

    def read(self, most: int) -> None:
        left = most
        with contextlib.suppress(BlockingIOError):
            while left > 0:
                piece = self.socket.recv(min(left, 64 * 1024))
                if not piece:
                    self.socket.close()
                    self.ask()
                    return
                left -= len(piece)
                self.got += len(piece)

    def close(self) -> None:
        self.socket.close()
