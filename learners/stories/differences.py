"""What one version of a text has and the other has not, sentence by sentence: that is how people
read what was changed."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?\n]+|[^。！？!?\n]+")


class Kind(StrEnum):
    SAME = "same"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Part:
    kind: Kind
    words: str


def parts(before: str, after: str) -> list[Part]:
    """In the order of reading; of a change what is gone comes first."""
    old, new = (SENTENCE.findall(text.replace("\r\n", "\n")) for text in (before, after))
    found: list[Part] = []
    for code, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        if code == "equal":
            found.append(Part(Kind.SAME, "".join(old[a:b])))
            continue
        pair = (Part(Kind.GONE, "".join(old[a:b])), Part(Kind.NEW, "".join(new[c:d])))
        found += [part for part in pair if part.words]
    return found
