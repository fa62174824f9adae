"""Personal pages follow their owner; public pages are Chinese and ask for nobody."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from learners.accounts.models import User


@pytest.fixture
def mother(client, chen_jing):
    client.force_login(chen_jing)
    return client


def text_of(response):
    return response.content.decode()


def statements(client, address):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries]


def test_personal_pages_speak_their_owners_language(mother, chen_jing):
    User.objects.update(language="en")
    page = text_of(mother.get("/account/"))
    assert re.search(r'<html lang="([^"]+)"', page)[1] == "en"
    User.objects.update(language="zh-hans")
    page = text_of(mother.get("/account/"))
    assert re.search(r'<html lang="([^"]+)"', page)[1] == "zh-hans"


def test_public_pages_speak_chinese_and_vary_by_nobody(mother, home):
    User.objects.update(language="en")
    with override("en"):  # as if another page had left its language behind
        response = mother.get("/")
    assert re.search(r'<html lang="([^"]+)"', text_of(response))[1] == "zh-hans"
    assert ("Cookie" in response.get("Vary", ""), len(response.cookies)) == (False, 0)


def test_progress_reports_do_not_look_up_who_sends_them(rf):
    from learners.accounts.language import language_of

    class Unasked:
        @property
        def is_authenticated(self):
            raise AssertionError("somebody looked")

    for path in ("/learn/progress/", "/", "/courses/", "/accounting/"):
        request = rf.get(path)
        request.user = Unasked()
        assert language_of(request) == "zh-hans"
    request = rf.get("/learn/")
    request.user = Unasked()
    with pytest.raises(AssertionError, match="somebody looked"):
        language_of(request)


@pytest.mark.parametrize("address", ["/", "/courses/", "/videos/"])
def test_public_pages_cost_nothing_more_for_whoever_is_signed_in(mother, home, address):
    User.objects.update(language="en")
    statements(Client(), address)  # what is read once per process
    assert statements(mother, address) == statements(Client(), address)
