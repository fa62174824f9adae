"""Forms that mean the same read the same, and every character knows where it came from."""

from search.folding import fold, fold_aligned, visible


def test_traditional_wide_and_capital_forms_fold():
    assert fold("　校園欺凌　ＡＤＨＤ\n") == "校园欺凌 adhd"


def test_marks_and_control_characters_have_no_meaning():
    assert fold("手\u202e机\x00作业\ud800") == "手机 作业"
    assert [visible(sign) for sign in ("手", "\x00", "\u200f")] == ["手", " ", ""]


def test_folded_characters_know_their_places():
    folded, places = fold_aligned("校園")
    assert (folded, list(places)) == ("校园", [0, 1])
    folded, places = fold_aligned("㎏重")
    assert (folded, list(places)) == ("kg重", [0, 0, 1])


def test_what_folds_to_nothing_keeps_a_place():
    folded, places = fold_aligned("a\u200fb")
    assert (folded, list(places)) == ("a b", [0, 1, 2])
