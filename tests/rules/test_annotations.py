"""Every function of the school tells its types: ruff and mypy both insist, with no way around."""

import subprocess
import sys
import tomllib

import pytest

from tests.rules.tree import PRODUCT, ROOT


@pytest.fixture
def tools():
    return tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]


def lint(source, name):
    """The annotation rules that a source breaks under the project's own configuration."""
    command = [sys.executable, "-m", "ruff", "check", "--output-format", "concise", "--quiet"]
    command += ["--stdin-filename", name, "-"]
    done = subprocess.run(
        command, check=False, cwd=ROOT, input=source, capture_output=True, text=True
    )
    return [word for word in done.stdout.split() if word.startswith("ANN")]


def exempting(ignored, folders):
    """The patterns that let one of the folders off annotations."""
    return [
        pattern
        for pattern, codes in ignored.items()
        if pattern.split("/")[0] in folders
        and any(code == "ALL" or code.startswith("ANN") for code in codes)
    ]


def test_linter_asks_for_annotations(tools):
    lint = tools["ruff"]["lint"]
    assert "ANN" in lint["select"]
    assert [code for code in lint["ignore"] if code.startswith("ANN")] == ["ANN401"]
    assert exempting(lint["per-file-ignores"], PRODUCT) == []


def test_type_checker_asks_for_annotations(tools):
    assert tools["mypy"]["disallow_untyped_defs"] is True
    untyped = [pattern for pattern in tools["mypy"]["exclude"] if "demo/making" not in pattern]
    assert [p for p in untyped if p.lstrip("^").split("/")[0] in PRODUCT] == []


@pytest.mark.parametrize("folder", [*PRODUCT, "deploy"])
def test_missing_annotation_is_seen(folder):
    assert lint("def add(a, b: int):\n    return a + b\n", f"{folder}/adding.py") == [
        "ANN201",
        "ANN001",
    ]


def test_annotated_function_is_fine():
    assert lint("def add(a: int, b: int) -> int:\n    return a + b\n", "cms/adding.py") == []


def test_exemption_is_seen():
    ignored = {"cms/**": ["ANN001"], "tests/**": ["ANN"], "cms/blocks.py": ["S101"]}
    assert exempting(ignored, PRODUCT) == ["cms/**"]
