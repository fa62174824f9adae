"""Starts the server and loads it with wrk; two addresses in turn give a ratio."""

import json
import os
import re
import signal
import statistics
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.services.service import end, free_port, wait_for

HERE = Path(__file__).parent
WRK_THREADS = 2
CONNECTIONS = 8


@dataclass(frozen=True)
class Load:
    """What wrk is told: an address, and a script with its arguments when it posts."""

    name: str
    path: str
    script: tuple[str, ...] = ()


@dataclass(frozen=True)
class Measured:
    rate: float
    """Requests a second."""
    p95: float
    """Milliseconds."""


@dataclass(frozen=True)
class Comparison:
    floor: list[Measured]
    ours: list[Measured]

    @property
    def ratios(self) -> list[float]:
        return [b.rate / a.rate for a, b in zip(self.floor, self.ours, strict=True)]


@contextmanager
def server(environment: Mapping[str, str], folder: Path) -> Iterator[str]:
    """granian as in the Procfile, two processes of one thread each; gives its address."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "2", "--blocking-threads", "1"]
    log = folder / "granian.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            [*command, "bench.wsgi:application"], env=environment, stdout=output, stderr=output
        )
    try:
        wait_for(lambda: answers(f"{address}/bare/static/1/"), process, log)
        yield address
    finally:
        end(process, signal.SIGTERM)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=20):  # noqa: S310 -- our own server
            return True
    except urllib.error.URLError:
        return False


def wrk(address: str, load: Load, seconds: float) -> Measured:
    script = load.script or (str(HERE / "result.lua"),)
    command = ["wrk", f"-t{WRK_THREADS}", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s"]
    command += ["--latency", "-s", script[0], address + load.path, "--", *script[1:]]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=os.environ)
    found = re.search(r"^RESULT (.+)$", done.stdout, re.MULTILINE)
    if found is None:
        raise RuntimeError(done.stdout + done.stderr)
    result = json.loads(found[1])
    if result["bad"] or result["broken"] or not result["requests"]:
        raise RuntimeError(f"{load.name}: {result} ({load.path})")
    return Measured(result["requests"] / result["duration"] * 1e6, result["p95"] / 1000)


def compare(address: str, floor: Load, ours: Load, rounds: int, seconds: float) -> Comparison:
    """Rounds in turn, so that whatever else the machine does meets both."""
    for load in (floor, ours):
        wrk(address, load, 1)
    comparison = Comparison([], [])
    for number in range(rounds):
        for load, results in turned([(floor, comparison.floor), (ours, comparison.ours)], number):
            results.append(wrk(address, load, seconds))
    return comparison


def turned(pairs: list, number: int) -> list:
    return pairs if number % 2 == 0 else pairs[::-1]


def row(floor: Load, ours: Load, comparison: Comparison) -> str:
    rates = [
        statistics.median(m.rate for m in side) for side in (comparison.floor, comparison.ours)
    ]
    p95 = [statistics.median(m.p95 for m in side) for side in (comparison.floor, comparison.ours)]
    spread = f"{min(comparison.ratios):.2f}–{max(comparison.ratios):.2f}"
    return (
        f"  {ours.name:<34} {rates[1]:>8.0f}/s {p95[1]:>6.1f} ms   "
        f"{floor.name:<26} {rates[0]:>8.0f}/s {p95[0]:>6.1f} ms   "
        f"ratio {statistics.median(comparison.ratios):.2f} ({spread})"
    )
