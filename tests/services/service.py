"""What a server that the tests can run against looks like."""

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

Environment = Mapping[str, str]


@dataclass(frozen=True)
class Service:
    """A server: its name, where its program may be, how to get it, how to run it.

    `running(program, folder)` keeps it up inside the folder for the length of a `with` block
    and gives the environment variables that point the school at it.
    """

    name: str
    program: str
    folders: tuple[str, ...]
    package: str
    running: Callable[[Path, Path], AbstractContextManager[Environment]]

    def installed(self) -> Path | None:
        """The newest program in the usual folders, else the one on the PATH."""
        for pattern in self.folders:
            found = sorted(Path("/").glob(f"{pattern}/{self.program}".lstrip("/")))
            if found:
                return found[-1]
        on_path = shutil.which(self.program)
        return Path(on_path) if on_path else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(
    ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, seconds: int = 30
) -> None:
    """Returns when the server answers; says what it wrote when it ends or takes too long."""
    deadline = time.monotonic() + seconds
    while not ready():
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"It did not start:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.1)


def end(process: subprocess.Popen[bytes], signal: int) -> None:
    """Asks this one process to end, and ends it after 20 seconds."""
    if process.poll() is None:
        process.send_signal(signal)
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
