from typing import Any

from django import template

from learners.stories import differences
from learners.stories.models import Story

register = template.Library()
MOST = 3


@register.inclusion_tag("stories/news.html")
def story_news(person: Any) -> dict[str, Any]:
    """Answers of editors that this person has not seen, at most three."""
    return {"stories": Story.objects.of(person).news()[:MOST]}


@register.inclusion_tag("stories/changes.html")
def changes(before: str, after: str) -> dict[str, Any]:
    return {"parts": differences.parts(before, after)}
