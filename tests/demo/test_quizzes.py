"""The demonstration's courses are whole, and their questions have right answers with reasons."""

from courses.blocks import QuizBlocks
from demo import bodies
from tests.demo.shelf import of_kind

COURSES = of_kind("courses")
QUIZZES = {
    f"{name}/{lesson['slug']}": lesson["quiz"]
    for name, course in COURSES.items()
    for lesson in course["lessons"]
    if "quiz" in lesson
}
QUESTIONS = {
    f"{name}/{number}": next(iter(question.items()))
    for name, quiz in QUIZZES.items()
    for number, question in enumerate(quiz, start=1)
}


def courses_breaking(rule):
    return [name for name, course in COURSES.items() if not rule(course["lessons"])]


def questions_breaking(kinds, rule):
    found = {name: value for name, (kind, value) in QUESTIONS.items() if kind in kinds}
    assert found, f"nobody asks {kinds}"
    return [name for name, value in found.items() if not rule(value)]


def right(value):
    return [option["text"] for option in value["options"] if option.get("correct")]


def test_courses_have_three_to_six_lessons():
    assert courses_breaking(lambda lessons: 3 <= len(lessons) <= 6) == []


def test_courses_ask_at_least_once():
    assert courses_breaking(lambda lessons: any("quiz" in lesson for lesson in lessons)) == []


def test_courses_have_something_to_watch():
    assert courses_breaking(lambda all_: "video" in {one["format"] for one in all_}) == []


def test_courses_require_three_lessons():
    assert courses_breaking(lambda all_: sum(one.get("required", True) for one in all_) >= 3) == []


def test_editor_takes_every_quiz():
    blocks = QuizBlocks()
    taken = [blocks.clean(blocks.normalize(bodies.quiz(quiz))) for quiz in QUIZZES.values()]
    assert sum(len(quiz) for quiz in taken) == len(QUESTIONS)


def test_questions_have_a_reason():
    kinds = {kind for kind, _value in QUESTIONS.values()}
    assert kinds == {"single", "multiple", "true_false", "ordering"}
    assert questions_breaking(kinds, lambda value: len(value["explanation"]) >= 10) == []


def test_options_differ():
    def differ(value):
        texts = [option["text"] for option in value["options"]]
        return len(set(texts)) == len(texts) >= 3

    assert questions_breaking({"single", "multiple"}, differ) == []


def test_single_has_exactly_one_right_answer():
    assert questions_breaking({"single"}, lambda value: len(right(value)) == 1) == []


def test_multiple_has_several_right_answers_and_a_wrong_one():
    def mixed(value):
        return 2 <= len(right(value)) < len(value["options"])

    assert questions_breaking({"multiple"}, mixed) == []


def test_true_false_says_which():
    assert questions_breaking({"true_false"}, lambda value: value["answer"] in (True, False)) == []


def test_ordering_has_steps_that_differ():
    def differ(value):
        return 3 <= len(set(value["items"])) == len(value["items"])

    assert questions_breaking({"ordering"}, differ) == []
