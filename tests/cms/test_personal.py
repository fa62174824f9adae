"""Content pages carry nothing personal (ARCHITECTURE 1): the same bytes for everyone.

The page cache is off here: it renders without cookies and would hide what this looks for.
"""

import pytest
from django.test import Client
from wagtail.models import Page, get_page_models

from cms.models import (
    AgeStage,
    ArticleIndexPage,
    ArticlePage,
    ExpertIndexPage,
    ExpertPage,
    ShortVideoIndexPage,
    ShortVideoPage,
    StoryIndexPage,
    StoryPage,
)
from cms.models.resource import ResourcePage
from courses.models import LessonPage
from learners.study.models import Enrolment
from tests.cms.conftest import PARAGRAPH
from tests.conftest import person


@pytest.fixture
def school(home, course, article_lesson, recording, django_user_model):
    """One page of every public kind, with something in it."""
    stage, _ = AgeStage.objects.get_or_create(code="4-6", defaults={"name": "4–6 岁"})
    course.add_child(instance=LessonPage(title="看一看", slug="watch", recording=recording))
    children = {
        ShortVideoIndexPage: ShortVideoPage(title="短", slug="short", recording=recording),
        StoryIndexPage: StoryPage(title="家风", slug="story", told_by="陈建国", body=PARAGRAPH),
        ArticleIndexPage: ArticlePage(title="文章", slug="article", body=PARAGRAPH),
    }
    for index, child in children.items():
        index.objects.get().add_child(instance=child)
    experts = home.add_child(instance=ExpertIndexPage(title="专家", slug="experts"))
    experts.add_child(instance=ExpertPage(title="林教授", slug="lin", headline="心理学"))
    for resource in ResourcePage.objects.specific():
        resource.age_stages = [stage]
        resource.save_revision().publish()
    return home


def addresses():
    pages = [page.get_url() for page in Page.objects.live().filter(depth__gt=1)]
    filters = ["/courses/?age=4-6", "/articles/?page=1", "/articles/?age=4-6&page=9"]
    feeds = ["/feeds/", "/feeds/courses/", "/feeds/stories/"]
    return [*pages, *filters, *feeds, "/sitemap.xml", "/robots.txt"]


@pytest.fixture
def visitors(school, chen_jing, course):
    """Nobody, an enrolled mother, an editor who sees everything; each in English if asked."""
    Enrolment.objects.create(user=chen_jing, course=course)
    editor = person("编辑", is_staff=True, is_superuser=True, language="en")
    clients = [Client(), Client(), Client()]
    clients[1].force_login(chen_jing)
    clients[2].force_login(editor)
    clients[2].defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return clients


def test_every_kind_of_page_is_walked(school):
    kinds = {page.specific_class for page in Page.objects.live().filter(depth__gt=1)}
    assert kinds == set(get_page_models()) - {Page, ResourcePage}


def test_every_public_page_is_the_same_bytes_for_everyone(visitors):
    for address in addresses():
        answers = [visitor.get(address) for visitor in visitors]
        assert [answer.status_code for answer in answers] == [200] * 3, address
        assert len({answer.content for answer in answers}) == 1, address
        for answer in answers:
            assert "public" in answer["Cache-Control"], address
            assert answer.get("Vary", "") in ("", "Accept-Encoding"), address
            assert not answer.cookies, address


def test_every_public_page_is_held(visitors, settings, django_assert_num_queries):
    settings.PAGE_CACHE_ENTRIES = 100
    visitors = [Client() for _ in visitors]
    for address in addresses():
        first = visitors[0].get(address)
        with django_assert_num_queries(0):
            again = visitors[0].get(address)
        assert (again.content, again["ETag"]) == (first.content, first["ETag"]), address


def test_public_page_has_no_form_that_posts_and_no_token(visitors):
    for address in addresses():
        content = visitors[1].get(address).content.decode().lower()
        assert 'method="post"' not in content, address
        assert "csrf" not in content, address
        assert "陈静" not in content, address
