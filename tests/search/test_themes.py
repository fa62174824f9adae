"""A sentence is about the theme whose words it shares."""

from search.themes import about, themes

GROUPS = [
    (["抢妹妹积木", "哥哥打弟弟", "为玩具打架"], ["抢玩具", "两个孩子"]),
    (["手机不肯放", "偷玩手机"], ["收手机"]),
    (["手机", "平板"], []),
]


def test_sentence_is_about_what_it_shares_most_with():
    assert [theme.finds for theme in themes(GROUPS)] == [("抢玩具", "两个孩子"), ("收手机",)]
    found = about("哥哥老抢妹妹的积木", themes(GROUPS))
    assert found is not None and found.finds == ("抢玩具", "两个孩子")


def test_sentence_that_shares_nothing_is_about_nothing():
    assert (about("今天下雨", themes(GROUPS)), about("手机", []), about("", themes(GROUPS))) == (
        None,
        None,
        None,
    )


def test_single_characters_or_half_a_sentence_make_no_theme():
    known = themes([(["作业拖拉", "学习没动力"], ["磨蹭"]), (["下雨"], ["天气"])])
    assert [about(text, known) for text in ("量子色动力学", "怎么修拖拉机")] == [None, None]
    found = about("作业拖拉没动力", known)
    assert found is not None and found.finds == ("磨蹭",)


def test_what_every_theme_has_says_less():
    few, many = themes([(["手机"], ["约定"]), (["手机"], ["游戏"])])
    assert few.parts["手机"] == many.parts["手机"] < few.parts["约定"] == many.parts["游戏"]
