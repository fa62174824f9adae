"""What is on the screen as xlsx; nothing in it is a formula, whatever somebody was called."""

from collections.abc import Iterable
from io import BytesIO
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from learners.assignments import following
from learners.assignments.models import Assignment
from learners.assignments.models.figures import COUNTS
from learners.schools.models import SchoolClass
from learners.schools.roster.neutral import neutral

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Line = Iterable[str | int | float]


def download(content: bytes, name: str) -> HttpResponse:
    disposition = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return HttpResponse(
        content, content_type=CONTENT_TYPE, headers={"Content-Disposition": disposition}
    )


def workbook(title: str, about: Iterable[str], head: list[str], lines: Iterable[Line]) -> bytes:
    """One sheet: a few lines of what it is, the head in bold, the lines; text stays text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.column_dimensions["A"].width = 28
    for line in about:
        sheet.append([_text(sheet, line)])
    sheet.append([_text(sheet, column, bold=True) for column in head])
    for values in lines:
        sheet.append([_text(sheet, v) if isinstance(v, str) else v for v in values])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _text(sheet: Any, value: str, bold: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, neutral(str(value)))
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell


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
    return workbook(own.name, about, head, map(_follow_line, ordered))


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
    return workbook(
        _("Figures"), [title, _as_of(about)], head, [*body, [_("All together"), "", *sums]]
    )


def classes(title: str, about: str, rows: Iterable[Line]) -> bytes:
    """Every class below a level; the rows are read while they are written."""
    head = [_("District"), _("School"), _("Kind"), _("Class"), *_counts()]
    return workbook(_("Figures"), [title, _as_of(about)], head, rows)


def _counts() -> list[str]:
    return [_("On the roster"), _("Joined"), _("Started"), _("Finished"), _("Finished late"),
            _("Guardians"), _("Guardians started"), _("Guardians finished"), _("Guardians late"),
            _("Minutes learned")]  # fmt: skip


def _as_of(about: str) -> str:
    return f"{about} · {_('As of')} {timezone.localtime():%Y-%m-%d %H:%M}"
