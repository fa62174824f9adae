"""One thing said in many ways reads the same."""

import pytest

from search import wording
from search.wording import Piece


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("打了一架", "打架"),
        ("离了两次婚", "离婚"),
        ("生他的气", "生气"),
        ("发了一通脾气", "发脾气"),
        ("细路仔唔肯瞓觉", "小孩不肯睡觉"),
        ("过几年再说", "过几年再说"),
        ("上小学", "上小学"),
        ("睡不着觉", "睡不着觉"),
        ("半夜头疼", "半夜头疼"),
        ("人家婆婆", "人家婆婆"),
        ("写成日记", "写成日记"),
        ("rabbit", "rabbit"),
        ("bb唔食奶", "宝宝不吃奶"),
        ("动了手机", "动了手机"),
        ("动了手", "动手"),
        ("生了三个孩子", "生孩子"),
    ],
)
def test_regions_and_words_taken_apart_read_as_texts_have_them(said, read):
    assert wording.plain(said) == read


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("磨磨唧唧", ["磨唧"]),
        ("打扫打扫", ["打扫"]),
        ("慢吞吞", ["慢吞"]),
        ("试试看", ["试看"]),
        ("作业", []),
    ],
)
def test_doubled_word_comes_from_a_plain_one(word, forms):
    assert wording.undoubled(word) == forms


def test_small_words_go_and_every_way_of_not_doing_is_one():
    assert wording.pieces("娃不怎么想去上学") == [Piece("不", 1, 4), Piece("上学", 6, 8)]
    assert [piece.text for piece in wording.pieces("死活不肯写作业wifi")] == ["不", "写作业"]


def test_phrase_is_found_in_either_order_unless_it_is_about_persons():
    assert list(wording.skeletons("摔手机")) == ["摔手机", "手机摔"]
    assert list(wording.skeletons("不想上学")) == ["不上学"]
    assert list(wording.skeletons("骂奶奶")) == ["骂奶奶"]
    assert list(wording.skeletons("生了小的")) == []
    assert list(wording.skeletons("手机")) == []


def test_whom_one_does_not_do_it_to_is_no_small_word():
    assert list(wording.skeletons("不跟我说话")) == []
    assert list(wording.skeletons("不用你管")) == []
    assert list(wording.skeletons("嫌我啰嗦")) == ["嫌啰嗦", "啰嗦嫌"]


def test_no_regional_word_stands_inside_what_it_becomes():
    """Otherwise it would be replaced again and again by whoever reads it twice."""
    again = {word for word, common in wording.REGIONAL.items() if wording.plain(common) != common}
    assert again == set()
