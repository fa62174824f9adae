"""A quiz is graded question by question, each wholly right or wrong (PRODUCT.md rule 1).

The score is the share of right questions in whole per cent, rounded down, so that a pass mark is
never reached by rounding. What was not answered is wrong; what is not an option is refused.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Option:
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Question:
    """`type` is single, multiple, true_false or ordering; `right` holds option ids, in order
    for an ordering."""

    id: str
    type: str
    text: str
    options: tuple[Option, ...]
    right: tuple[str, ...]
    explanation: str


@dataclass(frozen=True, slots=True)
class Grade:
    """`score` in per cent; `results` is {question id: {"correct", "explanation", "answer"}}."""

    score: int
    results: dict[str, dict[str, Any]]


class InvalidAnswers(ValueError):
    """`fields` is {question id: what is wrong with its answer}."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(str(fields))
        self.fields = fields


def grade(questions: Sequence[Question], answers: Mapping[str, Sequence[str]]) -> Grade:
    """`answers` is {question id: [option ids]}; raises InvalidAnswers naming every bad one."""
    _refuse_foreign(questions, answers)
    results = {
        question.id: {
            "correct": _is_right(question, answers.get(question.id, ())),
            "explanation": question.explanation,
            "answer": list(question.right),
        }
        for question in questions
    }
    right = sum(bool(result["correct"]) for result in results.values())
    return Grade(right * 100 // len(questions) if questions else 100, results)


def _refuse_foreign(questions: Sequence[Question], answers: Mapping[str, Sequence[str]]) -> None:
    known = {question.id: question for question in questions}
    problems = {
        id: problem
        for id, chosen in answers.items()
        if (problem := _problem(known.get(id), chosen))
    }
    if problems:
        raise InvalidAnswers(problems)


def _problem(question: Question | None, chosen: Sequence[str]) -> str:
    """A code for what cannot be an answer; empty when it can."""
    if question is None:
        return "unknown-question"
    if not {option.id for option in question.options}.issuperset(chosen):
        return "unknown-option"
    if len(set(chosen)) != len(chosen):
        return "chosen-twice"
    if question.type in ("single", "true_false") and len(chosen) > 1:
        return "only-one"
    return ""


def _is_right(question: Question, chosen: Sequence[str]) -> bool:
    if question.type == "ordering":
        return tuple(chosen) == question.right
    return set(chosen) == set(question.right)
