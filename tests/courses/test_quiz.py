from random import Random

import pytest

from courses import quiz
from courses.models import LessonPage


@pytest.fixture
def lesson(course):
    return course.add_child(
        instance=LessonPage(
            title="小测",
            slug="quiz",
            format="article",
            quiz=[
                (
                    "multiple",
                    {
                        "text": "哪些合适？",
                        "options": [
                            {"text": "先听完", "correct": True},
                            {"text": "讲道理半小时", "correct": False},
                            {"text": "说出感受", "correct": True},
                        ],
                        "explanation": "先接住情绪。",
                    },
                ),
                ("true_false", {"text": "孩子要立刻停止哭。", "answer": False, "explanation": ""}),
                ("ordering", {"text": "排序", "items": ["停", "听", "说"], "explanation": ""}),
            ],
        )
    )


def test_questions_hold_right_answers_in_the_experts_order(lesson):
    lesson.refresh_from_db()
    multiple, statement, ordering = quiz.questions(lesson)
    texts = {o.id: o.text for q in (multiple, ordering) for o in q.options}
    assert [texts[id] for id in multiple.right] == ["先听完", "说出感受"]
    assert statement.right == ("false",)
    assert [texts[id] for id in ordering.right] == ["停", "听", "说"]


def test_shuffled_shows_no_answer_and_no_explanation(lesson):
    lesson.refresh_from_db()
    shown = quiz.shuffled(quiz.questions(lesson), Random(1))
    assert {tuple(q) for q in shown} == {("id", "type", "text", "options")}
    assert {tuple(o) for q in shown for o in q["options"]} == {("id", "text")}


def test_shuffled_steps_never_come_in_the_right_order(lesson):
    lesson.refresh_from_db()
    questions = quiz.questions(lesson)
    right = list(questions[2].right)
    orders = []
    for seed in range(40):
        shown = {q["type"]: q for q in quiz.shuffled(questions, Random(seed))}
        orders.append(tuple(o["id"] for o in shown["ordering"]["options"]))
        assert [o["id"] for o in shown["true_false"]["options"]] == ["true", "false"]
    assert tuple(right) not in orders
    assert len(set(orders)) > 2
