"""Every page fits a phone in elder mode and with text of twice the size, and none is forgotten."""

import json

import pytest
from django.urls import URLResolver, get_resolver

from tests.browser.gallery import STAGE
from tests.browser.looks import LOOKS, context_of, open_page, overflow, play_the_role
from tests.browser.pages import NO_PAGES, ROUTES, views

# Pages whose purpose is to say no.
REFUSED = {
    "no-page": 404,
    "account_inactive": 403,
    "certificates-check--revoked_number": 410,
    "certificates-check--no_number": 404,
    "schools-home-parent": 404,
    "schools-list_in-parent": 404,
}
NOT_OURS = ("wagtail", "django", "allauth", "learners.accounts.admin_views", "media.delivery")


def routes(resolver, space=""):
    """Every named route whose view we wrote and a person may open."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from routes(entry, f"{entry.namespace}:" if entry.namespace else space)
        elif entry.name and not entry.callback.__module__.startswith(NOT_OURS):
            yield space + entry.name


def test_every_route_is_a_page_or_said_to_be_none():
    left_out = {
        f"{space}:{name}" if space else name for space, names in NO_PAGES.items() for name in names
    }
    assert set(routes(get_resolver())) == {route for route, *_rest in ROUTES} | left_out


@pytest.fixture(scope="session")
def stage(school):
    return json.loads(school.manage("shell", "-v", "0", "-c", STAGE).splitlines()[-1])


@pytest.mark.browser
@pytest.mark.parametrize("look", sorted(LOOKS))
def test_no_page_is_wider_than_the_screen(chromium, school, stage, look):
    context = context_of(chromium, look)
    page = context.new_page()
    wide, refused = {}, {}
    for view in views(stage["values"]):
        play_the_role(context, school.url, stage["sessions"], view.role)
        answer = open_page(page, school.url, stage, view, until="load")
        if answer.status != 200:
            refused[view.name] = answer.status
        if overflow(page) > 0 and not view.is_desk:  # that is Wagtail's own frame
            wide[view.name] = overflow(page)
    context.close()
    assert (wide, refused) == ({}, REFUSED)
