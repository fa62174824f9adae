"""A course is complete when all its required lessons are (PRODUCT.md rule 2).

A course that requires no lesson is complete with every lesson; one without lessons never is.
"""

from collections.abc import Iterable, Set
from typing import Any


def required_lessons(rules: Iterable[dict[str, Any]]) -> set[int]:
    """The page ids that must be complete, of rules as `CourseRequirements.rules` holds them."""
    rules = list(rules)
    required = {rule["lesson"] for rule in rules if rule["required"]}
    return required or {rule["lesson"] for rule in rules}


def is_course_complete(rules: Iterable[dict[str, Any]], completed: Set[int]) -> bool:
    needed = required_lessons(rules)
    return bool(needed) and needed <= completed
