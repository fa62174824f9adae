"""What a page says of a recording: streams, one file, captions, chapters, what is said."""

import re

import pytest
from django.core.files.base import ContentFile
from django.template.loader import render_to_string

from media import renditions
from media.library import add_captions, add_recording
from media.models import Encoding, Recording

pytestmark = pytest.mark.django_db
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n大家好。\n"


@pytest.fixture
def recording(files):
    video = ContentFile((files / "video.mp4").read_bytes(), name="video.mp4")
    return add_recording(title="立规矩", file=video)


def player(recording):
    return render_to_string("components/player.html", {"recording": recording})


def attributes(page):
    return dict(re.findall(r'data-(main|low|sound|saver)="([^"]*)"', page))


def test_small_recording_has_one_file_and_no_switches(recording):
    page = player(recording)
    assert attributes(page) == {}
    assert f'<source src="/media/{recording.file.name}">' in page


def test_converted_recording_has_streams_and_one_file(recording, settings, tmp_path):
    settings.FRONTEND_DIR = settings.STATIC_ROOT = tmp_path
    (tmp_path / "vendor").mkdir()
    for name in ("spf.js", "hls.js"):
        (tmp_path / "vendor" / name).touch()
    renditions.work(renditions.ask(recording).pk)
    recording = Recording.objects.get()
    folder = f"/media/renditions/{recording.encoding.run}"
    page = player(recording)
    assert attributes(page) == {
        "main": f"{folder}/main.m3u8",
        "low": f"{folder}/240.m3u8",
        "sound": f"{folder}/audio.m3u8",
        "saver": "sound",
    }
    assert f'<source src="{folder}/whole.mp4">' in page
    assert 'data-small="/static/vendor/spf.js" data-library="/static/vendor/hls.js"' in page
    for inline in ("playsinline", "webkit-playsinline", "x5-playsinline"):
        assert f" {inline}" in page


def test_player_costs_the_same_for_one_and_for_three_languages(
    recording, django_assert_num_queries
):
    for language in ("zh-Hans", "en", "zh-Hant"):
        add_captions(recording, ContentFile(VTT.encode(), name="a.vtt"), language=language)
        fresh = Recording.objects.get()
        with django_assert_num_queries(1):
            page = player(fresh)
    assert page.count("<track") == 3
    assert page.count(" default>") == 1


def test_chapters_transcript_and_credits_stand_below(recording):
    add_captions(recording, ContentFile(VTT.encode(), name="a.vtt"))
    recording.chapters = "00:00 开场\n00:02 <b>后面</b>"
    recording.credits, recording.licence = "林教授", "免费播放"
    recording.consent_note = "张三的妈妈已同意"
    page = render_to_string("components/about_recording.html", {"recording": recording})
    assert re.findall(r'data-seek="(\d+)"', page) == ["0", "2"]
    assert "&lt;b&gt;后面" in page
    assert "<p>大家好。</p>" in page
    assert "林教授 · 免费播放" in page
    assert "张三" not in page


def test_upright_video_stays_upright(files):
    video = ContentFile((files / "turned.mp4").read_bytes(), name="turned.mp4")
    assert 'class="stage upright"' in player(add_recording(title="竖", file=video))
    assert not Encoding.objects.exists()
