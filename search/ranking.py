"""How well a text answers: what it says of what was asked, and a little how liked and how new.

The numbers were set on the judged queries in tests/relevance (docs/decisions/0052).
"""

import math
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import combinations

from search.concepts import Concept

FIELD_WEIGHTS = {
    "title": 6.0,
    "tags": 3.0,
    "said": 2.0,
    "summary": 1.8,
    "lessons": 1.3,
    "body": 1.0,
}
AGREEING = 0.4
"""What a second way of saying the same adds to the best one."""
ENOUGH = 0.34
"""The share of what was asked, by weight, that a text must speak of to be found."""
POPULAR, FRESH = 0.03, 0.05
FRESH_DAYS = 180
FRESH_SECONDS = FRESH_DAYS * 86400.0


def enough(
    concepts: Sequence[Concept], known: Collection[int] | None = None
) -> list[tuple[int, ...]]:
    """The smallest sets of required concepts, by their places, that a text must speak of.

    `known` are the places of those that stand in any text; None while that is to be seen.
    """
    asking = [
        (place, concept.weight)
        for place, concept in enumerate(concepts)
        if concept.required and (known is None or place in known)
    ]
    least = ENOUGH * sum(weight for _place, weight in asking)
    found: list[tuple[int, ...]] = []
    for size in range(1, len(asking) + 1):
        for chosen in combinations(asking, size):
            places = tuple(place for place, _weight in chosen)
            if sum(weight for _place, weight in chosen) >= least and not any(
                set(smaller) <= set(places) for smaller in found
            ):
                found.append(places)
    return found


def coverage(matched: int, concepts: Sequence[Concept]) -> float:
    """The share of everything said, by weight, that the text speaks of."""
    said = sum(concept.weight for concept in concepts)
    found = sum(c.weight for place, c in enumerate(concepts) if matched & (1 << place))
    return found / said if said else 0.0


def prior(popularity: int, published: float, now: float) -> float:
    """Around one: a tenth for the most finished, a twentieth for the newest. Times in seconds."""
    age = (published - now) / FRESH_SECONDS
    return 1 + liked(popularity) + (FRESH * math.exp(age) if age < 0 else FRESH)


@lru_cache(maxsize=20_000)
def liked(popularity: int) -> float:
    return POPULAR * math.log10(1 + popularity)


def score(text_score: float, covered: float, prior_factor: float) -> float:
    return text_score * (0.6 + 0.4 * covered) * prior_factor
