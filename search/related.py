"""More like this: what shares the most telling words of a page's title and tags, through the
same door as every search."""

from cms.models import ResourcePage
from search import segmenting
from search.concepts import Alternative, Concept
from search.engines import choice
from search.models import Document
from search.query import Query
from search.terms import tag_token
from search.wording import is_telling

MOST_WORDS = 5
TAG_WEIGHT, WORD_WEIGHT = 0.6, 1.0


def related_to(page: ResourcePage, number: int = 4) -> list[int]:
    """Ids of others to go on with, best first; a course's own lessons are not others.

    A constant number of queries. Pages show it by way of `cms.likeness`.
    """
    document = Document.objects.filter(pk=page.pk).first()
    concepts = concepts_of(document) if document else ()
    if document is None or not concepts:
        return []
    family = frozenset(
        ResourcePage.objects.filter(path__startswith=page.path).values_list("pk", flat=True)
    )
    kinds = ("course", "video", "story", "article")
    query = Query(chosen={"kind": kinds}, without=family | {page.pk})
    return choice.search(query, concepts).ids[:number]


def concepts_of(document: Document) -> tuple[Concept, ...]:
    """What it is about: its circumstances and topics, and the words of its title and course."""
    tags = [
        Concept(name, (Alternative((tag_token(group, code),), 1.0),), TAG_WEIGHT)
        for group, code, name in document.tags
        if group != "age"
    ][:MOST_WORDS]
    words = dict.fromkeys(segmenting.terms(f"{document.title} {document.course}"))
    telling = [word for word in words if is_telling(word)]
    # What shares a tag is like it; the words then tell how much. Without tags, the words must.
    said = [
        Concept(word, (Alternative((word,), 1.0),), WORD_WEIGHT, required=not tags)
        for word in telling[:MOST_WORDS]
    ]
    return (*tags, *said)
