"""The short video of a story: what is kept of it, and what is refused."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from learners.stories import films
from learners.stories.files import Refused
from learners.stories.models import FOLDER, Film
from learners.stories.states import NotThatWay
from media import checking
from tests.learners.stories.conftest import content_of, jpeg


def stored():
    return sorted(checking.files_below(default_storage, FOLDER))


def test_film_is_kept_without_place_and_time(draft, film_bytes):
    assert (b"+29.55" in film_bytes, b"SecretPlace" in film_bytes) == (True, True)
    film = films.add(draft, ContentFile(film_bytes, name="VID_secret.mp4"))
    content = content_of(film.file.name)
    assert [secret in content for secret in (b"+29.55", b"SecretPlace", b"2026-11")] == [False] * 3
    assert (film.width, film.height, round(film.duration)) == (180, 320, 2)
    assert (stored(), film.size) == ([film.file.name], len(content))


def test_second_film_replaces_the_first(draft, film_bytes, django_capture_on_commit_callbacks):
    films.add(draft, ContentFile(film_bytes, name="a.mp4"))
    with django_capture_on_commit_callbacks(execute=True):
        second = films.add(draft, ContentFile(film_bytes, name="b.mp4"))
    assert (list(Film.objects.all()), stored()) == ([second], [second.file.name])
    with django_capture_on_commit_callbacks(execute=True):
        films.remove(draft)
    assert (Film.objects.count(), stored()) == (0, [])


@pytest.mark.parametrize("content", [b"", b"text" * 50, jpeg()], ids=["empty", "text", "photo"])
def test_what_is_no_film_is_refused_and_leaves_nothing(draft, content):
    with pytest.raises(Refused):
        films.add(draft, ContentFile(content, name="x.mp4"))
    assert (Film.objects.count(), stored()) == (0, [])


@pytest.mark.parametrize("limit", ["MOST_SECONDS", "MOST_BYTES"])
def test_long_and_large_films_are_refused(draft, film_bytes, monkeypatch, limit):
    monkeypatch.setattr(films, limit, 1)
    with pytest.raises(Refused):
        films.add(draft, ContentFile(film_bytes, name="x.mp4"))


def test_film_is_refused_by_the_scanner(draft, film_bytes, settings):
    settings.MEDIA_SCAN_COMMAND = "false"
    with pytest.raises(Refused):
        films.add(draft, ContentFile(film_bytes, name="x.mp4"))
    assert stored() == []


def test_film_of_a_story_that_was_sent_leaves_nothing(waiting, film_bytes):
    before = stored()
    with pytest.raises(NotThatWay):
        films.add(waiting, ContentFile(film_bytes, name="x.mp4"))
    assert stored() == before
