"""What editors put above the results of a text: Wagtail's own promoted search results."""

from dataclasses import dataclass

from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.search.utils import normalise_query_string

from search.door import Found
from search.models import Document


@dataclass(frozen=True)
class Promoted:
    title: str
    url: str
    description: str


def of(found: Found) -> list[Promoted]:
    """Above the first page of a search by words alone; only pages that everybody may see."""
    query = found.query
    if not query.text or query.page > 1 or query.is_narrowed():
        return []
    picks = list(
        SearchPromotion.objects.filter(query__query_string=normalise_query_string(query.text))
    )
    shown = Document.objects.in_bulk([pick.page_id for pick in picks if pick.page_id])
    promoted = []
    for pick in picks:
        document = shown.get(pick.page_id)
        if document:
            promoted.append(Promoted(document.title, document.url, pick.description))
        elif pick.external_link_url:
            text = pick.external_link_text or pick.external_link_url
            promoted.append(Promoted(text, pick.external_link_url, pick.description))
    return promoted
