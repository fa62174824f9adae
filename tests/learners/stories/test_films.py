"""The short video of a story: what is kept of it, and what is refused."""

import subprocess

import imageio_ffmpeg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from cms.models import StoryPage
from learners.stories import films, sending
from learners.stories.files import Refused
from learners.stories.models import FOLDER, Film
from learners.stories.states import NotThatWay
from media import checking, renditions
from media.models import Encoding, Recording
from tests.learners.stories.conftest import content_of, jpeg, publish_data


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


@pytest.fixture(scope="module")
def new_phones(film_bytes, tmp_path_factory):
    """As an iPhone records: HEVC in MOV, with the place."""
    folder = tmp_path_factory.mktemp("hevc")
    (folder / "a.mp4").write_bytes(film_bytes)
    hevc = ["-c:v", "libx265", "-x265-params", "log-level=none", "-tag:v", "hvc1", "-c:a", "copy"]
    told = ["-metadata", "comment=SecretPlace", "-movflags", "use_metadata_tags"]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", folder / "a.mp4"]
    subprocess.run([*command, *hevc, *told, "-f", "mov", folder / "b.mov"], check=True, timeout=60)
    return (folder / "b.mov").read_bytes()


def test_film_of_a_new_phone_is_kept_whole_and_without_its_place(draft, mother, new_phones):
    assert b"SecretPlace" in new_phones
    film = films.add(draft, ContentFile(new_phones, name="IMG_secret.MOV"))
    content = content_of(film.file.name)
    assert [secret in content for secret in (b"+29.55", b"SecretPlace", b"2026-11")] == [False] * 3
    assert (film.is_playable, film.file.name[-4:]) == (False, ".mov")
    assert (film.width, film.height, round(film.duration)) == (180, 320, 2)
    page = mother.get(reverse("stories:pictures", args=[draft.pk])).content.decode()
    assert "视频已经完整保存" in page


def test_film_of_a_new_phone_is_looked_at_by_the_editor_and_converted_when_published(
    draft, client, editor, new_phones
):
    films.add(draft, ContentFile(new_phones, name="IMG_secret.MOV"))
    sending.send(draft)
    draft.refresh_from_db()
    client.force_login(editor)
    desk = f"/admin/family-stories/{draft.pk}/"
    film = reverse("story_desk_film", args=[draft.pk])
    assert f'<a href="{film}" download>' in client.get(desk).content.decode()
    assert client.get(film)["Content-Type"] == "video/quicktime"
    assert client.post(f"{desk}publish/", publish_data(draft)).status_code == 302
    page, recording = StoryPage.objects.get(), Recording.objects.get()
    preparing = "视频正在为手机转换"
    assert (recording.is_playable, preparing in client.get(page.url).content.decode()) == (
        False,
        True,
    )
    assert renditions.work(Encoding.objects.get().pk) == Encoding.State.READY
    assert Recording.objects.get().is_playable
    after = Client().get(page.url).content.decode()
    assert (preparing in after, "whole.mp4" in after) == (False, True)
