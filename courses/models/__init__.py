from courses.models.course import CourseIndexPage, CoursePage
from courses.models.lesson import LessonPage
from courses.models.links import CheckedLink
from courses.models.release import CourseRelease
from courses.models.requirements import CourseRequirements

__all__ = [
    "CheckedLink",
    "CourseIndexPage",
    "CoursePage",
    "CourseRelease",
    "CourseRequirements",
    "LessonPage",
]
