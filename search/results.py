"""Results as they are shown: from documents, so that a page of them costs two queries."""

from dataclasses import dataclass, field
from typing import Any

from search import snippets
from search.concepts import Concept
from search.models import Document
from search.snippets import Piece
from search.terms import is_tag

TAGS_SHOWN = 4


@dataclass(frozen=True)
class Result:
    document: Document
    title: list[Piece]
    snippet: list[Piece]
    tags: list[dict[str, Any]] = field(default_factory=list)

    @property
    def id(self) -> int:
        return self.document.page_id

    @property
    def kind(self) -> str:
        return self.document.kind

    @property
    def cover(self) -> Any:
        return self.document.cover


def load(page_ids: list[int], concepts: tuple[Concept, ...]) -> list[Result]:
    documents = Document.objects.select_related("cover").prefetch_related("cover__renditions")
    found = documents.in_bulk(page_ids)
    words = marked_words(concepts)
    return [result(found[page_id], words) for page_id in page_ids if page_id in found]


def result(document: Document, words: list[str]) -> Result:
    texts = [document.summary, *document.body.split("\n"), *document.lessons.split("\n")]
    shown = [tag for tag in document.tags if tag[0] != "topic"][:TAGS_SHOWN]
    shown += [tag for tag in document.tags if tag[0] == "topic"][: TAGS_SHOWN - len(shown)]
    return Result(
        document,
        title=snippets.highlight(document.title, words),
        snippet=snippets.snippet(texts, words),
        tags=[{"group": group, "name": name} for group, _code, name in shown],
    )


def marked_words(concepts: tuple[Concept, ...]) -> list[str]:
    """What is marked: what was said and what means the same, not the tags' own tokens."""
    words = {concept.surface for concept in concepts}
    for concept in concepts:
        said = (one.terms for one in concept.alternatives if not is_tag(one.terms[0]))
        words |= set(map(phrase_of, said))
    return sorted(words - {""}, key=lambda word: (-len(word), word))


def phrase_of(terms: tuple[str, ...]) -> str:
    """The text that index terms came from: words inside longer ones are said once."""
    said = [
        term
        for place, term in enumerate(terms)
        if not any(term in longer for longer in terms[place + 1 : place + 6] if longer != term)
    ]
    return "".join(said)
