"""A Redis of its own: nothing kept, a random port on 127.0.0.1, gone afterwards."""

import secrets
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from tests.services.service import Environment, Service, end, free_port, wait_for


def _answers(address: str) -> bool:
    try:
        with redis.Redis.from_url(address, socket_timeout=2) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False


@contextmanager
def running(program: Path, folder: Path) -> Iterator[Environment]:
    port, password = free_port(), secrets.token_urlsafe(16)
    settings = folder / "redis.conf"
    settings.write_text(
        f'bind 127.0.0.1\nport {port}\nrequirepass {password}\nsave ""\nappendonly no\n'
        f"dir {folder}\n"
    )
    log = folder / "log"
    with log.open("wb") as output:
        server = subprocess.Popen([program, settings], stdout=output, stderr=output)
    try:
        address = f"redis://:{password}@127.0.0.1:{port}/0"
        wait_for(lambda: _answers(address), server, log)
        yield {"REDIS_URL": address}
    finally:
        end(server, signal.SIGTERM)


SERVICE = Service(
    name="Redis",
    program="redis-server",
    folders=(),
    package="redis-server",
    running=running,
)
