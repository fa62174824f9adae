"""docker-compose.yml is well formed, and every variable of the school is told to operators."""

import ast
import os
import re
import shutil
import subprocess

import pytest

from tests.rules.tree import ROOT

MADE = ("SECRET_KEY", "FIELD_KEYS", "FIELD_HASH_KEY", "POSTGRES_PASSWORD")


def compose():
    """The command of whichever Docker Compose is here."""
    if shutil.which("docker"):
        command = ["docker", "compose"]
        if subprocess.run([*command, "version"], capture_output=True, check=False).returncode == 0:
            return command
    if shutil.which("docker-compose"):
        return ["docker-compose"]
    return pytest.skip(
        "docker-compose.yml: Docker Compose is missing (apt-get install docker-compose)"
    )


def check(path, environment):
    command = [*compose(), "--file", path, "--env-file", ROOT / ".env.example", "config", "--quiet"]
    plain = {name: value for name, value in os.environ.items() if name not in MADE}
    return subprocess.run(
        command, cwd=ROOT, env={**plain, **environment}, capture_output=True, text=True, check=False
    )


def variables(source):
    """The names that a settings file reads from the environment: env.str("NAME", …)."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id == "env"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }


def settings_variables():
    return variables((ROOT / "config/settings.py").read_text())


def test_compose_file_is_well_formed():
    done = check(ROOT / "docker-compose.yml", dict.fromkeys(MADE, "made"))
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("secret", MADE)
def test_compose_refuses_to_start_without_a_secret(secret):
    done = check(ROOT / "docker-compose.yml", {name: "made" for name in MADE if name != secret})
    assert done.returncode != 0
    assert secret in done.stderr


def test_malformed_compose_file_is_seen(tmp_path):
    path = tmp_path / "docker-compose.yml"
    path.write_text("services:\n  web:\n    imag: parent-school\n")
    assert check(path, {}).returncode != 0


def test_variables_of_the_settings_are_in_the_example():
    example = (ROOT / ".env.example").read_text()
    listed = set(re.findall(r"^(?:# )?([A-Z0-9_]+)=", example, re.MULTILINE))
    assert settings_variables() - listed == set()


def test_variables_of_the_settings_are_explained():
    table = (ROOT / "docs/operating.md").read_text()
    explained = set(re.findall(r"^\| `([A-Z0-9_]+)` \|", table, re.MULTILINE))
    assert settings_variables() - explained == set()


def test_containers_get_the_variables_of_the_settings():
    """What is set for the whole school must not stay outside the containers."""
    local = {"VAR_DIR", "TEST_DATABASE"}  # a container has its own
    block = (ROOT / "docker-compose.yml").read_text().split("services:")[0]
    handed = set(re.findall(r"^    ([A-Z0-9_]+):", block, re.MULTILINE))
    assert settings_variables() - local - handed == set()


def test_variable_of_the_settings_is_seen():
    assert variables('A = env.str("A")\nB = env.int("B", default=1)\nC = other.str("C")') == {
        "A",
        "B",
    }
