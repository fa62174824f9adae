"""Imports run one way, and a search engine is known in one place."""

import pytest

from tests.rules.tree import dotted, imported_names, imports_of, product_modules

# What each part may know. Nobody may know config, which wires everything.
MEDIA = frozenset({"media"})
CMS = MEDIA | {"cms"}
COURSES = CMS | {"courses"}
SEARCH = COURSES | {"search"}
ACCOUNTS = SEARCH | {"learners.accounts"}
SCHOOLS = ACCOUNTS | {"learners.schools"}
STUDY = SCHOOLS | {"learners.study"}
ASSIGNMENTS = STUDY | {"learners.assignments"}
STORIES = ACCOUNTS | {"learners.stories"}
EVERYTHING = ASSIGNMENTS | STORIES | {"demo"}
MAY_KNOW = {
    "media": MEDIA,
    "cms": CMS,
    "courses": COURSES,
    "search": SEARCH,
    "learners": frozenset({"learners"}),
    "learners.accounts": ACCOUNTS,
    "learners.schools": SCHOOLS,
    "learners.study": STUDY,
    "learners.assignments": ASSIGNMENTS,
    "learners.stories": STORIES,
    "demo": EVERYTHING,
    "config": EVERYTHING | {"config"},
}
AROUND = {"config", "tests", "bench", "deploy"}
ENGINES = {"elasticsearch", "elasticsearch_dsl", "elastic_transport", "opensearchpy"}


def ground(name):
    """The part of the school that a dotted name belongs to; None for everybody else's."""
    first, second = [*name.split("."), "", ""][:2]
    nested = f"{first}.{second}"
    if nested in MAY_KNOW:
        return nested
    return first if first in MAY_KNOW or first in AROUND else None


def wrong_imports(module, names):
    """The imports that run against the order or reach past search for an engine."""
    own = ground(module)
    wrong = []
    for name in names:
        other = ground(name)
        if other and other != own and other not in MAY_KNOW[own]:
            wrong.append(f"{module} imports {name}: {own} must not know {other}")
        if name.split(".")[0] in ENGINES and own != "search":
            wrong.append(f"{module} imports {name}: engines are known in search alone")
    return wrong


def test_imports_run_one_way():
    found = [
        line for path in product_modules() for line in wrong_imports(dotted(path), imports_of(path))
    ]
    assert found == []


@pytest.mark.parametrize(
    ("module", "source", "wrong"),
    [
        ("media.models", "from cms.models import HomePage", 1),
        ("cms.views", "def view():\n    import courses.models", 1),
        ("cms.views", "from config import settings", 1),
        ("courses.models.course", "from learners.study.models import Enrolment", 1),
        ("learners.accounts.views", "from ..study import progress", 1),
        ("learners.accounts.views", "from learners import study", 1),
        ("learners.stories.models", "import learners.study.models", 1),
        ("learners.study.views", "from bench import run", 1),
        ("learners.assignments.models", "from learners.stories.models import Story", 1),
        ("cms.models.home", "from elasticsearch import Elasticsearch", 1),
        ("search.engine", "from elasticsearch import Elasticsearch", 0),
        ("learners.study.views", "from ..accounts.models import User", 0),
        ("learners.study.views", "from . import progress\nfrom cms.models import HomePage", 0),
        ("demo.loading", "from learners.assignments.models import Assignment", 0),
        ("config.urls", "import learners.study.urls, demo.apps", 0),
    ],
)
def test_wrong_imports_are_seen(module, source, wrong):
    assert len(wrong_imports(module, imported_names(source, module))) == wrong


def test_every_part_of_the_school_has_its_place_in_the_order():
    assert {ground(dotted(path)) for path in product_modules()} <= set(MAY_KNOW)
