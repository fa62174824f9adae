"""The pages of figures and of following up as workbooks, line by line as they are shown."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from learners.assignments import following
from learners.assignments.models import Assignment
from learners.assignments.models.figures import COUNTS
from learners.schools.models import SchoolClass
from learners.schools.workbook import Line, workbook


def state_name(state: str) -> str:
    return {
        following.WAITING: _("Not started yet"),
        following.LEARNING: _("Learning"),
        following.ABSENT: _("Not joined"),
        following.DONE: _("Finished"),
    }[state]


def follow_up(given: Assignment, own: SchoolClass, rows: list[following.Row]) -> bytes:
    """Every child with what the page says of it, not yet first."""
    by_state = following.by_state(rows)
    ordered = [row for state in following.STATES for row in by_state[state]]
    about = [
        f"{own.school.name} {own.name} · {given.course.title}",
        f"{_('Due')} {given.due_on:%Y-%m-%d} · {_('As of')} {timezone.localtime():%Y-%m-%d %H:%M}",
    ]
    first = _("Guardian") if own.counts_guardians else _("Child")
    head = [first, _("State"), _("Joined"), _("Finished by"), _("Finished on"), _("Late"),
            _("Last active")]  # fmt: skip
    return workbook(own.name, head, map(_follow_line, ordered), about)


def _follow_line(row: following.Row) -> Line:
    return [
        row.name,
        state_name(row.state),
        "、".join(row.relations),
        "、".join(guardian.relation for guardian in row.finishers if guardian.relation),
        _day(row.finished_at),
        _("Late") if row.is_late else "",
        _day(row.last_seen),
    ]


def _day(moment: Any) -> str:
    return date_format(timezone.localtime(moment), "Y-m-d") if moment else ""


def statistics(title: str, about: str, lines: list[Any]) -> bytes:
    """The table of a page of figures, all its pages, with the sum of everything below."""
    head = [_("Place"), _("Kind"), _("Classes"), *_counts()]
    columns = ("classes", *COUNTS)
    sums = [sum(line.counts[name] for line in lines) for name in columns]
    body = [[line.name, line.about, *(line.counts[name] for name in columns)] for line in lines]
    lines_and_sum = [*body, [_("All together"), "", *sums]]
    return workbook(_("Figures"), head, lines_and_sum, [title, _as_of(about)])


def classes(title: str, about: str, rows: Iterable[Line]) -> bytes:
    """Every class below a level; the rows are read while they are written."""
    head = [_("District"), _("School"), _("Kind"), _("Class"), *_counts()]
    return workbook(_("Figures"), head, rows, [title, _as_of(about)])


def _counts() -> list[str]:
    return [_("On the roster"), _("Joined"), _("Started"), _("Finished"), _("Finished late"),
            _("Guardians"), _("Guardians started"), _("Guardians finished"), _("Guardians late"),
            _("Minutes learned")]  # fmt: skip


def _as_of(about: str) -> str:
    return f"{about} · {_('As of')} {timezone.localtime():%Y-%m-%d %H:%M}"
