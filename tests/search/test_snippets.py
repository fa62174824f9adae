"""The original text is shown with the words marked, however they are written in it."""

from search.snippets import Piece, highlight, marks, snippet


def test_other_forms_are_marked_where_they_stand():
    assert highlight("校園欺凌怎么办", ["校园欺凌"]) == [
        Piece("校園欺凌", marked=True),
        Piece("怎么办"),
    ]
    assert highlight("没有", ["手机"]) == [Piece("没有")]
    assert highlight("收手机", ["手机"]) == [Piece("收"), Piece("手机", marked=True)]


def test_marks_that_touch_are_one():
    assert marks("玩手机机", ["手机", "玩手", "机"]) == [(0, 4)]


def test_repeated_word_is_marked_each_time():
    assert marks("手机与手机", ["手机"]) == [(0, 2), (3, 5)]


def test_snippet_is_from_the_text_that_says_most():
    texts = ["", "手机", "手机和作业都要说好"]
    shown = snippet(texts, ["手机", "作业"])
    assert "".join(piece.text for piece in shown) == "手机和作业都要说好"
    assert [piece.text for piece in shown if piece.marked] == ["手机", "作业"]


def test_snippet_without_a_word_is_the_first_text():
    assert snippet(["", "前面", "后面"], ["手机"]) == [Piece("前面")]
    assert snippet([], ["手机"]) == []


def test_snippet_is_cut_on_both_sides():
    text = "手机" + "长" * 40 + "作业" + "长" * 90
    shown = snippet([text], ["作业"], length=30)
    assert (shown[0], shown[-1]) == (Piece("…"), Piece("…"))
    assert sum(len(piece.text) for piece in shown[1:-1]) == 30


def test_marks_outside_the_window_stay_unmarked():
    text = "手机" + "长" * 40 + "作业收手机" + "长" * 30
    shown = snippet([text], ["手机", "作业"], length=40)
    assert [piece.text for piece in shown if piece.marked] == ["作业", "手机"]


def test_piece_of_a_text_does_not_begin_with_a_stop():
    said = "“先说作业，再收别人家的大小"
    text = "长" * 30 + "。，" + said + "手机" + "长" * 90
    assert snippet([text], ["手机"], length=30)[1].text == said
    assert snippet(["长" * 30 + "，，，，，，，，，，，，，，，，，手机"], ["手机"])[1:] == [
        Piece("手机", marked=True)
    ]


def test_capitals_are_found_in_the_text_as_in_the_title():
    shown = snippet(["前面", "说说 ADHD 的孩子"], ["adhd"])
    assert [piece.text for piece in shown if piece.marked] == ["ADHD"]
