"""Every rule module is measured and fully covered, branches included: after `coverage report`.

The list stands in pyproject.toml under [tool.parent_school] rule_modules.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


def rule_modules(root: Path = ROOT) -> list[str]:
    project = tomllib.loads((root / "pyproject.toml").read_text())
    return project["tool"]["parent_school"]["rule_modules"]


def measured(root: Path = ROOT) -> dict[str, Any]:
    """What the last run covered: the figures of each file by its path."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "coverage.json"
        command = [sys.executable, "-m", "coverage", "json", "--quiet", "-o", str(report)]
        subprocess.run(command, check=True, cwd=root)
        return json.loads(report.read_text())["files"]


def gaps(modules: list[str], files: dict[str, Any]) -> list[str]:
    """What is not covered, a line for each module that falls short."""
    found = []
    for module in modules:
        if module not in files:
            found.append(f"{module}: not measured at all")
            continue
        lines = files[module]["missing_lines"]
        branches = files[module]["missing_branches"]
        if lines or branches:
            found.append(f"{module}: lines {lines}, branches {branches} never ran")
    return found


if __name__ == "__main__":
    names = rule_modules()
    short = gaps(names, measured())
    if short or not names:
        sys.exit("\n".join(["Rule modules stand at 100 %:", *short]))
    print(f"{len(names)} rule modules: every line and branch ran.")
