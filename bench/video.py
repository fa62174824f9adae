"""From an uploaded film to a phone that shows it: four limits, each against its floor."""

import shutil
import statistics
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bench import door, first_frame, paint, viewers
from bench.load import HERE, Load, compare, row, server
from tests.services import door as doors

FIRST_MS, FIRST_BYTES = 2000, 100_000
CONVERSION, DELIVERY = 1.1, 0.9
SETTLED_S = 5
"""By then all viewers are connected, and every thread has met the page."""
GROWTH = 16 * 1024 * 1024
"""What the memory may grow by from then on: it must not follow what was sent."""
PAGE_S = 1.0
ROUNDS, SECONDS = 9, 1.0
"""Short and many, in turn: files come from memory, and whatever else works meets both sides."""

Inside = Callable[..., Any]


def measure(variables: Mapping[str, str], folder: Path, inside: Inside, options: Any) -> None:
    inside(variables, "content")
    conversion(inside(variables, "conversion"))
    film = inside(variables, "film")
    playing(variables, folder, film)
    streaming(variables, folder, film)
    delivery(variables, folder, film)


def limit(kept: bool) -> str:
    return "" if kept else "   MISSED"


def conversion(found: tuple[list[list[float]], list[list[float]]]) -> None:
    floor, ours = found
    wall, worked = (
        [mine[at] / theirs[at] for theirs, mine in zip(floor, ours, strict=True)] for at in (0, 1)
    )
    ratio = statistics.median(wall)
    print(
        f"  conversion {statistics.median(one[0] for one in ours):.1f} s, ffmpeg alone "
        f"{statistics.median(one[0] for one in floor):.1f} s, ratio {ratio:.2f} "
        f"({min(wall):.2f}–{max(wall):.2f}) of {CONVERSION}{limit(ratio <= CONVERSION)}; "
        f"of the processors' time {statistics.median(worked):.2f}",
        flush=True,
    )


def playing(variables: Mapping[str, str], folder: Path, film: dict[str, str]) -> None:
    if paint.chromium() is None:
        return print("  !! Chromium is missing: apt-get install chromium fonts-noto-cjk")
    with viewers.as_in_the_procfile(variables, folder) as (address, _pid):
        lesson = address + film["lesson"]
        for way, first in first_frame.first_frames(lesson).items():
            kept = first.milliseconds <= FIRST_MS and first.fetched <= FIRST_BYTES
            kept = kept or way in first_frame.BEHIND
            print(
                f"  first picture, {way:<8}{first.milliseconds:>6.0f} ms of {FIRST_MS}, "
                f"{first.fetched / 1000:.0f} kB of {FIRST_BYTES / 1000:.0f}{limit(kept)}",
                flush=True,
            )
        for way in ("native", "small", "hls"):
            count, late = first_frame.stalls(lesson, way)
            words = f"{count} stalls, {late:.1f} s late{limit(not count)}"
            print(f"  first minute at 240p, {way:<8}{words}", flush=True)


def streaming(variables: Mapping[str, str], folder: Path, film: dict[str, str]) -> None:
    path = f"/media/{film['original']}"
    for name, ranges in (("the whole file", None), ("the rest", "bytes=0-")):
        with viewers.as_in_the_procfile(variables, folder) as (address, pid):
            seen = viewers.watch(address, pid, path, ranges, film["lesson"])
        memory = [seen.before, seen.during[SETTLED_S], max(seen.during), seen.after]
        grown = max(seen.during[SETTLED_S:]) - seen.during[SETTLED_S]
        slowest = max(seen.pages[SETTLED_S:])
        kept = grown <= GROWTH and slowest <= PAGE_S and not seen.silent
        print(
            f"  {viewers.VIEWERS} slow viewers of {name:<15}"
            f"memory before, after {SETTLED_S} s, at most, afterwards: "
            f"{' '.join(f'{size / 1e6:.0f}' for size in memory)} MB; "
            f"{seen.silent} unserved, {seen.read * 8 / viewers.SECONDS / 1e6:.0f} Mbit/s, "
            f"a page takes {slowest:.2f} s at most{limit(kept)}",
            flush=True,
        )


def delivery(variables: Mapping[str, str], folder: Path, film: dict[str, str]) -> None:
    program = doors.program()
    if program is None or shutil.which("wrk") is None:
        return print("  !! nginx or wrk is missing: apt-get install nginx wrk")
    media = Path(variables["VAR_DIR"]) / "media"
    told = {**variables, "MEDIA_ACCEL_PREFIX": "/protected/"}
    script = str(HERE / "range.lua")
    stream = f"{film['run']}/240.m4s"
    pieces = {
        "a whole file": (stream, ()),
        "2 MB of a film": (film["original"], ("bytes=0-2097151",)),
        "a segment": (stream, ("bytes=0-131071",)),
    }
    with (
        server(told, folder) as school,
        door.nginx(program, folder / "nginx", media, school) as address,
    ):
        for name, (file, asked) in pieces.items():
            how = (script, *asked) if asked else ()
            floor = Load("nginx's own", f"/bare/{file}", how)
            ours = Load(f"nginx, {name}", f"/media/{file}", how)
            for _worker in range(4):
                viewers.timed(address + ours.path)
            found = compare(address, floor, ours, ROUNDS, SECONDS)
            kept = statistics.median(found.ratios) >= DELIVERY
            print(row(floor, ours, found) + limit(kept), flush=True)
