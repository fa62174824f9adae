"""The demonstration's files as the tests walk through them: courses with their lessons."""

import re

from cms.blocks import BodyBlocks
from cms.reading import characters
from demo import bodies, content
from demo.shelf import Shelf

KINDS = ("courses", "videos", "stories", "articles")
BODY = BodyBlocks()


def shelf():
    """Every page to be, by `kind/slug`; a lesson has what it takes from its course."""
    found = {}
    for kind in KINDS:
        for entry in content.entries(kind):
            found[f"{kind}/{entry.slug}"] = entry.data
            for lesson in entry.data.get("lessons", []):
                inherited = {**entry.data, "quiz": None, "lessons": []}
                found[f"lessons/{lesson['slug']}"] = {**inherited, **lesson}
    return found


def of_kind(kind):
    return {name: data for name, data in shelf().items() if name.startswith(f"{kind}/")}


def length(body):
    """Characters by the rule that minutes are counted with; links to other pages aside."""
    own = [block for block in body if "resource_link" not in block]
    return characters(BODY.normalize(bodies.body(own, Shelf())))


def links(body):
    return [block["resource_link"]["slug"] for block in body if "resource_link" in block]


def words(value):
    """All text in a value of a YAML file, at whatever depth."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return " ".join(words(part) for part in value)
    return value if isinstance(value, str) else ""


def numbers(value):
    """The numbers of three and more digits: telephones, years."""
    return set(re.findall(r"\d{3,}", words(value)))
