"""A PostgreSQL of its own: fresh data, a random port on 127.0.0.1, gone afterwards."""

import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from tests.services.service import Environment, Service, end, free_port, wait_for

# Nothing here must survive a power cut.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def _as_owner(folder: Path) -> dict[str, Any]:
    """PostgreSQL refuses to run as root: then its folder and itself go to user postgres."""
    if os.geteuid() != 0:
        return {}
    for path in (folder, *folder.iterdir()):
        shutil.chown(path, "postgres", "postgres")
    return {"user": "postgres", "group": "postgres", "extra_groups": []}


def _answers(address: str) -> bool:
    try:
        psycopg.connect(address, connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


@contextmanager
def running(program: Path, folder: Path) -> Iterator[Environment]:
    port, password = free_port(), secrets.token_urlsafe(16)
    (folder / "password").write_text(password)
    owner = _as_owner(folder)
    data, log = folder / "data", folder / "log"
    initdb = [program.with_name("initdb"), "-D", data, "-U", "school", "--no-sync"]
    initdb += ["--encoding=UTF8", "--locale=C.UTF-8"]
    initdb += ["--auth=scram-sha-256", f"--pwfile={folder / 'password'}"]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, cwd=folder, **owner)
    options = {"port": str(port), "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
    command = [program, "-D", data]
    command += [f"--{name}={value}" for name, value in {**options, **FAST}.items()]
    with log.open("wb") as output:
        server = subprocess.Popen(command, stdout=output, stderr=output, cwd=folder, **owner)
    try:
        address = f"postgres://school:{password}@127.0.0.1:{port}"
        wait_for(lambda: _answers(f"{address}/postgres"), server, log)
        yield {"DATABASE_URL": f"{address}/school"}
    finally:
        end(server, signal.SIGINT)  # the fast way: open connections are closed


SERVICE = Service(
    name="PostgreSQL",
    program="postgres",
    folders=("/usr/lib/postgresql/*/bin",),
    package="postgresql",
    running=running,
)
