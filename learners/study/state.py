"""What is personal about a public page: one small JSON, in a constant number of queries."""

from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page

from cms.models import ResourcePage
from courses.models import CoursePage, LessonPage
from learners.study import clock, coverage, for_you, tokens
from learners.study.assigned import Assigned, assigned_to, is_outdated
from learners.study.lengths import Measure, measure
from learners.study.models import Enrolment, Progress, SavedResource
from learners.study.refusal import not_found
from learners.study.shelf import continue_card


@dataclass(frozen=True, slots=True)
class Learning:
    """A person's current run of one course: lessons in order and progress by lesson id.

    Without `enrolment`, when opening begins a new one: nothing yet, or the course is assigned anew.
    """

    course: CoursePage
    enrolment: Enrolment | None
    lessons: list[LessonPage]
    progress: dict[int, Progress]
    assigned: Assigned | None


def visible_page(page_id: int) -> Page:
    """The published page everyone may see; refuses with 404."""
    page = Page.objects.live().public().filter(pk=page_id, depth__gt=1).first()
    if page is None:
        raise not_found()
    return page.specific


def state(user: Any, page: Page) -> dict[str, Any]:
    course = _course_of(page)
    learning = learning_of(user, course) if course else None
    lesson = page if isinstance(page, LessonPage) else None
    return {
        "signed_in": True,
        "name": user.get_short_name(),
        "saved": SavedResource.objects.filter(user=user, resource_id=page.pk).exists(),
        "edit": _edit_address(user, page),
        "course": _course_state(learning) if learning else None,
        "lessons": _lessons_state(learning) if learning else {},
        "lesson": _lesson_state(user, lesson, learning) if lesson and learning else None,
        **({"continue": None} if isinstance(page, ResourcePage) else _of_home(user)),
    }


def _of_home(user: Any) -> dict[str, Any]:
    """What a page that is no resource shows of a person: the home page does."""
    shown = [asdict(recommendation) for recommendation in for_you.recommended(user)]
    return {"continue": continue_card(user), "for_you": shown}


def _course_of(page: Page) -> CoursePage | None:
    if isinstance(page, LessonPage):
        return CoursePage.objects.live().parent_of(page).first()
    return page if isinstance(page, CoursePage) else None


def learning_of(user: Any, course: CoursePage) -> Learning:
    enrolment = Enrolment.objects.of(user).current().filter(course=course).first()
    assigned = assigned_to(user).get(course.pk)
    if enrolment and is_outdated(enrolment.completed_at, assigned):
        enrolment = None
    lessons: QuerySet[LessonPage] = course.lessons().select_related("recording")
    progress = {p.lesson_id: p for p in enrolment.progress.all()} if enrolment else {}
    return Learning(course, enrolment, list(lessons), progress, assigned)


def _edit_address(user: Any, page: Page) -> str | None:
    if user.has_perm("wagtailadmin.access_admin") and page.permissions_for_user(user).can_edit():
        return reverse("wagtailadmin_pages:edit", args=[page.pk])
    return None


def _course_state(learning: Learning) -> dict[str, Any]:
    enrolment = learning.enrolment
    required = [lesson for lesson in learning.lessons if lesson.required] or learning.lessons
    upcoming = next((lesson for lesson in learning.lessons if not _done(learning, lesson)), None)
    completed = enrolment.completed_at if enrolment else None
    return {
        "id": learning.course.pk,
        "enrolled": enrolment is not None,
        "run": enrolment.run if enrolment else 0,
        "done": sum(_done(learning, lesson) for lesson in required),
        "total": len(required),
        "completed": completed.isoformat() if completed else None,
        "assigned": learning.assigned.badge() if learning.assigned and not completed else None,
        "certificate": _certificate_address(enrolment) if completed else None,
        "next": upcoming
        and {"id": upcoming.pk, "title": upcoming.title, "url": upcoming.get_url()},
    }


def _certificate_address(enrolment: Any) -> str:
    """Leads to the certificate, by way of the name when it was not asked for yet."""
    return reverse("study:claim", args=[enrolment.course_id, enrolment.run])


def _done(learning: Learning, lesson: LessonPage) -> bool:
    progress = learning.progress.get(lesson.pk)
    return progress is not None and progress.completed_at is not None


def _lessons_state(learning: Learning) -> dict[str, Any]:
    return {
        str(lesson.pk): {"done": _done(learning, lesson), "percent": _per_cent(learning, lesson)}
        for lesson in learning.lessons
    }


def _per_cent(learning: Learning, lesson: LessonPage) -> int:
    progress = learning.progress.get(lesson.pk)
    if progress is None:
        return 0
    measured = measure(lesson)
    if not measured.length or progress.media_key != measured.media_key:
        return 0
    return min(100, progress.covered_seconds * 100 // measured.length)


def _lesson_state(user: Any, lesson: LessonPage, learning: Learning) -> dict[str, Any]:
    measured, progress = measure(lesson), learning.progress.get(lesson.pk)
    same_media = progress is not None and progress.media_key == measured.media_key
    return {
        "token": _token(user, learning.enrolment, lesson, measured),
        **asdict(measured),
        "covered": coverage.to_ranges(coverage.from_text(progress.covered))
        if progress and same_media
        else [],
        "position": progress.position if progress and same_media else 0,
        "completed": progress is not None and progress.completed_at is not None,
        "offline": progress is not None and progress.completed_offline,
        "quiz": _quiz_state(lesson, progress),
    }


def _token(
    user: Any, enrolment: Enrolment | None, lesson: LessonPage, measured: Measure
) -> str | None:
    if enrolment is None or not measured.length:
        return None
    return tokens.issue(
        tokens.Token(
            user=user.pk,
            epoch=user.session_epoch,
            enrolment=enrolment.pk,
            lesson=lesson.pk,
            opened_at=int(clock.now()),
            length=measured.length,
            required=measured.required,
            media_key=measured.media_key,
        )
    )


def _quiz_state(lesson: LessonPage, progress: Progress | None) -> dict[str, Any] | None:
    if not lesson.quiz:
        return None
    return {
        "passed": progress is not None and progress.quiz_passed_at is not None,
        "best": progress.quiz_best if progress else None,
        "pass_mark": lesson.pass_mark,
    }
