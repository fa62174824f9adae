"""A try at a lesson's quiz: unlimited, reshuffled, best score kept (PRODUCT.md rule 1)."""

from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from courses import quiz
from courses.grading import Grade, InvalidAnswers, grade
from courses.models import LessonPage
from learners.study import completion
from learners.study.clock import EPOCH, moment
from learners.study.lengths import measure
from learners.study.models import Enrolment, Progress, QuizAttempt, TimeCredit
from learners.study.refusal import Refusal, not_found, signed_out
from learners.study.schema import invalid
from learners.study.tokens import Token

TRIES_A_MINUTE = 10


@dataclass(frozen=True, slots=True)
class Tried:
    grade: Grade
    passed: bool
    completed: bool
    course_completed: bool


def attempt(token: Token, answers: dict[str, list[str]], now: float, device: str = "") -> Tried:
    """Grades and stores one try; raises Refusal for answers that are not options."""
    lesson = lesson_with_quiz(token.lesson)
    try:
        graded = grade(quiz.questions(lesson), answers)
    except InvalidAnswers as error:
        raise invalid(error.fields) from None
    passed = graded.score >= lesson.pass_mark
    with transaction.atomic():
        progress = _progress(token, lesson, now)
        _refuse_haste(progress, now)
        _store(progress, answers, graded.score, passed, now)
        completed, course_completed = completion.complete_if_earned(
            token.enrolment, token.lesson, now, device
        )
    return Tried(graded, passed, completed, course_completed)


def lesson_with_quiz(lesson_id: int) -> LessonPage:
    lesson = LessonPage.objects.live().public().filter(pk=lesson_id).first()
    if lesson is None or not lesson.quiz:
        raise not_found()
    return lesson


def _progress(token: Token, lesson: LessonPage, now: float) -> Progress:
    enrolment = (
        Enrolment.objects.select_related("user")
        .filter(pk=token.enrolment, user=token.user, user__is_active=True)
        .first()
    )
    if enrolment is None or enrolment.user is None or enrolment.user.session_epoch != token.epoch:
        raise signed_out()
    # Moving the version makes a first report that races with this read again.
    if not TimeCredit.objects.filter(user=token.user).update(version=F("version") + 1):
        raise signed_out()  # the account was closed since the line above
    progress, created = Progress.objects.get_or_create(
        enrolment=enrolment,
        lesson=lesson,
        defaults={
            "media_key": measure(lesson).media_key,
            "position_at": EPOCH,
            "first_report_at": moment(now),
            "last_report_at": moment(now),
        },
    )
    if created:
        completion.mark_started(enrolment.pk, now)
    return progress


def _refuse_haste(progress: Progress, now: float) -> None:
    recent = progress.attempts.filter(created_at__gt=moment(now) - timedelta(minutes=1))
    if recent.count() >= TRIES_A_MINUTE:
        raise Refusal(
            HTTPStatus.TOO_MANY_REQUESTS,
            "too-fast",
            _("Please think for a minute, then try again."),
        )


def _store(
    progress: Progress, answers: dict[str, list[str]], score: int, passed: bool, now: float
) -> None:
    QuizAttempt.objects.create(
        progress=progress, answers=answers, score=score, passed=passed, created_at=moment(now)
    )
    progress.quiz_best = max(score, progress.quiz_best or 0)
    if passed and progress.quiz_passed_at is None:
        progress.quiz_passed_at = moment(now)
    progress.save(update_fields=["quiz_best", "quiz_passed_at"])
