import subprocess
import sys

import pytest

from deploy.install_packages import is_whole, make_environment


@pytest.fixture
def environment(tmp_path):
    """Without pip itself, which takes long: a script that names the environment's Python."""
    folder = tmp_path / "venv"
    command = [sys.executable, "-m", "venv", "--without-pip", str(folder)]
    subprocess.run(command, check=True)
    (folder / "bin" / "pip").write_text(f"#!{folder}/bin/python\nprint()\n")
    return folder


def test_environment_that_starts_is_whole_and_kept(environment):
    made = (environment / "pyvenv.cfg").stat().st_mtime_ns
    make_environment(environment)
    assert is_whole(environment)
    assert (environment / "pyvenv.cfg").stat().st_mtime_ns == made


def test_environment_that_is_not_there_is_not_whole(tmp_path):
    assert not is_whole(tmp_path / "venv")


def test_environment_whose_python_was_removed_is_not_whole(environment):
    python = environment / "bin" / "python"
    python.unlink()
    python.symlink_to("/nowhere/python3.11")
    assert not is_whole(environment)


def test_environment_that_was_moved_is_not_whole(environment):
    moved = environment.rename(environment.with_name("elsewhere"))
    assert not is_whole(moved)


def test_environment_that_is_not_whole_is_made_anew(environment):
    moved = environment.rename(environment.with_name("elsewhere"))
    (moved / "left-over").touch()
    make_environment(moved)
    assert is_whole(moved)
    assert not (moved / "left-over").exists()
