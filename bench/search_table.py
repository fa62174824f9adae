"""The table of `bench.search`: what was measured beside what the issue allows."""

import shutil
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.services import elasticsearch

ALLOWED = {"search": 60, "new words": 60, "narrowed": 60, "everything": 60, "suggestions": 25}
"""Milliseconds over 20 000 resources; over 100 000 at most three times what 20 000 took."""
INDEX_SECONDS = 120
OVER_TOOK_MS = 15
"""What a search through the cluster may add to one and a half times the engine's own time."""


def cluster(folder: Path, stack: ExitStack) -> dict[str, str]:
    maven = elasticsearch.SERVICE.installed()
    if maven is None or not shutil.which("java"):
        print("  !! Elasticsearch is missing: apt-get install maven default-jdk-headless")
        return {}
    home = folder / "elasticsearch"
    home.mkdir()
    return dict(stack.enter_context(elasticsearch.running(maven, home)))


def show(name: str, by_size: dict[int, dict[str, Any]]) -> None:
    sizes = list(by_size)
    print(f"  {name:<34}" + "".join(f"{size:>16,}" for size in sizes), flush=True)
    for what, most in ALLOWED.items():
        taken = [by_size[size][what] for size in sizes]
        cells = "".join(f"{f'{wall:.0f} ({own:.0f})':>16}" for wall, own in taken)
        slow = taken[0][0] > most or taken[-1][0] > 3 * max(taken[0][0], 1)
        print(f"    {what:<32}{cells}  of {most}{'   SLOW' if slow else ''}")
    seconds = "".join(f"{by_size[size]['index']:>14.0f} s" for size in sizes)
    late = by_size[sizes[0]]["index"] > INDEX_SECONDS
    print(f"    {'rebuild_search':<32}{seconds}  of {INDEX_SECONDS} s{'   SLOW' if late else ''}")
    loads = "".join(f"{by_size[size]['load']:>16.1f}" for size in sizes)
    print(f"    {'load average of the machine':<32}{loads}")
    print(f"    loading the segmenter, once a process: {by_size[sizes[0]]['segmenter']:.1f} s")
    for size in sizes:
        if "cluster" in by_size[size]:
            show_cluster(size, by_size[size])


def show_cluster(size: int, found: dict[str, Any]) -> None:
    ours, took, over = found["cluster"]
    slow = "   SLOW" if over > OVER_TOOK_MS else ""
    lost = "" if found["answered"] else "   THE DATABASE ANSWERED"
    print(
        f"    Elasticsearch, {size:,}: {ours:.0f}, its own took {took:.0f}; ours − 1.5 × took "
        f"{over:.0f} of {OVER_TOOK_MS}{slow}{lost}; filled in {found['refill']:.0f} s"
    )
