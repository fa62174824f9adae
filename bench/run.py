"""`make bench`: every figure as a ratio to its floor, measured in the same run.

Options: --rounds 5 --seconds 4 --only pages heartbeat weights paint
queries papers imports figures search video
--children 4000000: the largest city of the figures; --resources 20000: of search
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg

from bench import paint as paints
from bench import search_table
from bench import video as videos
from bench.budget import BUDGET
from bench.load import HERE, WRK_THREADS, Load, compare, row, server
from tests.services import postgresql

LEARNERS = 2000
SLOWEST_PAPER, SLOWEST_IMPORT = 1.0, 3.0
PARTS = (
    *("pages", "heartbeat", "weights", "paint", "queries", "papers", "imports", "figures"),
    *("search", "video"),
)
RESOURCES = (20_000, 100_000)
CITIES = (40_000, 400_000, 4_000_000)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--only", nargs="*", choices=PARTS, default=PARTS)
    parser.add_argument("--children", type=int, default=400_000)
    parser.add_argument("--resources", type=int, default=max(RESOURCES))
    options = parser.parse_args()
    if shutil.which("wrk") is None and {"pages", "heartbeat"} & set(options.only):
        sys.exit("wrk is missing: apt-get install wrk")
    with tempfile.TemporaryDirectory(prefix="bench-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        environments = databases(folder, stack)
        for part in options.only:
            print(f"\n== {TITLES[part]}", flush=True)
            STEPS[part](environments, folder, options)


def databases(folder: Path, stack: ExitStack) -> dict[str, dict[str, str]]:
    """Environment variables by database; everything lies in the temporary folder."""
    print("Preparing: databases", flush=True)
    found: dict[str, dict[str, str]] = {}
    program = postgresql.SERVICE.installed()
    if program is None:
        print(f"!! PostgreSQL is missing: apt-get install {postgresql.SERVICE.package}")
    else:
        where = folder / "postgresql"
        where.mkdir()
        address = stack.enter_context(postgresql.running(program, where))["DATABASE_URL"]
        create_database(address)
        found["PostgreSQL"] = environment(folder / "var-postgresql", DATABASE_URL=address)
    found["SQLite"] = environment(folder / "var-sqlite")
    for variables in found.values():
        inside(variables, "prepare")
    return found


def create_database(address: str) -> None:
    server_address, name = address.rsplit("/", 1)
    with psycopg.connect(f"{server_address}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]


def environment(var: Path, **variables: str) -> dict[str, str]:
    var.mkdir()
    (var / "static").symlink_to(Path("var/static").resolve())
    school = {"DJANGO_SETTINGS_MODULE": "bench.settings", "VAR_DIR": str(var), "DEBUG": "false"}
    school["LOG_LEVEL"] = "WARNING"
    return {**os.environ, **school, **variables}


def inside(variables: Mapping[str, str], *command: str) -> Any:
    done = subprocess.run(
        [sys.executable, "-m", "bench.inside", *command],
        env=dict(variables),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
    lines = [line for line in done.stdout.splitlines() if line.startswith("JSON ")]
    return json.loads(lines[-1].removeprefix("JSON ")) if lines else None


def pages(environments: dict[str, dict[str, str]], folder: Path, options: Any) -> None:
    variables = environments["SQLite"]
    path = inside(variables, "content")
    with server(variables, folder) as address:
        with urllib.request.urlopen(address + path) as page:  # noqa: S310 -- our own server
            size = len(page.read())
        print(f"  {path}, {size / 1000:.1f} kB, {options.rounds} rounds of {options.seconds:.0f} s")
        ours = Load("page from cache", path)
        for floor in (
            Load("bare static view", f"/bare/static/{size}/"),
            Load("static view, all middleware", f"/full/static/{size}/"),
        ):
            print(row(floor, ours, compare(address, floor, ours, options.rounds, options.seconds)))


def heartbeat(environments: dict[str, dict[str, str]], folder: Path, options: Any) -> None:
    script = str(HERE / "heartbeat.lua")
    for name, variables in environments.items():
        tokens = folder / f"tokens-{name}"
        inside(variables, "learners", str(tokens), str(LEARNERS))
        common = (script, str(tokens), str(WRK_THREADS), "0")
        floor = Load("bare upsert", "", (*common, "/bare/upsert/LEARNER/"))
        ours = Load(f"heartbeat, {name}", "", (*common, "/learn/progress/"))
        with server(variables, folder) as address:
            print(row(floor, ours, compare(address, floor, ours, options.rounds, options.seconds)))


def weights(environments: dict[str, dict[str, str]], folder: Path, options: Any) -> None:
    inside(environments["SQLite"], "content")
    print(
        f"  {'address':<44} {'HTML':>7} {'CSS':>7} {'JS':>7} {'all':>7}  of {BUDGET / 1000:.0f} kB"
    )
    for address, parts in inside(environments["SQLite"], "weights").items():
        numbers = " ".join(f"{part / 1000:>7.1f}" for part in [*parts, sum(parts)])
        print(f"  {address:<44} {numbers}  {'' if sum(parts) <= BUDGET else 'OVER'}")


def paint(environments: dict[str, dict[str, str]], folder: Path, options: Any) -> None:
    """The five main public pages, as a first visitor meets them: already held by the server."""
    if paints.chromium() is None:
        return print("  !! Chromium is missing: apt-get install chromium fonts-noto-cjk")
    variables = environments["SQLite"]
    course = inside(variables, "content")
    main = ["/", "/courses/", course, "/videos/", "/articles/"]
    with server(variables, folder) as address:
        for path in main:
            urllib.request.urlopen(address + path).close()  # noqa: S310 -- our own server
        found = paints.measure(address, [paints.FLOOR, *main])
    floor = found.pop(paints.FLOOR)[0]
    for path, (largest, fetched) in found.items():
        late = "   LATE" if largest > paints.BUDGET_MS else ""
        times = f"{largest / floor:.1f} × an empty page" if floor else ""
        print(
            f"  {path:<44}{largest:>6.0f} ms {fetched / 1000:>7.1f} kB with pictures  {times}{late}"
        )


def queries(environments: dict[str, dict[str, str]], folder: Path, options: Any) -> None:
    counts = {name: inside(variables, "counts") for name, variables in environments.items()}
    print(f"  {'statements with 1 and with 100':<34}" + "".join(f"{n:>14}" for n in counts))
    for what in next(iter(counts.values())):
        cells = "".join(f"{f'{c[what][0]} → {c[what][1]}':>14}" for c in counts.values())
        grows = any(c[what][1] > c[what][0] for c in counts.values())
        print(f"  {what:<34}{cells}{'   GROWS' if grows else ''}")


def papers(environments: dict[str, dict[str, str]], folder: Path, options: Any) -> None:
    for what, (floor, ours) in inside(environments["SQLite"], "papers").items():
        late = "   SLOW" if ours > SLOWEST_PAPER else ""
        print(f"  {what:<34}{ours:>8.2f} s, {ours / floor:.2f} × one letter on a page{late}")


def imports(environments: dict[str, dict[str, str]], folder: Path, options: Any) -> None:
    for name, variables in environments.items():
        found = inside(variables, "imports")
        whole = found["check"] + found["apply"]
        late = "   SLOW" if whole > SLOWEST_IMPORT else ""
        steps = ", ".join(f"{step} {seconds:.2f} s" for step, seconds in found.items())
        print(
            f"  {name:<12}{whole:.2f} s, {whole / found['bare inserts']:.1f} × bare: {steps}{late}"
        )


def figures(environments: dict[str, dict[str, str]], folder: Path, options: Any) -> None:
    """On PostgreSQL: that is where cities live."""
    variables = environments.get("PostgreSQL", environments["SQLite"])
    inside(variables, "content")
    sizes = [size for size in CITIES if size <= options.children]
    found = []
    for size in sizes:
        found.append(inside(variables, "figures", str(size)))
        print(f"  {size:,} children measured", flush=True)
    print(f"  {'children; milliseconds in the database':<40}" + "".join(f"{n:>14,}" for n in sizes))
    for what in found[0]:
        print(f"  {what:<40}" + "".join(f"{result[what]:>14,}" for result in found))


def search(environments: dict[str, dict[str, str]], folder: Path, options: Any) -> None:
    """Both databases, and beside the first a cluster if Maven and Java are here."""
    sizes = [size for size in RESOURCES if size <= options.resources]
    with ExitStack() as stack:
        cluster = search_table.cluster(folder, stack)
        for name, variables in environments.items():
            found = [inside({**variables, **cluster}, "search", str(size)) for size in sizes]
            search_table.show(name, dict(zip(sizes, found, strict=True)))
            cluster = {}


def video(environments: dict[str, dict[str, str]], folder: Path, options: Any) -> None:
    videos.measure(environments["SQLite"], folder, inside, options)


STEPS = {
    "pages": pages,
    "heartbeat": heartbeat,
    "weights": weights,
    "paint": paint,
    "queries": queries,
    "papers": papers,
    "imports": imports,
    "figures": figures,
    "search": search,
    "video": video,
}
TITLES = {
    "pages": "Public page from cache (must reach 1.0 of the bare static view)",
    "heartbeat": "Heartbeat (must reach 0.5 of a bare upsert on PostgreSQL)",
    "weights": "Page weights, kB compressed",
    "paint": "Largest paint at 1.6 Mbit/s, 150 ms, 4 × slower processor (at most 1500 ms)",
    "queries": "SQL statements",
    "papers": "Certificates on paper (must take at most 1 s)",
    "imports": "Import of a school of 2000 children (must take at most 3 s)",
    "video": "Video: from the upload to the phone",
    "search": "Search, p95 in ms (of that own computing)",
    "figures": "A city's figures: at most 60 ms a page at 4 million, the naive join beside them",
}

if __name__ == "__main__":
    main()
