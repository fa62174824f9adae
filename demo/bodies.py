"""Turns the plain blocks of the YAML files into the StreamField blocks of pages."""

import re
from typing import Any

from django.utils.html import escape
from wagtail.models import Page

from demo.shelf import Shelf

BOLD = re.compile(r"\*\*(.+?)\*\*")


def paragraphs(text: str) -> str:
    """Rich text of plain text: a blank line parts paragraphs, **so** is bold."""
    parts = (part.strip().replace("\n", "") for part in text.strip().split("\n\n"))
    marked = (BOLD.sub(r"<b>\1</b>", escape(part)) for part in parts if part)
    return "".join(f"<p>{part}</p>" for part in marked)


def body(blocks: list[dict[str, Any]], shelf: Shelf) -> list[tuple[str, Any]]:
    """StreamField data; links to resources that are not on the shelf raise KeyError."""
    return [_block(name, value, shelf) for block in blocks for name, value in block.items()]


def _block(name: str, value: Any, shelf: Shelf) -> tuple[str, Any]:
    if name == "paragraph":
        return name, paragraphs(value)
    if name == "quote":
        return name, {"text": value["text"], "source": value.get("source", "")}
    if name == "resource_link":
        page: Page = shelf.pages[value["slug"]]
        return name, {"page": page, "note": value.get("note", "")}
    return name, value


def quiz(questions: list[dict[str, Any]]) -> list[tuple[str, Any]]:
    return [_question(name, value) for question in questions for name, value in question.items()]


def _question(name: str, value: dict[str, Any]) -> tuple[str, Any]:
    explanation = value.get("explanation", "")
    if name in ("single", "multiple"):
        options = [
            {"text": str(option["text"]), "correct": bool(option.get("correct"))}
            for option in value["options"]
        ]
        return name, {"text": value["text"], "options": options, "explanation": explanation}
    return name, {**value, "explanation": explanation}
