"""A parent's own shelf: courses in progress, not yet started, finished; saved resources."""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Max, Q

from cms.models import ResourcePage
from courses.models import CoursePage, LessonPage
from learners.study.models import Enrolment, SavedResource

MOST_CARDS = 100


@dataclass(frozen=True, slots=True)
class CourseCard:
    """`position` is in seconds of `next_lesson`; `done` and `total` count required lessons."""

    course: CoursePage
    done: int
    total: int
    next_lesson: LessonPage | None
    position: float
    completed_at: datetime | None
    run: int
    offline: bool
    begun: bool


def cards(user: Any) -> list[CourseCard]:
    """The current runs of courses still published, last learned first; three queries."""
    enrolments = list(
        Enrolment.objects.of(user)
        .current()
        .filter(course__live=True)
        .annotate(touched=Max("progress__last_report_at"))
        .select_related("course__cover")
        .prefetch_related("progress")
        .order_by(F("touched").desc(nulls_last=True), "-enrolled_at")[:MOST_CARDS]
    )
    lessons = _lessons_by_course([enrolment.course for enrolment in enrolments])
    return [_card(enrolment, lessons[enrolment.course_id]) for enrolment in enrolments]


def _lessons_by_course(courses: list[CoursePage]) -> dict[int, list[LessonPage]]:
    """Published lessons in order, for many courses in one query."""
    found: dict[int, list[LessonPage]] = {course.pk: [] for course in courses}
    if not courses:
        return found
    below = reduce(or_, (Q(path__startswith=course.path) for course in courses))
    by_path = {course.path: course.pk for course in courses}
    for lesson in LessonPage.objects.live().filter(below).defer("body", "quiz").order_by("path"):
        found[by_path[lesson.path[: -LessonPage.steplen]]].append(lesson)
    return found


def _card(enrolment: Enrolment, lessons: list[LessonPage]) -> CourseCard:
    progress = {p.lesson_id: p for p in enrolment.progress.all()}
    done = {lesson for lesson, p in progress.items() if p.completed_at is not None}
    required = [lesson for lesson in lessons if lesson.required] or lessons
    upcoming = next((lesson for lesson in lessons if lesson.pk not in done), None)
    begun = progress.get(upcoming.pk) if upcoming else None
    return CourseCard(
        course=enrolment.course,
        done=sum(lesson.pk in done for lesson in required),
        total=len(required),
        next_lesson=upcoming,
        position=begun.position if begun else 0,
        completed_at=enrolment.completed_at,
        run=enrolment.run,
        offline=enrolment.completed_offline,
        begun=enrolment.started_at is not None,
    )


def continue_card(user: Any) -> dict[str, Any] | None:
    """The unfinished course learned last, for the home page."""
    latest = next(
        (card for card in cards(user) if not card.completed_at and card.next_lesson), None
    )
    if latest is None or latest.next_lesson is None:
        return None
    return {
        "course": {"title": latest.course.title, "url": latest.course.get_url()},
        "lesson": {"title": latest.next_lesson.title, "url": latest.next_lesson.get_url()},
        "done": latest.done,
        "total": latest.total,
        "position": latest.position,
    }


def saved(user: Any) -> Any:
    """Published resources the person saved, last saved first."""
    found = ResourcePage.objects.live().filter(saved_by__user=user)
    return found.order_by("-saved_by__saved_at").as_cards()


def save(user: Any, resource: ResourcePage, wanted: bool) -> None:
    """Saves or forgets; safe to repeat."""
    if wanted:
        SavedResource.objects.get_or_create(user=user, resource=resource)
    else:
        SavedResource.objects.filter(user=user, resource=resource).delete()
