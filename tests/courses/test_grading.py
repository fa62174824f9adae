import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.grading import Grade, InvalidAnswers, Option, Question, grade

ABC = tuple(Option(id, f"选项 {id}") for id in "abc")


def question(id="q", type="single", right="a"):
    return Question(id, type, "？", ABC, tuple(right), "因为")


def test_grade_right_answer_scores_everything_and_explains():
    assert grade([question()], {"q": ["a"]}) == Grade(
        100, {"q": {"correct": True, "explanation": "因为", "answer": ["a"]}}
    )


@pytest.mark.parametrize(
    ("type", "right", "chosen", "correct"),
    [
        ("single", "a", ["b"], False),
        ("multiple", "ab", ["b", "a"], True),
        ("multiple", "ab", ["a"], False),
        ("multiple", "ab", ["a", "b", "c"], False),
        ("true_false", "a", ["a"], True),
        ("ordering", "abc", ["a", "b", "c"], True),
        ("ordering", "abc", ["a", "c", "b"], False),
        ("single", "a", [], False),
    ],
)
def test_grade_each_type_is_wholly_right_or_wrong(type, right, chosen, correct):
    graded = grade([question(type=type, right=right)], {"q": chosen})
    assert (graded.results["q"]["correct"], graded.score) == (correct, 100 if correct else 0)


def test_grade_rounds_down_and_counts_missing_answers_wrong():
    three = [question(id) for id in "xyz"]
    assert grade(three, {"x": ["a"], "y": ["a"]}).score == 66


def test_grade_without_questions_is_passed():
    assert grade([], {}) == Grade(100, {})


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ({"other": ["a"]}, {"other": "unknown-question"}),
        ({"q": ["z"]}, {"q": "unknown-option"}),
        ({"q": ["a", "b"]}, {"q": "only-one"}),
        ({"q": ["a", "a"]}, {"q": "chosen-twice"}),
    ],
)
def test_grade_what_is_not_an_option_is_refused_by_name(answers, problem):
    with pytest.raises(InvalidAnswers) as refused:
        grade([question()], answers)
    assert refused.value.fields == problem


@given(
    st.lists(st.sampled_from(["single", "multiple", "ordering"]), min_size=1, max_size=9), st.data()
)
def test_grade_any_quiz_scores_the_share_of_right_answers(types, data):
    right = {"single": "a", "multiple": "ab", "ordering": "abc"}
    quiz = [question(str(n), type, right[type]) for n, type in enumerate(types)]
    known = [q for q in quiz if data.draw(st.booleans())]
    score = grade(quiz, {q.id: list(q.right) for q in known}).score
    assert score == len(known) * 100 // len(quiz)
