"""What happened to a lesson: who began, who finished, where people left, what was hard."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet
from wagtail.permission_policies.pages import PagePermissionPolicy

from courses.grading import Question, grade
from courses.models import LessonPage
from courses.quiz import questions
from learners.study.figures import retention
from learners.study.lengths import measure
from learners.study.models import Progress, QuizAttempt


@dataclass(frozen=True, slots=True)
class Item:
    """`right` is the share of first tries in per cent; None is withheld, as everywhere."""

    text: str
    right: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    starts: int | None
    finishers: int | None
    curve: list[retention.Part]
    items: list[Item]


def lessons_of(user: Any) -> QuerySet[LessonPage]:
    """The lessons that this person may change: an expert's own, an editor's all."""
    pages = PagePermissionPolicy().instances_user_has_permission_for(user, "change")
    found: QuerySet[LessonPage] = LessonPage.objects.filter(pk__in=pages.values("pk"))
    return found.order_by("path")


def with_totals(lessons: QuerySet[LessonPage]) -> QuerySet[LessonPage]:
    finished = Q(progress__completed_at__isnull=False)
    return lessons.annotate(starts=Count("progress"), finishers=Count("progress", filter=finished))


def figures(lesson: LessonPage) -> Figures:
    """Four statements, however many people; coverage of an earlier file is left out."""
    known = Progress.objects.filter(lesson=lesson)
    totals = known.aggregate(starts=Count("pk"), finishers=Count("completed_at"))
    found = measure(lesson)
    same = known.filter(media_key=found.media_key).exclude(covered="")
    coverage = same.values_list("covered", flat=True).iterator(chunk_size=5000)
    return Figures(
        starts=retention.withheld(totals["starts"]),
        finishers=retention.withheld(totals["finishers"]),
        curve=retention.curve(coverage, found.length),
        items=items(questions(lesson), first_tries(lesson)),
    )


def first_tries(lesson: LessonPage) -> Iterable[dict[str, list[str]]]:
    """Answers of everybody's first try: later ones have seen the explanations."""
    tries = QuizAttempt.objects.filter(progress__lesson=lesson).order_by("progress_id", "pk")
    before = None
    for progress, answers in tries.values_list("progress_id", "answers").iterator(chunk_size=5000):
        if progress != before:
            yield answers
        before = progress


def items(asked: list[Question], tries: Iterable[dict[str, list[str]]]) -> list[Item]:
    """Questions that have been changed since have new ids, so old answers do not count."""
    right = dict.fromkeys((question.id for question in asked), 0)
    answered = dict(right)
    for answers in tries:
        for question in asked:
            if question.id in answers:
                answered[question.id] += 1
                right[question.id] += is_right(question, answers[question.id])
    return [
        Item(question.text, retention.share(right[question.id], answered[question.id]))
        for question in asked
    ]


def is_right(question: Question, chosen: list[str]) -> bool:
    """An option that is gone meanwhile is not right."""
    if not {option.id for option in question.options}.issuperset(chosen):
        return False
    return grade([question], {question.id: chosen}).score == 100
