"""The files of the repository as the rules walk them: tracked or new, never ignored."""

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
# Where the school's own code lives; everything else (tests, bench, deploy) stands around it.
PRODUCT = ("config", "media", "cms", "courses", "search", "learners", "demo")


def repository() -> list[Path]:
    """Every file of the working tree, relative to its root."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return sorted({Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()})


def named(*suffixes: str) -> list[Path]:
    return [path for path in repository() if path.suffix in suffixes]


def product_modules() -> list[Path]:
    """The Python files of the school itself, migrations left out."""
    return [
        path for path in named(".py") if path.parts[0] in PRODUCT and "migrations" not in path.parts
    ]


def migrations() -> list[Path]:
    return [
        path
        for path in named(".py")
        if path.parent.name == "migrations" and path.name != "__init__.py"
    ]


def dotted(path: Path) -> str:
    """The name a file is imported by: cms/models/__init__.py is cms.models."""
    parts = path.with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_names(source: str, module: str, is_package: bool = False) -> Iterator[str]:
    """Every dotted name that a source imports, wherever in the file; relative ones resolved."""
    package = module.split(".") if is_package else module.split(".")[:-1]
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*start, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def imports_of(path: Path) -> Iterator[str]:
    source = (ROOT / path).read_text()
    return imported_names(source, dotted(path), is_package=path.name == "__init__.py")
