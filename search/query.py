"""What was asked: the text, what it is narrowed by, in which order, which page. The address is
the whole state: `Query` is read from it and written to it."""

from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

PAGE_SIZE = 12
MOST_CHARACTERS = 80
ORDERS = ("relevance", "newest", "finished")
KINDS = ("course", "lesson", "video", "story", "article")
LENGTHS: dict[str, tuple[int, int]] = {
    "0-5": (0, 5),
    "6-15": (6, 15),
    "16-30": (16, 30),
    "31-": (31, 10**6),
}
GROUPS = ("age", "circumstance", "topic", "kind", "minutes")
"""The facets, by the names of their parameters."""


def length_code(minutes: int) -> str:
    return next(code for code, (least, most) in LENGTHS.items() if least <= minutes <= most)


@dataclass(frozen=True)
class Query:
    text: str = ""
    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = "relevance"
    page: int = 1
    without: frozenset[int] = frozenset()
    """Pages that are not wanted: what a parent has finished."""
    exact: bool = False
    """What looks mistyped is meant so."""

    def codes(self, group: str) -> tuple[str, ...]:
        return self.chosen.get(group, ())

    def is_narrowed(self) -> bool:
        return any(self.codes(group) for group in GROUPS)

    def toggled(self, group: str, code: str) -> "Query":
        """The same with one choice more or less, on its first page."""
        codes = self.codes(group)
        now = tuple(c for c in codes if c != code) if code in codes else (*codes, code)
        return replace(self, chosen={**self.chosen, group: now}, page=1)

    def url(self, base: str = "/search/", page: int = 1) -> str:
        pairs = [("q", self.text)] if self.text else []
        pairs += [(group, code) for group in GROUPS for code in self.codes(group)]
        pairs += [("order", self.order)] if self.order != "relevance" else []
        pairs += [("exact", "1")] if self.exact else []
        pairs += [("page", str(page))] if page > 1 else []
        return f"{base}?{urlencode(pairs)}" if pairs else base
