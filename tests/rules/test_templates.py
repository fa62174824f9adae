"""Templates carry no script or style of their own and ask nobody else for anything."""

import re

import pytest

from tests.rules.tree import ROOT, named

COMMENT = re.compile(r"\{#.*?#\}|\{% *comment.*?endcomment *%\}|<!--.*?-->", re.DOTALL)
DATA = r"""type=["']?application/(ld\+)?json"""
FORBIDDEN = {
    "script without src": re.compile(rf"<script(?![^>]*(\bsrc=|{DATA}))[^>]*>", re.IGNORECASE),
    "style element": re.compile(r"<style\b", re.IGNORECASE),
    "style attribute": re.compile(r"<[a-z][^>]*\sstyle\s*=", re.IGNORECASE),
    "event attribute": re.compile(r"<[a-z][^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "javascript address": re.compile(r"""=\s*["']?\s*javascript:""", re.IGNORECASE),
    "request to somebody else": re.compile(
        r"""<(script|img|link|iframe|video|audio|source|track)\b(?![^>]*rel=["']canonical)"""
        r"""[^>]*\b(src|srcset|href|poster)\s*=\s*["']?(https?:)?//""",
        re.IGNORECASE,
    ),
}


def forbidden(template):
    """What a template must not hold, by name."""
    text = COMMENT.sub("", template)
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]


def test_templates_carry_no_script_or_style():
    templates = [path for path in named(".html") if "templates" in path.parts]
    found = {str(path): forbidden((ROOT / path).read_text()) for path in templates}
    assert {path: names for path, names in found.items() if names} == {}


@pytest.mark.parametrize(
    ("template", "name"),
    [
        ("<script>alert(1)</script>", "script without src"),
        ('<script type="module">x()</script>', "script without src"),
        ("<style>p {}</style>", "style element"),
        ('<p class="a"\n style="color: red">', "style attribute"),
        ('<button onclick="x()">', "event attribute"),
        ('<a href="javascript:x()">', "javascript address"),
        ('<img alt="" src="https://example.org/a.png">', "request to somebody else"),
        ('<script src="//example.org/a.js"></script>', "request to somebody else"),
    ],
)
def test_forbidden_is_seen(template, name):
    assert forbidden(template) == [name]


@pytest.mark.parametrize(
    "template",
    [
        '<script src="{% static \'js/player.js\' %}" type="module"></script>',
        '<script type="application/ld+json">{{ structured_data }}</script>',
        '<link rel="canonical" href="https://example.org/">',
        '<a href="https://example.org/">elsewhere</a>',
        "{# <script>alert(1)</script> #}",
        "<p>style = plain, on = off</p>",
    ],
)
def test_permitted_is_left_alone(template):
    assert forbidden(template) == []
