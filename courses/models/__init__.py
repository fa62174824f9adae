from courses.models.course import CourseIndexPage, CoursePage
from courses.models.lesson import LessonPage
from courses.models.requirements import CourseRequirements

__all__ = ["CourseIndexPage", "CoursePage", "CourseRequirements", "LessonPage"]
