"""Trying a quiz as a parent would: same questions, same grading, and nothing is kept."""

from random import SystemRandom
from typing import Any

from courses import quiz, sealing
from courses.grading import Question, grade
from courses.models import LessonPage


def questions(sealed: str) -> dict[str, Any]:
    """Shuffled, without answers, as parents get them. Raises signing.BadSignature."""
    found, pass_mark = _open(sealed)
    return {"pass_mark": pass_mark, "questions": quiz.shuffled(found, SystemRandom())}


def graded(sealed: str, answers: dict[str, list[str]]) -> dict[str, Any]:
    """As the answer to a parent's try. Raises signing.BadSignature, InvalidAnswers."""
    found, pass_mark = _open(sealed)
    result = grade(found, answers)
    return {
        "score": result.score,
        "passed": result.score >= pass_mark,
        "questions": result.results,
        "completed": False,
        "course_completed": False,
    }


def _open(sealed: str) -> tuple[list[Question], int]:
    definition = sealing.unseal(sealed)
    lesson = LessonPage()
    lesson.quiz = lesson.quiz.stream_block.to_python(definition["quiz"])
    return quiz.questions(lesson), definition["pass_mark"]
