"""The one door for what stands in the address: anything unknown is as if it were not there."""

from typing import Any

from django import forms
from django.http import QueryDict

from search.folding import SPACES, visible
from search.query import GROUPS, KINDS, LENGTHS, MOST_CHARACTERS, ORDERS, Query
from search.terms import Vocabulary


class TextField(forms.Field):
    """Any text, cut to a length; control characters are no reason to refuse it."""

    def clean(self, value: Any) -> str:
        text = "".join(map(visible, str(value or "")[: MOST_CHARACTERS * 20]))
        return SPACES.sub(" ", text).strip()[:MOST_CHARACTERS]


class CodesField(forms.Field):
    """The known codes among those that were sent, each once, in the order of the known."""

    widget = forms.SelectMultiple

    def __init__(self, codes: list[str]) -> None:
        super().__init__(required=False)
        self.codes = codes

    def clean(self, value: Any) -> tuple[str, ...]:
        sent = set(value or [])
        return tuple(code for code in self.codes if code in sent)


class OrderField(forms.Field):
    def clean(self, value: Any) -> str:
        return value if value in ORDERS else ORDERS[0]


class PageField(forms.Field):
    """A page number; whatever is none is the first."""

    def clean(self, value: Any) -> int:
        text = str(value or "")
        return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 10 else 1


class YesField(forms.Field):
    """Said or not: whatever else was sent is not."""

    def clean(self, value: Any) -> bool:
        return value == "1"


class SearchForm(forms.Form):
    q = TextField(required=False)
    exact = YesField(required=False)
    order = OrderField(required=False)
    page = PageField(required=False)

    def __init__(self, data: QueryDict, vocabulary: Vocabulary) -> None:
        super().__init__(data)
        known = {
            **{group: [term.code for term in vocabulary.of_group(group)] for group in GROUPS[:3]},
            "kind": list(KINDS),
            "minutes": list(LENGTHS),
        }
        for group in GROUPS:
            self.fields[group] = CodesField(known[group])

    def query(self) -> Query:
        self.full_clean()
        cleaned = self.cleaned_data
        return Query(
            text=cleaned["q"],
            chosen={group: cleaned[group] for group in GROUPS},
            order=cleaned["order"],
            page=cleaned["page"],
            exact=cleaned["exact"],
        )


class ClickForm(forms.Form):
    q = TextField()
    place = forms.IntegerField(min_value=1, max_value=60)
