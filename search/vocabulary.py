"""The words of what is published, counted: for suggestions and for what was meant instead.

Counted along with every document, so that a word of an unpublished page alone is gone with it.
"""

from collections import Counter
from collections.abc import Iterable

from django.db.models import F

from search import pinyin, segmenting
from search.models import Document, IndexState, Word, new_stamp

LONGEST = 40


def words_of(document: Document) -> set[str]:
    """The words worth suggesting: two characters at least, from all but the body."""
    names = " ".join(name for _group, _code, name in document.tags)
    text = "\n".join([document.title, names, document.summary, document.lessons[:2000]])
    return {
        word for word in segmenting.terms(text) if 2 <= len(word) <= LONGEST and not word.isdigit()
    }


def recount(before: Iterable[Document], after: Iterable[Document]) -> None:
    """Takes away what the old documents counted and adds what the new ones do."""
    change: Counter[str] = Counter()
    for document in before:
        change.subtract(words_of(document))
    for document in after:
        change.update(words_of(document))
    add({word: number for word, number in change.items() if number})


def add(change: dict[str, int]) -> None:
    if not change:
        return
    known = set(Word.objects.filter(text__in=change).values_list("text", flat=True))
    create({word: number for word, number in change.items() if word not in known})
    for number in {change[text] for text in known}:
        same = [text for text in known if change[text] == number]
        Word.objects.filter(text__in=same).update(count=F("count") + number)
    Word.objects.filter(count__lte=0).delete()


def create(counts: dict[str, int]) -> None:
    Word.objects.bulk_create(
        [
            Word(text=w, count=n, pinyin=pinyin.full(w)[:200], initials=pinyin.initials(w)[:40])
            for w, n in sorted(counts.items())
        ],
        batch_size=500,
    )


def counted(documents: Iterable[Document]) -> Counter[str]:
    return Counter(word for document in documents for word in words_of(document))


def replace(counts: dict[str, int]) -> None:
    """These words and counts instead of all."""
    Word.objects.all().delete()
    create(counts)
    renew()


def version() -> str:
    """Changes with every document."""
    return IndexState.objects.filter(pk=1).values_list("version", flat=True).first() or ""


def renew() -> None:
    """Every process reads the words and counts again at its next search."""
    IndexState.objects.update_or_create(pk=1, defaults={"version": new_stamp()})
