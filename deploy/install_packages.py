"""Installs the locked packages into a virtual environment, with progress.

python install_packages.py .venv requirements.txt — runs on the machine's own Python, so it
uses the standard library only.
"""

import re
import subprocess
import sys
from pathlib import Path

WITHOUT_VENV = """\
This Python has no module to make virtual environments.
  Debian or Ubuntu: apt-get install python3-venv
  or take another Python: make run PYTHON=/path/to/python3.11"""
FAILED = """\
The packages could not be installed; pip's own words are above. Usual causes: no network, a
package index that is not reachable from here (pip reads its own configuration), a full disk.
The same command tries again."""


def starts(python: str) -> bool:
    return subprocess.run([python, "-c", ""], check=False).returncode == 0


def is_whole(folder: Path) -> bool:
    """Whether its programs start: not after its Python was removed, or the folder was moved."""
    try:
        names = (folder / "bin" / "pip").read_bytes().split(b"\n", 1)[0].removeprefix(b"#!")
        programs = [names.decode().strip(), str(folder / "bin" / "python")]
        return all(starts(program) for program in programs)
    except OSError:
        return False


def make_environment(folder: Path) -> None:
    if is_whole(folder):
        return
    print(f"Making a virtual environment in {folder} with Python {sys.version.split()[0]} ...")
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode:
        sys.exit(f"{made.stdout}{made.stderr}\n{WITHOUT_VENV}")


def install(folder: Path, lock: Path) -> None:
    total = len(re.findall(r"^[\w.-]+(\[[\w,-]+\])?==", lock.read_text(), re.MULTILINE))
    print(f"Installing {total} packages (one to three minutes the first time) ...", flush=True)
    command = [str(folder / "bin" / "python"), "-m", "pip", "install", "--require-hashes"]
    command += ["--disable-pip-version-check", "--progress-bar", "off", "-r", str(lock)]
    pip = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    words: list[str] = []
    done = 0
    for line in pip.stdout or ():
        words.append(line)
        if line.startswith(("Collecting ", "Requirement already satisfied: ")):
            done += 1
            if done % 10 == 0:
                print(f"  {done} of {total}", flush=True)
        elif line.startswith("Installing collected packages"):
            print("  all here, unpacking ...", flush=True)
    if pip.wait():
        sys.exit("".join(words[-20:]) + FAILED)


if __name__ == "__main__":
    make_environment(Path(sys.argv[1]))
    install(Path(sys.argv[1]), Path(sys.argv[2]))
