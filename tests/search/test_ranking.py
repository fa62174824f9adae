"""What a text says of what was asked, and a little how liked and how new."""

from pytest import approx

from search.concepts import Concept
from search.ranking import FRESH_SECONDS, coverage, enough, liked, prior, score

PHONE, HOMEWORK = Concept("手机", (), 1.5), Concept("作业", (), 1.0)
SMALL = Concept("看", (), 0.3, required=False)


def test_a_third_of_what_was_asked_is_enough():
    heavy = Concept("手机", (), 3.0)
    assert enough((PHONE, HOMEWORK, SMALL)) == [(0,), (1,)]
    assert enough((heavy, HOMEWORK)) == [(0,)]
    assert enough((HOMEWORK, HOMEWORK, HOMEWORK, HOMEWORK)) == [
        *((0, 1), (0, 2), (0, 3)),
        *((1, 2), (1, 3), (2, 3)),
    ]


def test_what_no_text_says_is_not_asked_for():
    asked = (Concept("手机", (), 3.0), HOMEWORK)
    assert (enough(asked, {1}), enough(asked, {0}), enough(asked, set())) == ([(1,)], [(0,)], [])


def test_coverage_is_the_share_of_what_was_said():
    assert coverage(0b001, (PHONE, HOMEWORK)) == 0.6
    assert coverage(0, ()) == 0.0


def test_newer_and_liked_count_a_little():
    now = 10 * FRESH_SECONDS
    assert prior(0, now, now) == 1.05
    assert prior(0, now + 9, now) == 1.05
    assert prior(0, now - FRESH_SECONDS, now) == approx(1 + 0.05 * 0.36787944)
    assert liked(99) == approx(0.06)


def test_score_rewards_coverage():
    assert (score(10, 1.0, 1.0), score(10, 0.5, 1.0)) == (10, approx(8))
