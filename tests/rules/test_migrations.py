"""Migrations say what they do, know no code that will change, and can be taken back."""

import ast
import re
from pathlib import Path

import pytest

from tests.rules.tree import PRODUCT, ROOT, imported_names, migrations

VERBS = (
    "add|allow|alter|bind|change|clear|copy|create|drop|encrypt|fill|forbid|index|link|lock|loosen|"
    "mark|merge|move|number|protect|randomise|remember|remove|rename|require|seed|split|store|tighten|unify"
)
NAME = re.compile(rf"^\d{{4}}_({VERBS})_[a-z][a-z0-9_]*$")
# What Django makes up when nobody names a migration.
MADE_UP = re.compile(r"_and_more$|_auto_\d|_alter_.*_alter_")


def is_badly_named(path):
    return not NAME.match(path.stem) or bool(MADE_UP.search(path.stem))


def moves_data(source):
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return any(getattr(call, "attr", "") in {"RunPython", "RunSQL"} for call in calls)


def forbidden_imports(source):
    """Project code in a migration.

    Django itself writes `import app.module` for a field or validator of ours: that stays, as
    the field must be there anyway. A migration that moves data knows nothing of the project.
    """
    ours = {name for name in imported_names(source, "m") if name.split(".")[0] in PRODUCT}
    if moves_data(source):
        return sorted(ours)
    plain = {
        alias.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    return sorted(ours - plain)


def one_way(source):
    """The data steps that cannot be taken back."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in {"RunPython", "RunSQL"}
        and len(node.args) < 2
        and not {"reverse_code", "reverse_sql"} & {keyword.arg for keyword in node.keywords}
    ]


def found_by(rule):
    found = {str(path): rule((ROOT / path).read_text()) for path in migrations()}
    return {path: what for path, what in found.items() if what}


def test_migrations_are_named_by_what_they_do():
    assert [str(path) for path in migrations() if is_badly_named(path)] == []


def test_migrations_import_no_project_code():
    assert found_by(forbidden_imports) == {}


def test_data_migrations_can_be_taken_back():
    assert found_by(one_way) == {}


@pytest.mark.parametrize(
    "name", ["0001_initial", "0002_auto_20260101", "0003_alter_a_alter_b", "0004_add_x_and_more"]
)
def test_badly_named_migration_is_seen(name):
    assert is_badly_named(Path(f"cms/migrations/{name}.py"))


def test_well_named_migration_is_fine():
    assert not is_badly_named(Path("cms/migrations/0002_seed_taxonomy.py"))


def test_project_code_in_a_migration_is_seen():
    assert forbidden_imports("from cms.models import HomePage") == ["cms.models.HomePage"]
    assert forbidden_imports("import cms.models\nfrom django.db import models") == []
    data = "import cms.models\nmigrations.RunPython(seed, migrations.RunPython.noop)"
    assert forbidden_imports(data) == ["cms.models"]


def test_one_way_migration_is_seen():
    assert one_way("migrations.RunPython(seed)\nmigrations.RunSQL('a', reverse_sql='b')") == [1]
