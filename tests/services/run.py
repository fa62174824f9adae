"""Runs the tests against the servers that are installed here: `make test-services`.

Each server gets a temporary folder and a free port and is ended by its process id. A server
that is missing is said loudly; on CI (CI=true) it is a failure. Arguments go on to pytest.
"""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.services import elasticsearch, postgresql, redis, storage
from tests.services.service import Service

SERVICES: list[Service] = [
    postgresql.SERVICE,
    redis.SERVICE,
    storage.SERVICE,
    elasticsearch.SERVICE,
]
PYTEST = [sys.executable, "-m", "pytest", "-p", "tests.skips", "-n", "2"]
# The rules of the repository and the journeys do not depend on a server: `make test` has them.
SELECTION = ["-m", "not browser", "--ignore", "tests/rules"]


def missing(services: list[Service]) -> list[Service]:
    absent = [service for service in services if service.installed() is None]
    for service in absent:
        print(f"!! {service.name} is not installed: NOT tested. apt-get install {service.package}")
    return absent


def start(services: list[Service], stack: ExitStack) -> dict[str, str]:
    """Starts what is installed and gives the variables that point the school at it."""
    environment: dict[str, str] = {}
    for service in services:
        program = service.installed()
        if program:
            print(f"Starting {service.name}: {program}", flush=True)
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="school-")))
            environment |= stack.enter_context(service.running(program, folder))
    return environment


def main(arguments: list[str]) -> int:
    if missing(SERVICES) and os.environ.get("CI") == "true":
        print("On CI every server must be there.")
        return 1
    with ExitStack() as stack:
        environment = start(SERVICES, stack)
        if not environment:
            return 0
        print(f"Testing with {', '.join(sorted(environment))}", flush=True)
        command = [*PYTEST, *SELECTION, *arguments]
        return subprocess.run(command, env={**os.environ, **environment}, check=False).returncode


if __name__ == "__main__":
    # Being ended must unwind, so that the servers end too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
