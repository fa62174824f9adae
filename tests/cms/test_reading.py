import pytest

from cms.blocks import BodyBlocks
from cms.reading import characters, minutes, reading_seconds


def body(*blocks):
    return BodyBlocks().normalize(list(blocks))


def test_characters_without_markup_and_white_space():
    text = body(
        ("heading", "一 二"),
        ("paragraph", "<p>三<b>四</b></p><p>五</p>"),
        ("key_points", ["六", "七"]),
        ("parent_task", {"title": "八", "minutes": 5, "steps": ["九", "十"]}),
        ("quote", {"text": "甲", "source": "乙"}),
    )
    assert characters(text) == 12


def test_reading_seconds_at_three_hundred_a_minute_rounded_up():
    assert reading_seconds(body(("heading", "字" * 300))) == 60
    assert reading_seconds(body(("heading", "字" * 301))) == 61
    assert reading_seconds(body()) == 0


@pytest.mark.parametrize(("seconds", "expected"), [(0, 1), (29, 1), (89, 1), (90, 2), (600, 10)])
def test_minutes_are_whole_and_at_least_one(seconds, expected):
    assert minutes(seconds) == expected


def test_text_beside_pictures_counts_and_fetches_none_of_them(db, django_assert_num_queries):
    pictures = [
        {"type": "image", "value": {"image": 1, "caption": "一二"}},
        {"type": "image", "value": {"image": 1, "caption": ""}},
        {"type": "gone", "value": "not a block any more"},
    ]
    stored = BodyBlocks().to_python([{"type": "heading", "value": "三"}, *pictures])
    with django_assert_num_queries(0):
        assert characters(stored) == 3


def test_list_stored_without_ids_counts():
    """As Wagtail wrote lists before their items had ids."""
    stored = BodyBlocks().to_python([{"type": "key_points", "value": ["一", "二三"]}])
    assert characters(stored) == 3
