import pytest

from learners.assignments.message_length import messages


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 1), ("字" * 70, 1), ("字" * 71, 2), ("字" * 134, 2), ("字" * 135, 3), ("😀" * 36, 2)],
)
def test_long_text_costs_several_messages(text, count):
    assert messages(text) == count
