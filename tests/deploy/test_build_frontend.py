"""The libraries from npm: made once, and missed without stopping anything."""

import importlib.util
import sys

import pytest

from tests.rules.tree import ROOT


@pytest.fixture
def builder():
    spec = importlib.util.spec_from_file_location("builder", ROOT / "deploy/build_frontend.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_without_npm_it_says_what_is_missing_and_goes_on(builder, tmp_path, monkeypatch, capsys):
    failing = [sys.executable, "-c", "import sys; sys.exit('npm: no network')"]
    monkeypatch.setattr(builder, "program", lambda name: failing)
    builder.main(tmp_path / "frontend")
    said = capsys.readouterr().out
    assert "npm: no network" in said
    assert said.endswith(builder.MISSING + "\n")
    assert not (tmp_path / "frontend/mark").exists()


def test_what_is_made_already_is_left(builder, tmp_path, monkeypatch, capsys):
    (tmp_path / "vendor").mkdir()
    for name in builder.NAMES:
        (tmp_path / "vendor" / name).touch()
    (tmp_path / "mark").write_text(builder.mark())
    monkeypatch.setattr(builder, "build", lambda target: 1 / 0)
    builder.main(tmp_path)
    assert capsys.readouterr().out == ""


def test_changed_sources_are_made_anew(builder, tmp_path, monkeypatch):
    made = []
    monkeypatch.setattr(builder, "build", lambda target: not made.append(target))
    (tmp_path / "mark").write_text("of earlier sources")
    builder.main(tmp_path)
    assert made == [tmp_path]
    assert (tmp_path / "mark").read_text() == builder.mark()


def test_program_of_the_machine_or_of_the_wheel(builder, monkeypatch):
    monkeypatch.setattr(builder.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert builder.program("npm") == ["/usr/bin/npm"]
    monkeypatch.setattr(builder.shutil, "which", lambda name: None)
    assert builder.program("node")[0] == sys.executable


def test_lock_names_no_registry():
    assert "resolved" not in (ROOT / "package-lock.json").read_text()
