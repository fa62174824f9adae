"""A parent's own shelf: courses in progress, not yet started, finished; saved resources."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import F, Max, OuterRef, Q, Subquery
from django.utils import timezone

from cms.models import ResourcePage
from courses.models import CoursePage, CourseRelease, LessonPage
from learners.study.assigned import Assigned, assigned_to, is_outdated
from learners.study.clock import EPOCH
from learners.study.models import Certificate, Enrolment, SavedResource

MOST_CARDS = 100
MOST_NEWS = 6
ANNOUNCED_FOR = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class CourseCard:
    """`position` is in seconds of `next_lesson`; `done` and `total` count required lessons.

    `fresh` are lessons published since the person enrolled or finished, and not opened yet;
    `announced` is what the expert said is new, since then and in the last two months.
    """

    course: CoursePage
    done: int
    total: int
    next_lesson: LessonPage | None
    position: float
    completed_at: datetime | None
    run: int
    offline: bool
    begun: bool
    certificate: Certificate | None
    fresh: list[LessonPage]
    announced: str


def cards(user: Any) -> list[CourseCard]:
    """The current runs of courses still published, last learned first; three queries."""
    enrolments = list(
        Enrolment.objects.of(user)
        .current()
        .filter(course__live=True)
        .annotate(touched=Max("progress__last_report_at"), **_announcements())
        .select_related("course__cover", "certificate")
        .prefetch_related("progress")
        .order_by(F("touched").desc(nulls_last=True), "-enrolled_at")[:MOST_CARDS]
    )
    lessons = _lessons_by_course([enrolment.course for enrolment in enrolments])
    return [_card(enrolment, lessons[enrolment.course_id]) for enrolment in enrolments]


def _announcements() -> dict[str, Subquery]:
    """`news` and `news_at` of each enrolment: the last word of its course to parents."""
    last = CourseRelease.objects.filter(course=OuterRef("course")).announced()
    return {
        "news": Subquery(last.values("news")[:1]),
        "news_at": Subquery(last.values("live_at")[:1]),
    }


@dataclass(frozen=True, slots=True)
class Task:
    """A course somebody was asked to learn and has not finished for it."""

    assigned: Assigned
    card: CourseCard


def tasks(user: Any, shelf: list[CourseCard]) -> list[Task]:
    """What was assigned and is not done, the nearest date first, overdue ones after.

    Three queries more than the shelf, whatever was assigned.
    """
    asked = assigned_to(user)
    mine = {card.course.pk: card for card in shelf}
    anew = [
        card.course
        for pk, card in mine.items()
        if card.completed_at and is_outdated(card.completed_at, asked.get(pk))
    ]
    never = CoursePage.objects.live().filter(pk__in=set(asked) - set(mine))
    unbegun = [*never.select_related("cover"), *anew]
    lessons = _lessons_by_course(unbegun)
    mine |= {
        course.pk: _card(Enrolment(course=course, enrolled_at=timezone.now()), lessons[course.pk])
        for course in unbegun
    }
    return [
        Task(one, mine[pk])
        for pk, one in asked.items()
        if pk in mine and not mine[pk].completed_at and mine[pk].total
    ]


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
    """A run that is not stored stands for a course that nobody enrolled in yet."""
    progress = {p.lesson_id: p for p in enrolment.progress.all()} if enrolment.pk else {}
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
        certificate=getattr(enrolment, "certificate", None) if enrolment.pk else None,
        fresh=[lesson for lesson in lessons if _is_fresh(lesson, enrolment, progress)],
        announced=_announced(enrolment),
    )


def _announced(enrolment: Enrolment) -> str:
    at: datetime | None = getattr(enrolment, "news_at", None)
    since = max(enrolment.completed_at or enrolment.enrolled_at, timezone.now() - ANNOUNCED_FOR)
    return str(getattr(enrolment, "news", "")) if at and at > since else ""


def _is_fresh(lesson: LessonPage, enrolment: Enrolment, opened: Container[int]) -> bool:
    since = enrolment.completed_at or enrolment.enrolled_at
    published = lesson.first_published_at
    return published is not None and published > since and lesson.pk not in opened


def news(shelf: list[CourseCard]) -> list[tuple[CourseCard, LessonPage]]:
    """The newest lessons of all the courses on a shelf, with their courses."""
    found = [(card, lesson) for card in shelf for lesson in card.fresh]
    found.sort(key=lambda pair: pair[1].first_published_at or EPOCH, reverse=True)
    return found[:MOST_NEWS]


def continue_card(user: Any) -> dict[str, Any] | None:
    """What was assigned, else the unfinished course learned last, for the home page."""
    shelf = cards(user)
    asked = next(iter(tasks(user, shelf)), None)
    unfinished = [card for card in shelf if not card.completed_at and card.next_lesson]
    latest = asked.card if asked else next(iter(unfinished), None)
    if latest is None or latest.next_lesson is None:
        return None
    return {
        "course": {"title": latest.course.title, "url": latest.course.get_url()},
        "lesson": {"title": latest.next_lesson.title, "url": latest.next_lesson.get_url()},
        "done": latest.done,
        "total": latest.total,
        "position": latest.position,
        "assigned": asked.assigned.badge() if asked else None,
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
