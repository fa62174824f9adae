"""On CI nothing may be skipped: the plugin in tests/skips.py sees to it."""

import os
import subprocess
import sys

import pytest

from tests.rules.tree import ROOT

SKIPPING = "import pytest\ndef test_a(): pytest.skip('no browser here')\ndef test_b(): pass\n"
PASSING = "def test_b(): pass\n"


def run(folder, source, ci):
    (folder / "pytest.ini").write_text("[pytest]\n")
    (folder / "test_it.py").write_text(source)
    command = [sys.executable, "-m", "pytest", "-p", "tests.skips", "-p", "no:django"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CI": ci}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("source", "ci", "code"), [(SKIPPING, "true", 1), (SKIPPING, "", 0), (PASSING, "true", 0)]
)
def test_skipped_test_fails_on_ci_alone(tmp_path, source, ci, code):
    done = run(tmp_path, source, ci)
    assert done.returncode == code, done.stdout
    assert ("SKIPPED" in done.stdout) is (source == SKIPPING)
    assert ("no browser here" in done.stdout) is (source == SKIPPING)
