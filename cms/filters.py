"""The filters of a list: chosen by the address alone, so that a list can be shared and cached."""

from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.http import QueryDict

from cms.models.taxonomy import AgeStage, Circumstance, Topic

PER_PAGE = 12
PARAMETERS: dict[str, tuple[str, type[Any]]] = {
    "age": ("age_stages", AgeStage),
    "circumstance": ("circumstances", Circumstance),
    "topic": ("topics", Topic),
}


class PageForm(forms.Form):
    page = forms.IntegerField(required=False, min_value=1, max_value=10**6)

    def number(self) -> int:
        """The page asked for; whatever is not a number is the first."""
        return (self.is_valid() and self.cleaned_data["page"]) or 1


@dataclass(frozen=True, slots=True)
class Filters:
    """`chosen` maps age, circumstance and topic to a code that exists; `terms` holds all codes."""

    address: str
    chosen: dict[str, str] = field(default_factory=dict)
    terms: dict[str, list[Any]] = field(default_factory=dict)

    @classmethod
    def read(cls, address: str, asked: QueryDict) -> "Filters":
        """What is asked for, as far as it exists: an unknown code filters nothing."""
        terms = {name: list(model.objects.all()) for name, (_, model) in PARAMETERS.items()}
        chosen = {
            name: str(asked[name])
            for name, known in terms.items()
            if asked.get(name) in {term.code for term in known}
        }
        return cls(address, chosen, terms)

    def apply(self, found: Any) -> Any:
        for name, code in self.chosen.items():
            found = found.filter(**{f"{PARAMETERS[name][0]}__code": code})
        return found

    def url(self, **changes: str | int | None) -> str:
        """The address with these parameters changed; None takes one away."""
        wanted = {**self.chosen, **changes}
        query = urlencode([(name, value) for name, value in wanted.items() if value])
        return f"{self.address}?{query}" if query else self.address

    def chips(self) -> dict[str, list[dict[str, Any]]]:
        """For components/filters.html: pressing a chip chooses it, pressing it again lets it go."""
        return {
            field_name: [self._chip(name, term) for term in self.terms[name]]
            for name, (field_name, _) in PARAMETERS.items()
        }

    def _chip(self, name: str, term: Any) -> dict[str, Any]:
        active = self.chosen.get(name) == term.code
        url = self.url(**{name: None if active else term.code})
        return {"name": term.name, "url": url, "active": active}

    def page(self, found: Any, asked: QueryDict) -> Page:
        return Paginator(found, PER_PAGE).get_page(PageForm(asked).number())

    def links(self, page: Page) -> dict[str, Any]:
        """For components/pagination.html; the first page has no number in its address."""
        before = page.number - 1 if page.has_previous() else None
        return {
            "previous": self.url(page=before if before != 1 else None) if before else None,
            "next": self.url(page=page.number + 1) if page.has_next() else None,
            "number": page.number,
            "count": page.paginator.num_pages,
        }
