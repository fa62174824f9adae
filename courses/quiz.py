"""A lesson's quiz as questions, and as what may be shown before it is answered."""

from collections.abc import Sequence
from random import Random
from typing import Any

from django.utils.translation import gettext as _

from courses.grading import Option, Question
from courses.models import LessonPage


def questions(lesson: LessonPage) -> list[Question]:
    """All questions with their right answers, in the expert's order."""
    return [_READERS[block.block_type](block) for block in lesson.quiz]


def _choice(block: Any) -> Question:
    found = block.value["options"].bound_blocks
    options = tuple(Option(item.id, item.value["text"]) for item in found)
    right = tuple(item.id for item in found if item.value["correct"])
    return _question(block, options, right)


def _true_false(block: Any) -> Question:
    options = (Option("true", _("True")), Option("false", _("False")))
    return _question(block, options, ("true" if block.value["answer"] else "false",))


def _ordering(block: Any) -> Question:
    options = tuple(Option(item.id, item.value) for item in block.value["items"].bound_blocks)
    return _question(block, options, tuple(option.id for option in options))


def _question(block: Any, options: tuple[Option, ...], right: tuple[str, ...]) -> Question:
    return Question(
        id=block.id,
        type=block.block_type,
        text=block.value["text"],
        options=options,
        right=right,
        explanation=block.value["explanation"],
    )


_READERS = {
    "single": _choice,
    "multiple": _choice,
    "true_false": _true_false,
    "ordering": _ordering,
}


def shuffled(found: Sequence[Question], random: Random) -> list[dict[str, Any]]:
    """Questions and options in a new order, without answers or explanations."""
    return [
        {
            "id": question.id,
            "type": question.type,
            "text": question.text,
            "options": [
                {"id": option.id, "text": option.text} for option in _mixed(question, random)
            ],
        }
        for question in random.sample(found, len(found))
    ]


def _mixed(question: Question, random: Random) -> list[Option]:
    """True stays before false; steps to be ordered never come in the right order."""
    options = list(question.options)
    if question.type == "true_false":
        return options
    random.shuffle(options)
    if question.type == "ordering" and tuple(o.id for o in options) == question.right:
        options.append(options.pop(0))
    return options
