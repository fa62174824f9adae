"""Make the covers and recordings that are missing or whose script has changed.

    python demo/making/make.py [stem ...]

Named stems are made anew in any case. What was made from what is kept in demo/media/made.json.
"""

import hashlib
import json
import sys

from covers import DEMO, draw_cover, wanted
from videos import MEDIA, SCRIPTS, make_recording

# Raise when the drawing or the voice changes so much that everything should be made anew.
EDITION = 1
RECORD = MEDIA / "made.json"
COVERS = DEMO / "covers"


def fingerprint(text: str) -> str:
    return hashlib.sha256(f"{EDITION}\n{text}".encode()).hexdigest()[:16]


def read_record() -> dict[str, dict[str, str]]:
    empty: dict[str, dict[str, str]] = {"covers": {}, "recordings": {}}
    return json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else empty


def write_record(record: dict[str, dict[str, str]]) -> None:
    RECORD.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def make_covers(record: dict[str, dict[str, str]], named: set[str]) -> None:
    if not (DEMO / "content" / "covers.yaml").exists():
        return
    for stem, wish in wanted().items():
        mark = fingerprint(json.dumps(wish, sort_keys=True))
        there = (COVERS / f"{stem}.webp").exists() and record["covers"].get(stem) == mark
        if there and stem not in named:
            continue
        draw_cover(stem, wish, COVERS)
        record["covers"][stem] = mark
        write_record(record)
        print(f"cover {stem}")


def make_recordings(record: dict[str, dict[str, str]], named: set[str]) -> None:
    for script in sorted(SCRIPTS.glob("*.yaml")):
        stem, mark = script.stem, fingerprint(script.read_text(encoding="utf-8"))
        there = any((MEDIA / f"{stem}.{kind}").exists() for kind in ("mp4", "m4a"))
        if there and record["recordings"].get(stem) == mark and stem not in named:
            continue
        made = make_recording(stem)
        record["recordings"][stem] = mark
        write_record(record)
        print(f"recording {stem}: {made[0].stat().st_size / 1000:.0f} kB")


def main() -> None:
    named = set(sys.argv[1:])
    for folder in (MEDIA, COVERS):
        folder.mkdir(exist_ok=True)
    record = read_record()
    make_covers(record, named)
    make_recordings(record, named)


if __name__ == "__main__":
    main()
