"""What of a query is marked in the results."""

import pytest

from search.concepts import NOTHING, Alternative, Concept
from search.results import marked_words


def test_longest_words_first_and_no_token_of_a_tag():
    ways = (("手机",), ("tagtopicscreenzonce",), ("玩", "手机", "玩手机"), ("tag",))
    concept = Concept("手机", tuple(Alternative(terms, 1.0) for terms in ways), 1.0)
    assert marked_words((concept,)) == ["tag", "玩手机", "手机"]


def test_signs_alone_mark_nothing():
    """Nothing stands everywhere: looking for it would not end."""
    assert "" not in marked_words((NOTHING,))


@pytest.mark.parametrize("typed", ["？！", "tag"])
def test_text_that_has_a_token_of_ours_is_a_text(shelf, find, typed):
    shelf("tagnothing tag")
    assert find(typed) == ["tagnothing tag"]
