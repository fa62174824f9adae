"""A sheet as rows of text, and where its header stands: anywhere in the first ten rows.

A header may take two rows (父亲 above 姓名 and 电话). It names the child, and something more
unless it stands alone.
"""

from dataclasses import dataclass, field

from learners.schools.roster.columns import Column, columns_of

FIRST_ROWS = 10


@dataclass(frozen=True, slots=True)
class Sheet:
    """`merged` are the places (row, column) that a merged cell filled from its first one."""

    name: str
    rows: list[list[str]]
    merged: frozenset[tuple[int, int]] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Header:
    """`first` is the row below the header; `names` the headings by place."""

    start: int
    first: int
    columns: dict[int, Column]
    names: dict[int, str]

    def place_of(self, what: str) -> int | None:
        return next((p for p, column in self.columns.items() if column.what == what), None)

    @property
    def unneeded(self) -> list[str]:
        """Headings of what nobody needs: named to the school, never stored."""
        return [self.names[p] for p, c in self.columns.items() if c.what == "unneeded"]

    @property
    def ignored(self) -> list[str]:
        return [name for place, name in self.names.items() if place not in self.columns]


def find_header(sheet: Sheet) -> Header | None:
    """The row, or the two rows, that say most; None when none names a child."""
    best: Header | None = None
    tops = range(min(FIRST_ROWS, len(sheet.rows)))
    for start, height in [*((top, 1) for top in tops), *((top, 2) for top in tops)]:
        header = _header_at(sheet, start, height)
        if header and (best is None or _weight(header) > _weight(best)):
            best = header
    return best


def _header_at(sheet: Sheet, start: int, height: int) -> Header | None:
    rows = sheet.rows[start : start + height]
    if len(rows) < height:
        return None
    width = max(len(row) for row in rows)
    headings = [_joined(rows, place) for place in range(width)]
    columns = columns_of(headings)
    whats = {column.what for column in columns.values()}
    if "name" not in whats:
        return None
    names = {place: heading for place, heading in enumerate(headings) if heading}
    return Header(start, start + height, columns, names)


def _joined(rows: list[list[str]], place: int) -> str:
    parts = [row[place] for row in rows if place < len(row) and row[place]]
    return "".join(dict.fromkeys(parts))


def _weight(header: Header) -> int:
    """A heading that a merged cell spreads over two columns says one thing."""
    known = (place for place, column in header.columns.items() if column.what != "unneeded")
    return len({header.names[place] for place in known})


def title_of(sheet: Sheet, header: Header) -> str:
    """The sheet's name and the lines above the header, where a class may be named."""
    above = ("".join(dict.fromkeys(row)) for row in sheet.rows[: header.start])
    return " ".join([sheet.name, *above])
