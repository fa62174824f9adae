"""A course and its lessons are handed in, approved, published and taken down together."""

import logging
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from treebeard.mp_tree import MP_Node
from wagtail.models import Page, Revision

from courses import desk
from courses.models import CoursePage, CourseRelease, LessonPage

logger = logging.getLogger(__name__)
State = CourseRelease.State


@dataclass(frozen=True, slots=True)
class Plan:
    """`news` tells parents who are enrolled what is new; without dates it is live at approval."""

    news: str = ""
    goes_live_at: datetime | None = None
    expires_at: datetime | None = None


@transaction.atomic
def submit(course: CoursePage, user: Any, plan: Plan) -> CourseRelease:
    """Waits for the editors' approval; after "request changes" it goes back to the same review.

    Handed in twice, it is handed in once.
    """
    CoursePage.objects.select_for_update().get(pk=course.pk)
    if before := course.releases.in_review().first():
        return before
    made = _hand_in(course, user, plan)
    state = course.current_workflow_state
    if state is not None and state.status == state.STATUS_NEEDS_CHANGES:
        state.resume(user)
    else:
        course.review_workflow().start(course, user)
    return made


@transaction.atomic
def publish(course: CoursePage, user: Any, plan: Plan) -> CourseRelease:
    """Without review, for those who may publish."""
    _hand_in(course, user, plan)
    return approve(course, user)


def _hand_in(course: CoursePage, user: Any, plan: Plan) -> CourseRelease:
    desk.fill_in_minutes(course, user)
    draft = course.get_latest_revision_as_object()
    order = [lesson.pk for lesson in course.draft_lessons_of(draft)]
    draft.lesson_order = order
    draft.go_live_at, draft.expire_at = plan.goes_live_at, plan.expires_at
    draft.save_revision(user=user)
    course.refresh_from_db()  # it may be the draft itself, which says more than is public
    return CourseRelease.objects.create(
        course=course,
        pages=_newest(course, order, user),
        news=plan.news,
        goes_live_at=plan.goes_live_at,
        asked_by=user,
    )


def _newest(course: CoursePage, lessons: list[int], user: Any) -> list[list[int]]:
    """The course and these lessons, as far as they still are, with their newest revisions."""
    found = LessonPage.objects.child_of(course).select_related("latest_revision").in_bulk(lessons)
    pages = [course, *(found[pk] for pk in lessons if pk in found)]
    revisions = [page.latest_revision or page.save_revision(user=user) for page in pages]
    return [[page.pk, revision.pk] for page, revision in zip(pages, revisions, strict=True)]


def finish(page: Any, user: Any) -> None:
    """A course goes with its lessons; anything else as Wagtail does it."""
    course = CoursePage.objects.filter(pk=page.pk).first() if isinstance(page, Page) else None
    if course is None:
        page.get_latest_revision().publish(user=user)
    else:
        approve(course, user)


@transaction.atomic
def approve(course: CoursePage, user: Any) -> CourseRelease:
    """What is published is what stands there now: meanwhile only reviewers could change it."""
    course.refresh_from_db()
    waiting = CourseRelease.objects.select_for_update().filter(course=course)
    made = waiting.in_review().first()
    if made is None:
        draft = course.get_latest_revision_as_object()
        made = _hand_in(course, user, Plan("", draft.go_live_at, draft.expire_at))
    waiting.waiting().update(state=State.WITHDRAWN)
    made.pages = _newest(course, [page for page, _revision in made.pages[1:]], user)
    made.goes_live_at = _revision(*made.pages[0]).as_object().go_live_at
    made.save(update_fields=["pages", "goes_live_at"])
    made.decide(State.APPROVED, user)
    if made.goes_live_at is None or made.goes_live_at <= timezone.now():
        go_live(made, user)
    else:  # Wagtail shows it as scheduled, too.
        _revision(*made.pages[0]).publish(user=user, skip_permission_checks=True)
    return made


@transaction.atomic
def go_live(made: CourseRelease, user: Any = None, log_action: str | bool = True) -> None:
    """Lessons first: the course is announced when everything in it is there."""
    course, *lessons = made.pages
    with_permission = {"user": user, "log_action": log_action, "skip_permission_checks": True}
    for page, revision in lessons:
        lesson = LessonPage.objects.get(pk=page)
        if not lesson.live or lesson.live_revision_id != revision:
            _without_dates(_revision(page, revision)).publish(**with_permission)
    _revision(*course).publish(**with_permission)
    CourseRelease.objects.filter(pk=made.pk).update(state=State.LIVE, live_at=timezone.now())


def _revision(page: int, revision: int) -> Revision:
    found: Revision = Revision.objects.get(pk=revision, object_id=str(page))
    return found


def _without_dates(revision: Revision) -> Revision:
    """Dates of its own, from before lessons went with their course, would publish it by halves."""
    lesson = revision.as_object()
    if not lesson.go_live_at and not lesson.expire_at:
        return revision
    lesson.go_live_at = lesson.expire_at = None
    return lesson.save_revision()


def put_in_order(course: CoursePage) -> None:
    """In the tree, which is the order that parents see, as the published course says.

    By the tree's own move: Wagtail's tells everybody of each step, and the addresses stay.
    """
    known = set(LessonPage.objects.child_of(course).values_list("pk", flat=True))
    order = [pk for pk in course.lesson_order if pk in known]
    for first, second in pairwise(order):
        before, lesson = LessonPage.objects.get(pk=first), LessonPage.objects.get(pk=second)
        if lesson.get_prev_sibling() != before:
            MP_Node.move(lesson, before, pos="right")


@transaction.atomic
def take_down(course: CoursePage) -> None:
    for lesson in course.lessons():
        lesson.unpublish(set_expired=course.expired)


@transaction.atomic
def call_off(course: CoursePage, user: Any) -> bool:
    """What waits for its day does not go live then; whether there was anything."""
    made = CourseRelease.objects.select_for_update().filter(course=course).waiting().first()
    if made is None:
        return False
    _unschedule(made)
    made.decide(State.WITHDRAWN, user)
    return True


def forget_called_off() -> None:
    """Wagtail's own "cancel scheduled publish" knows the course alone."""
    waiting = {made.pages[0][1]: made for made in CourseRelease.objects.waiting()}
    scheduled = Revision.objects.filter(pk__in=waiting).exclude(approved_go_live_at=None)
    for revision in set(waiting) - set(scheduled.values_list("pk", flat=True)):
        waiting[revision].decide(State.WITHDRAWN)


def waiting_revisions() -> list[int]:
    """Of everything that was handed in or waits for its day: what is in them must not go."""
    found = CourseRelease.objects.on_the_way()
    return [revision for made in found for revision in made.revisions.values()]


def publish_due(now: datetime) -> int:
    """Releases whose day has come, each wholly or, with a reason told on its desk, not at all."""
    forget_called_off()
    due = list(CourseRelease.objects.due(now).select_related("course"))
    for made in due:
        try:
            go_live(made, log_action="wagtail.publish.scheduled")
        except Exception:
            logger.exception("a release could not be published: %s", made.pk)
            _give_back(made)
    return len(due)


@transaction.atomic
def _give_back(made: CourseRelease) -> None:
    _unschedule(made)
    made.decide(State.RETURNED, comment=_("It could not be published. Please hand it in again."))


def _unschedule(made: CourseRelease) -> None:
    """Else Wagtail's own scheduling would publish the course without its lessons."""
    Revision.objects.filter(pk__in=made.revisions.values()).update(approved_go_live_at=None)


def expire_due(now: datetime) -> int:
    """Courses whose time is over, with their lessons."""
    over = list(CoursePage.objects.live().filter(expire_at__lte=now))
    for course in over:
        with transaction.atomic():
            course.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return len(over)
