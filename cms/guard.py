"""A page that people have learned from is not deleted (ARCHITECTURE.md decision 8), nor a
term of the taxonomy that resources are found by. A page that belongs to others is not published
without them.

The content side does not know learners and courses: they register what counts as their rows, and
which page goes with which.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import QuerySet
from wagtail.models import Page

from cms.models.taxonomy import Term


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Why a page is not published by itself, in words, and where it is published."""

    words: str
    url: str


Counter = Callable[[QuerySet], int]
Rule = Callable[[Page], Elsewhere | None]
_counters: list[Counter] = []
_rules: list[Rule] = []


def register_counter(counter: Counter) -> None:
    """`counter` takes a queryset of pages and returns how many rows hang on them."""
    if counter not in _counters:
        _counters.append(counter)


def learner_rows(page: Page) -> int:
    """Rows of learners on the page and everything below it."""
    pages = Page.objects.descendant_of(page, inclusive=True)
    return sum(counter(pages) for counter in _counters)


def uses(term: Term) -> int:
    """How many resources carry this age stage, circumstance or topic."""
    return int(term.resources.count())  # type: ignore[attr-defined]


def register_rule(rule: Rule) -> None:
    """`rule` takes a page of its own kind and says where else it is published, if anywhere."""
    if rule not in _rules:
        _rules.append(rule)


def published_elsewhere(page: Page) -> Elsewhere | None:
    return next((found for rule in _rules if (found := rule(page.specific))), None)
