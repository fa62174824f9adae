"""Resources of every kind with terms, made in any number."""

import pytest
from django.core.files.base import ContentFile

from cms.models import (
    AgeStage,
    ArticleIndexPage,
    ArticlePage,
    Circumstance,
    ExpertIndexPage,
    ExpertPage,
    ShortVideoIndexPage,
    ShortVideoPage,
    StoryIndexPage,
    StoryPage,
    Topic,
)
from media.models import CaptionTrack, Recording

PARAGRAPH = [("paragraph", "<p>" + "字" * 300 + "</p>")]


def terms(model, code):
    return [model.objects.get_or_create(code=code, defaults={"name": code})[0]] if code else []


@pytest.fixture
def recording(db):
    recording = Recording.objects.create(
        title="r", type="video", duration=95, file=ContentFile(b"x", "a.mp4"), content_hash="a" * 64
    )
    CaptionTrack.objects.create(recording=recording, file=ContentFile(b"WEBVTT\n", "a.vtt"))
    return recording


@pytest.fixture
def expert(home):
    index = home.add_child(instance=ExpertIndexPage(title="专家", slug="experts"))
    return index.add_child(instance=ExpertPage(title="林教授", slug="lin", headline="心理学"))


@pytest.fixture
def add(home, recording):
    """Publishes a resource of a kind below its index, tagged by the codes given."""

    def added(kind, slug, age="", circumstance="", topic="", **fields):
        index, model = {
            "story": (StoryIndexPage, StoryPage),
            "article": (ArticleIndexPage, ArticlePage),
            "video": (ShortVideoIndexPage, ShortVideoPage),
        }[kind]
        if kind == "video":
            fields.setdefault("recording", recording)
        page = model(slug=slug, body=PARAGRAPH, **{"title": slug, **fields})
        page = index.objects.get().add_child(instance=page)
        page.age_stages = terms(AgeStage, age)
        page.circumstances = terms(Circumstance, circumstance)
        page.topics = terms(Topic, topic)
        page.save_revision().publish()
        return page

    return added
