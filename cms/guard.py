"""A page that people have learned from is not deleted (ARCHITECTURE.md decision 8), nor a
term of the taxonomy that resources are found by.

The content side does not know learners: they register what counts as their rows.
"""

from collections.abc import Callable

from django.db.models import QuerySet
from wagtail.models import Page

from cms.models.taxonomy import Term

Counter = Callable[[QuerySet], int]
_counters: list[Counter] = []


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
