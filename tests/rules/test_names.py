"""Rooms are named by the business; input comes through forms; nothing happens behind save()."""

import ast
from pathlib import Path

import pytest

from tests.rules.tree import ROOT, product_modules

# A name that says nothing gathers everything.
EMPTY_NAMES = {"util", "helper", "common", "service", "manager", "misc"}


def empty_names(path):
    """The parts of a path that name no business."""
    parts = [*path.parts[:-1], path.stem]
    return [part for part in parts if part.rstrip("s") in EMPTY_NAMES]


def input_by_hand(source):
    """The lines that read request.POST themselves; handing it to a form is how it is meant."""
    reads = []
    for node in ast.walk(ast.parse(source)):
        read = node.value if isinstance(node, ast.Subscript | ast.Attribute) else None
        if isinstance(read, ast.Attribute) and read.attr in {"POST", "FILES"}:
            reads.append(node.lineno)
    return reads


def overridden_saves(source):
    """The models that do something of their own when they are saved or deleted."""
    return [
        f"{node.name}.{item.name}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ClassDef)
        for item in node.body
        if isinstance(item, ast.FunctionDef) and item.name in {"save", "delete"}
    ]


def is_models(path):
    return path.stem == "models" or "models" in path.parts


def test_modules_are_named_by_the_business():
    assert [str(path) for path in product_modules() if empty_names(path)] == []


def test_input_comes_through_forms():
    found = {str(path): input_by_hand((ROOT / path).read_text()) for path in product_modules()}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_no_model_overrides_save():
    models = [path for path in product_modules() if is_models(path)]
    found = {str(path): overridden_saves((ROOT / path).read_text()) for path in models}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    "path", ["cms/utils.py", "cms/helper.py", "cms/services/x.py", "cms/managers.py"]
)
def test_empty_name_is_seen(path):
    assert empty_names(Path(path)) != []


def test_business_name_is_fine():
    assert empty_names(Path("learners/study/enrolment.py")) == []


@pytest.mark.parametrize(
    "source",
    ["x = request.POST['a']", "x = self.request.POST.get('a')", "x = request.FILES.getlist('a')"],
)
def test_input_by_hand_is_seen(source):
    assert input_by_hand(source) == [1]


@pytest.mark.parametrize("source", ["form = Form(request.POST)", "x = F(request.POST or None)"])
def test_input_for_a_form_is_fine(source):
    assert input_by_hand(source) == []


def test_overridden_save_is_seen():
    source = "class Child(Model):\n    def save(self): ...\n    def sum(self): ..."
    assert overridden_saves(source) == ["Child.save"]
