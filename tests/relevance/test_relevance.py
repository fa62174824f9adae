"""The targets hold on the engine that every school has."""

import pytest
from django.core.management import call_command

from demo import pages
from search import indexing
from tests.relevance.measure import ask, judged, measure, ndcg, recall


@pytest.fixture
def demonstration(db):
    call_command("prepare_school")
    pages.load(lambda line: None)
    indexing.carry_out()


def test_judged_queries_are_answered(demonstration):
    figures = measure(ask)
    reached = (figures.recall >= 0.95, figures.ndcg >= 0.85, figures.zero)
    assert (reached, figures.queries >= 120) == ((True, True, 0), True)


def test_each_query_is_judged_once():
    texts = [(one.text, *one.chosen.values()) for one in judged()]
    assert len(texts) == len(set(texts))


def test_measures():
    grades = {"a": 3, "b": 2, "c": 1}
    assert ndcg(["a", "b", "c"], grades) == 1
    assert round(ndcg(["c", "b", "a"], grades), 3) == 0.681
    assert (recall(["a", "x"], grades), recall(["x"], {}), ndcg(["x"], {})) == (0.5, 1, 1)
