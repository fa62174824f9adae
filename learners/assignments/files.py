"""Workbooks of figures: short ones at once, long ones by a task that says how far it is."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from learners.assignments import levels, subjects, workbooks
from learners.assignments.levels import Level
from learners.assignments.models import ClassFigure, FigureFile
from learners.assignments.statistics_forms import narrowed
from learners.assignments.subjects import Subject

SHORT = 2000  # classes: a second
A_STEP = 1000


def subject_of(file: FigureFile) -> Subject:
    """A file is of one of both."""
    if file.course:
        return subjects.of_course(file.course)
    if file.assignment and file.assignment.withdrawn_at is None:
        return subjects.of_assignment(file.assignment)
    raise Http404


def level_of(file: FigureFile) -> Level:
    """404 when the place is no longer in the person's ground."""
    return levels.level(
        file.asked_by,
        district=file.district.code if file.district else None,
        school=file.school.public_id if file.school else None,
    )


def figures_of(file: FigureFile, level: Level, subject: Subject) -> QuerySet[ClassFigure]:
    return narrowed(level.figures(subject.figures), file.kind, file.grade)


@transaction.atomic
def ask(file: FigureFile) -> None:
    from learners.assignments.tasks import make_file  # noqa: PLC0415 - it calls us

    file.save()
    transaction.on_commit(partial(make_file.enqueue, file.pk))


def make(file: FigureFile) -> None:
    level, subject = level_of(file), subject_of(file)
    file.content = content(file, level, subject)
    file.name = f"{level.title}-{timezone.localdate():%Y-%m-%d}"
    file.save(update_fields=["content", "name"])


def content(file: FigureFile, level: Level, subject: Subject) -> bytes:
    """Of one not saved too: then nobody asks how far it is."""
    figures = figures_of(file, level, subject)
    title = f"{level.title} · {subject.title}"
    if file.rows == FigureFile.Rows.PLACES:
        return workbooks.statistics(title, subject.about, levels.lines(level, figures))
    file.wanted = figures.count()
    return workbooks.classes(title, subject.about, _counted(file, levels.class_rows(figures)))


def _counted(file: FigureFile, rows: Iterator[Any]) -> Iterator[Any]:
    for done, row in enumerate(rows):
        if done % A_STEP == 0 and file.pk:
            FigureFile.objects.filter(pk=file.pk).update(done=done, wanted=file.wanted)
        yield row


def fail(file: FigureFile) -> None:
    FigureFile.objects.filter(pk=file.pk).update(failed=True)


def forget(before: datetime) -> int:
    return FigureFile.objects.filter(asked_at__lt=before).delete()[0]
