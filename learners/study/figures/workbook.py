"""The figures on the screen as a workbook: one sheet by course, one by day."""

from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from learners.schools.roster.neutral import FORBIDDEN
from learners.study.figures.of_courses import CourseFigures, DayFigures, Figures, Filters, total


def workbook(filters: Filters, rows: list[CourseFigures], days: list[DayFigures]) -> bytes:
    book = Workbook(write_only=True)
    chosen = f"{filters.first:%Y-%m-%d} – {filters.last:%Y-%m-%d}"
    by_course = book.create_sheet(_("By course"))
    _write(by_course, [chosen, _("Course")], [(row.title, row.figures) for row in rows], True)
    by_day = book.create_sheet(_("By day"))
    _write(by_day, [chosen, _("Day")], [(day.day.isoformat(), day.figures) for day in days], False)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write(
    sheet: Any, heads: list[str], rows: list[tuple[str, Figures]], with_shares: bool
) -> None:
    """`heads`: the days chosen, and what each row is about."""
    about, what = heads
    sheet.column_dimensions["A"].width = 44 if with_shares else 14
    sheet.freeze_panes = "B3"
    sheet.append([_text(sheet, about)])
    columns = [what, _("Enrolled"), _("Started"), _("Finished")]
    shares = [_("Started %"), _("Finished %")] if with_shares else []
    sheet.append([_text(sheet, column, bold=True) for column in [*columns, *shares]])
    everything = (_("All together"), total(figures for _name, figures in rows))
    for name, figures in [*rows, everything]:
        numbers = [figures.enrolled, figures.started, figures.finished]
        parts = [figures.started_share, figures.finished_share] if with_shares else []
        sheet.append([_text(sheet, name), *numbers, *parts])


def _text(sheet: Any, value: str, bold: bool = False) -> WriteOnlyCell:
    """Always text: a course called "=1+1" is not a formula. Without signs no sheet can hold."""
    cell = WriteOnlyCell(sheet, FORBIDDEN.sub("", value))
    cell.data_type = "s"
    if bold:
        cell.font = Font(bold=True)
    return cell
