"""What the search page shows around its results: chips, orders, pages, all as addresses."""

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cms.templatetags.school import KINDS
from search import door
from search.door import Found
from search.engines import embedded
from search.query import GROUPS, LENGTHS, ORDERS, Query

LENGTH_NAMES = {
    "0-5": _("Up to 5 minutes"),
    "6-15": _("6 to 15 minutes"),
    "16-30": _("16 to 30 minutes"),
    "31-": _("Over half an hour"),
}
ORDER_NAMES = {
    "relevance": _("Best match"),
    "newest": _("Newest"),
    "finished": _("Most finished"),
}


def counted(found: Found) -> dict[str, list[tuple[str, str, int]]]:
    """Every choice of every facet in its order: code, name, how many it would find."""
    counts = found.hits.counts.by_group
    return {
        group: [
            (code, name, counts.get(group, {}).get(code, 0)) for code, name in names(found, group)
        ]
        for group in GROUPS
    }


def chips(found: Found) -> dict[str, list[dict[str, Any]]]:
    """The same as the page shows them, each with the address that adds or takes it away."""
    query = found.query
    return {
        group: [
            {
                "code": code,
                "name": name,
                "count": count,
                "active": code in query.codes(group),
                "url": query.toggled(group, code).url(),
            }
            for code, name, count in choices
        ]
        for group, choices in counted(found).items()
    }


def names(found: Found, group: str) -> list[tuple[str, str]]:
    if group == "kind":
        return [(code, str(name)) for code, name in KINDS.items()]
    if group == "minutes":
        return [(code, str(LENGTH_NAMES[code])) for code in LENGTHS]
    return [(term.code, term.name) for term in found.vocabulary.of_group(group)]


def order_links(query: Query) -> list[dict[str, Any]]:
    return [
        {
            "name": gettext(str(ORDER_NAMES[order])),
            "url": replace(query, order=order).url(),
            "active": order == query.order,
        }
        for order in ORDERS
    ]


def page_links(found: Found) -> dict[str, Any]:
    page, pages = found.hits.page, found.hits.pages
    return {
        "previous": found.query.url(page=page - 1) if page > 1 else None,
        "next": found.query.url(page=page + 1) if page < pages else None,
        "number": page,
        "count": pages,
    }


def finds(text: str, found: Found) -> bool:
    """Whether these words alone do; an address that leads to nothing again is no help."""
    return bool(door.find(Query(text), found.vocabulary).hits.counts.total)


def words_alone(found: Found) -> list[str]:
    """The first single words of several that were said."""
    words = [concept.surface for concept in found.meaning.concepts if len(concept.surface) > 1]
    return [word for word in words[:3] if finds(word, found)] if len(words) > 1 else []


def next_steps(found: Found) -> list[dict[str, Any]]:
    """Where to go when nothing was found: without the filters, single words, whole topics."""
    query = found.query
    steps = []
    if query.text and query.is_narrowed() and finds(query.text, found):
        steps.append({"name": gettext("Without the filters"), "url": Query(query.text).url()})
    steps += [{"name": word, "url": Query(word).url()} for word in words_alone(found)]
    used = embedded.having()["topic"]
    popular = [term for term in found.vocabulary.of_group("topic") if term.code in used]
    steps += [
        {"name": term.name, "url": Query(chosen={"topic": (term.code,)}).url()}
        for term in popular[:6]
    ]
    return [*steps, {"name": gettext("Show everything"), "url": "/search/"}]
