"""The demonstration loads, and loading it again changes nothing."""

from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Page, Revision

from cms.models import HomePage, ResourcePage, Topic
from courses.models import LessonPage
from demo import bodies
from demo.shelf import Shelf, tags
from learners.accounts.models import User
from learners.stories.models import Story
from media.models import Picture, Recording
from tests.demo.shelf import shelf


@pytest.fixture
def school(home, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    call_command("prepare_school", stdout=StringIO())


def load():
    call_command("load_demo", stdout=StringIO())


def state():
    """Everything that loading could make or touch."""
    models = (Revision, Picture, Recording, Story)
    return {
        "pages": list(Page.objects.order_by("pk").values()),
        "people": list(User.objects.order_by("pk").values()),
        **{model.__name__: model.objects.count() for model in models},
    }


def test_loading_publishes_every_page_once_and_again_changes_nothing(school):
    load()
    loaded = Page.objects.type(ResourcePage)
    assert sorted(loaded.live().values_list("slug", flat=True)) == sorted(
        [*(data["slug"] for data in shelf().values()), "星期五的面"]
    )
    assert sorted(Story.objects.values_list("state", flat=True)) == ["published", "waiting"]
    assert len(HomePage.objects.get().sections) == 3
    expert = User.objects.get(username="expert")
    made = LessonPage.objects.filter(experts__slug="lin").exclude(recording=None)
    assert {(lesson.owner, lesson.recording.uploaded_by_user) for lesson in made} == {
        (expert, expert)
    }
    first = state()
    load()
    assert state() == first


def test_unknown_term_stops_the_loading(db):
    with pytest.raises(Topic.DoesNotExist):
        tags({"topics": ["no-such-topic"]})


def test_link_to_nothing_stops_the_loading():
    with pytest.raises(KeyError):
        bodies.body([{"resource_link": {"slug": "no-such-page"}}], Shelf())
