"""What is installed is locked, byte for byte, and named without an address."""

import re

import pytest
from packaging.requirements import Requirement

from tests.rules.tree import ROOT, named

PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(\[[^\]]+\])?==(?P<version>[^\s;]+)")
# Hosts of the machine itself and of compose services carry no dot.
ADDRESS = re.compile(r"https?://(?!127\.0\.0\.1)[\w-]*\.[\w.-]+")
INDEX = re.compile(r"index[-_]url|find[-_]links|trusted[-_]host|registry\s*=|PIP_INDEX|UV_INDEX")
MACHINERY = {
    "pyproject.toml",
    "Makefile",
    "Procfile",
    "Dockerfile",
    "docker-compose.yml",
    "uv.toml",
}


def entries(lock):
    """The requirements of a lock file, each with its continuation lines."""
    lines = (line for line in lock.splitlines() if not line.lstrip().startswith("#"))
    return [entry for entry in re.split(r"\n(?=\S)", "\n".join(lines).strip()) if entry]


def unlocked(lock):
    """The requirements without an exact version or without a hash."""
    return [
        entry.splitlines()[0]
        for entry in entries(lock)
        if not PIN.match(entry) or "--hash=sha256:" not in entry
    ]


def addresses(text):
    """The lines that say where packages come from; `--no-emit-index-url` says the opposite."""
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    return [
        line
        for line in lines
        if ADDRESS.search(line) or INDEX.search(line.replace("--no-emit-index-url", ""))
    ]


def unmet(wanted, lock):
    """The wanted requirements that the lock does not hold in a version that serves them."""
    pins = {canonical(m["name"]): m["version"] for m in map(PIN.match, entries(lock)) if m}
    lines = (line.split("#")[0].strip() for line in wanted.splitlines())
    requirements = [Requirement(line) for line in lines if line]
    return [
        str(requirement)
        for requirement in requirements
        if not requirement.specifier.contains(pins.get(canonical(requirement.name), "0"))
        or canonical(requirement.name) not in pins
    ]


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def test_lock_is_hashed():
    lock = (ROOT / "requirements.txt").read_text()
    assert unlocked(lock) == []
    assert len(entries(lock)) > 50


def test_lock_serves_what_is_wanted():
    wanted = (ROOT / "requirements.in").read_text()
    assert unmet(wanted, (ROOT / "requirements.txt").read_text()) == []


def test_no_index_address_is_committed():
    watched = [
        path
        for path in named("", ".txt", ".in", ".toml", ".yml", ".cfg", ".json")
        if path.name in MACHINERY or path.parts[0] == ".ci" or path.name.startswith("requirements")
    ]
    assert ROOT.joinpath("requirements.txt").relative_to(ROOT) in watched
    found = {str(path): addresses((ROOT / path).read_text()) for path in watched}
    assert {path: lines for path, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "lock", ["django>=5\n    --hash=sha256:1", "django==5.2", "django @ git+ssh://a/b"]
)
def test_unlocked_requirement_is_seen(lock):
    assert unlocked(f"wagtail==8.0 \\\n    --hash=sha256:00\n{lock}") == [lock.splitlines()[0]]


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://packages.example.org/simple",
        "--find-links /opt/wheels",
        "pip install --trusted-host example",
        "a==1 @ https://example.org/a.whl",
        "registry = somewhere",
    ],
)
def test_address_is_seen(line):
    assert addresses(f"fine\n{line}") == [line]


@pytest.mark.parametrize(
    "line", ["uv --no-emit-index-url", "http://127.0.0.1:8000/", "http://elasticsearch:9200"]
)
def test_own_address_is_fine(line):
    assert addresses(line) == []


def test_unmet_requirement_is_seen():
    lock = "django==5.2.19 \\\n    --hash=sha256:00\n"
    assert unmet("django~=5.2.0\n# -- site\nDjango~=6.0\nwagtail", lock) == [
        "Django~=6.0",
        "wagtail",
    ]
