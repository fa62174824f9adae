from wagtail.models import Page

from cms.tree import ensure_child
from courses.models import CourseIndexPage


def ensure_course_index(home: Page) -> Page:
    """The list of courses below the home page, made if it is missing."""
    return ensure_child(home, CourseIndexPage, "课程", "courses")
