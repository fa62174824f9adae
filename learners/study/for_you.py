"""Resources for a person's children: for their age stages (the class's first, then by birth
month, and what the person chose) and, if they saved them, their circumstances; not yet finished,
varied by topic, each with the reason.

Search is told ages, circumstances and what to leave out; it never hears of the person.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from learners.schools.models import Child, ClassMembership
from learners.study import interests
from learners.study.interests import Chosen
from learners.study.models import Enrolment
from search import door
from search.query import Query
from search.results import Result

NUMBER = 4
STANDING_ALONE = ("course", "video", "story", "article")


@dataclass(frozen=True)
class Recommendation:
    id: int
    kind: str
    title: str
    url: str
    minutes: int
    reason: str


def recommended(user: Any, number: int = NUMBER) -> list[Recommendation]:
    """A constant number of queries; nothing while neither age nor circumstance is known."""
    chosen = interests.of(user)
    own = ages_of_children(user, timezone.localdate())
    chosen = replace(chosen, age_stages=tuple(dict.fromkeys([*own, *chosen.age_stages])))
    if not chosen.age_stages and not chosen.circumstances:
        return []
    without = _known_to(user)
    near = _find(chosen.age_stages, chosen.circumstances, without) if chosen.circumstances else []
    near += _find(chosen.age_stages, (), without) if chosen.age_stages else []
    best = varied(near, number, chosen.circumstances)
    return [_recommendation(result, chosen) for result in best]


def ages_of_children(user: Any, today: date) -> list[str]:
    """The age stages of the children the person looks after, in the order claimed; two queries."""
    members = ClassMembership.objects.current().filter(child__guardianships__user=user)
    classes = {m.child_id: m.school_class for m in members.select_related("school_class__school")}
    children = Child.objects.of_guardian(user).order_by("guardianships__claimed_at", "pk")
    stages = [child.age_stage(today, classes.get(child.pk)) for child in children]
    return [stage for stage in stages if stage]


def _known_to(user: Any) -> frozenset[int]:
    """Courses that were begun or finished: those stand elsewhere on the page."""
    return frozenset(Enrolment.objects.of(user).values_list("course", flat=True))


def _find(
    ages: tuple[str, ...], circumstances: tuple[str, ...], without: frozenset[int]
) -> list[Result]:
    chosen = {"age": ages, "circumstance": circumstances, "kind": STANDING_ALONE}
    return door.find(Query(chosen=chosen, without=without)).results


def varied(results: Iterable[Result], number: int, circumstances: Sequence[str]) -> list[Result]:
    """The first ones; of a topic or kind already shown later, and what is for circumstances that
    were not saved only when nothing else is left."""
    found = list({result.id: result for result in results}.values())
    others = [result for result in found if _is_for_others(result, circumstances)]
    ours = [result for result in found if result not in others]
    return [*_by_topic(ours), *_by_topic(others)][:number]


def _by_topic(results: list[Result]) -> list[Result]:
    """The first of each topic or kind, then the rest."""
    first: dict[str, Result] = {}
    for result in results:
        first.setdefault(_first_topic(result), result)
    leading = list(first.values())
    return [*leading, *(result for result in results if result not in leading)]


def _is_for_others(result: Result, circumstances: Sequence[str]) -> bool:
    own = {code for group, code, _name in result.document.tags if group == "circumstance"}
    return bool(own) and own.isdisjoint(circumstances)


def _first_topic(result: Result) -> str:
    topics = [code for group, code, _name in result.document.tags if group == "topic"]
    return topics[0] if topics else result.kind


def _recommendation(result: Result, chosen: Chosen) -> Recommendation:
    document = result.document
    return Recommendation(
        id=document.page_id,
        kind=document.kind,
        title=document.title,
        url=document.url,
        minutes=document.minutes,
        reason=reason(document.tags, chosen),
    )


def reason(tags: list[list[str]], chosen: Chosen) -> str:
    """Why it is shown, by age: a circumstance on a screen that others may see says too much."""
    names = [name for group, code, name in tags if group == "age" and code in chosen.age_stages]
    if names:
        return _("For ages %(ages)s") % {"ages": "、".join(names)}
    return _("For families like yours")
