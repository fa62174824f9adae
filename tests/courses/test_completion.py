import pytest

from courses.completion import is_course_complete, required_lessons


def rules(required, optional=()):
    return [{"lesson": n, "required": True} for n in required] + [
        {"lesson": n, "required": False} for n in optional
    ]


@pytest.mark.parametrize(
    ("asked", "completed", "complete"),
    [
        (rules([1, 2], [3]), {1, 2}, True),
        (rules([1, 2], [3]), {1, 3}, False),
        (rules([1, 2]), {1, 2, 9}, True),
        (rules([], [3, 4]), {3}, False),
        (rules([], [3, 4]), {3, 4}, True),
        ([], {1}, False),
    ],
)
def test_is_course_complete_by_its_required_lessons(asked, completed, complete):
    assert is_course_complete(asked, completed) is complete


def test_required_lessons_of_optional_ones_only_are_all():
    assert required_lessons(rules([], [3, 4])) == {3, 4}
