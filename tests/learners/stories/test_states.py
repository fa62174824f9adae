"""Every move from every state, by one table written out."""

import pytest

from learners.stories import states
from learners.stories.states import Move, NotThatWay, State

TABLE = {
    ("draft", "send"): "waiting",
    ("returned", "send"): "waiting",
    ("waiting", "take_back"): "draft",
    ("waiting", "publish"): "published",
    ("waiting", "give_back"): "returned",
    ("waiting", "refuse"): "refused",
    ("waiting", "withdraw"): "withdrawn",
    ("returned", "withdraw"): "withdrawn",
    ("refused", "withdraw"): "withdrawn",
    ("published", "withdraw"): "withdrawn",
}


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_move_leads_where_the_table_says(state, move):
    expected = TABLE.get((state.value, move.value))
    assert states.may(state, move) == (expected is not None)
    if expected:
        assert states.after(state, move) == expected
    else:
        with pytest.raises(NotThatWay):
            states.after(state, move)
