"""S3 servers over a plain folder: versitygw, as compose runs it, else nanio from PyPI."""

import os
import secrets
import shutil
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.service import Environment, Service, end, free_port, wait_for

ACCESS_KEY = "school"


def command(program: Path, folder: Path, port: int) -> list[str]:
    if program.name == "versitygw":
        return [str(program), "--port", f"127.0.0.1:{port}", "posix", str(folder)]
    address = ["--host", "127.0.0.1", "--port", str(port)]
    return [str(program), "serve", "--data-dir", str(folder), *address, "--no-access-log"]


def _answers(address: str) -> bool:
    """Whatever it says to a stranger, it is there."""
    try:
        urllib.request.urlopen(address, timeout=2).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


@contextmanager
def running(program: Path, folder: Path) -> Iterator[Environment]:
    port, secret = free_port(), secrets.token_urlsafe(24)
    data = folder / "data"
    data.mkdir()
    keys = {"ROOT_ACCESS_KEY": ACCESS_KEY, "ROOT_SECRET_KEY": secret}
    keys |= {"NANIO_ACCESS_KEY": ACCESS_KEY, "NANIO_SECRET_KEY": secret}
    log = folder / "log"
    with log.open("wb") as output:
        server = subprocess.Popen(
            command(program, data, port), stdout=output, stderr=output, env={**os.environ, **keys}
        )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(lambda: _answers(address), server, log)
        told = {"TEST_S3_ENDPOINT": address, "TEST_S3_SECRET_KEY": secret}
        yield {**told, "TEST_S3_SERVER": program.name}
    finally:
        end(server, signal.SIGTERM)


def nanio() -> Path:
    """It comes with the packages of the school."""
    return Path(sys.executable).parent / "nanio"


SERVICE = Service(
    name="S3 server",
    program="versitygw" if shutil.which("versitygw") else "nanio",
    folders=(),
    package="nothing: it is the Python package nanio",
    running=running,
)
