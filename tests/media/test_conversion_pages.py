"""Beside a recording in the admin: its conversion, its posters, its captions."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses.models import LessonPage
from learners.accounts.roles import EXPERTS, ensure_roles
from media import ladder
from media.library import add_captions, add_recording
from media.models import CaptionTrack, Encoding, Recording
from tests.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english(settings):
    settings.LANGUAGE_CODE = "en"


VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\n\xe4\xbd\xa0\xe5\xa5\xbd\n"


@pytest.fixture
def experts(home):
    from django.contrib.auth.models import Group

    ensure_roles()
    made = [person(name, is_staff=True, language="en") for name in ("林教授", "别的专家")]
    for user in made:
        user.groups.add(Group.objects.get(name=EXPERTS))
    return made


@pytest.fixture
def recording(files, experts, monkeypatch):
    monkeypatch.setattr(ladder, "SMALL_VIDEO_BITS", 0)
    video = ContentFile((files / "video.mp4").read_bytes(), name="video.mp4")
    return add_recording(title="立规矩", file=video, uploaded_by=experts[0])


@pytest.fixture
def lin(client, experts):
    client.force_login(experts[0])
    return client


def states(client, *pks):
    return client.get(reverse("conversion_states"), {"ids": ",".join(map(str, pks))})


def test_expert_sees_how_far_the_conversion_is(lin, recording):
    Encoding.objects.update(state=Encoding.State.RUNNING, progress=42)
    assert states(lin, recording.pk).json() == {
        str(recording.pk): {
            "state": "running",
            "progress": 42,
            "words": "Being converted (42 %)",
            "message": "",
            "going_on": True,
        }
    }
    page = lin.get(reverse("wagtailmedia:edit", args=[recording.pk])).content.decode()
    assert '<progress max="100" value="42"></progress>' in page
    assert "Being converted (42 %)" in page


def test_expert_sees_why_it_failed_and_starts_it_again(lin, recording):
    Encoding.objects.update(state=Encoding.State.FAILED, message="The disk is full.")
    page = lin.get(reverse("wagtailmedia:edit", args=[recording.pk])).content.decode()
    assert "The disk is full." in page
    answer = lin.post(reverse("convert_recording", args=[recording.pk]))
    assert answer.status_code == 302
    assert Encoding.objects.get().state == Encoding.State.WAITING


def test_other_expert_has_no_way_in(client, experts, recording):
    client.force_login(experts[1])
    assert states(client, recording.pk).json() == {}
    for name in ("convert_recording", "choose_poster"):
        answer = client.post(reverse(name, args=[recording.pk]), {"frame": "frame-1.jpg"})
        assert answer.status_code == 404
    assert "立规矩" not in client.get(reverse("wagtailmedia:index")).content.decode()


def test_nobody_is_sent_to_the_door(client, recording):
    answer = states(client, recording.pk)
    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/account/staff/")


@pytest.mark.parametrize("ids", ["", "x", "1;2", ",".join(["1"] * 101)])
def test_states_of_nonsense(lin, ids):
    assert lin.get(reverse("conversion_states"), {"ids": ids}).status_code == 400


def test_poster_is_chosen_among_the_frames(lin, recording):
    from media import renditions

    renditions.work(Encoding.objects.get().pk)
    before = Recording.objects.get().thumbnail.name
    address = reverse("choose_poster", args=[recording.pk])
    lin.post(address, {"frame": "../../secret"})
    assert Recording.objects.get().thumbnail.name == before
    lin.post(address, {"frame": "frame-2.jpg"})
    assert Recording.objects.get().thumbnail.name != before


def test_list_costs_the_same_for_one_and_for_three(
    lin, files, recording, experts, settings, django_assert_num_queries
):
    address = reverse("wagtailmedia:index")
    lin.get(address)
    session = 0 if settings.SESSION_ENGINE.endswith("cached_db") else 1
    with django_assert_num_queries(12 + session):
        lin.get(address)
    for name in ("fast.mp4", "silent.mp4"):
        video = ContentFile((files / name).read_bytes(), name=name)
        add_recording(title=name, file=video, uploaded_by=experts[0])
    with django_assert_num_queries(12 + session):
        page = lin.get(address).content.decode()
    assert page.count("Waiting for its turn") == 3


@pytest.fixture
def editor(client, db):
    client.force_login(person("编辑", is_staff=True, is_superuser=True, language="en"))
    return client


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16", "utf-16-be"])
def test_srt_is_taken_as_captions(editor, recording, encoding):
    mark = "\ufeff" if encoding == "utf-16-be" else ""
    srt = f"{mark}1\n00:00:01,000 --> 00:00:02,000\n你好\n".encode(encoding)
    answer = editor.post(
        reverse("wagtailsnippets_media_captiontrack:add"),
        {
            "recording": recording.pk,
            "language": "zh-Hans",
            "label": "中文",
            "file": SimpleUploadedFile("a.srt", srt),
        },
    )
    assert answer.status_code == 302
    track = CaptionTrack.objects.get()
    assert track.file.read().decode() == "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n你好\n"
    assert track.transcript == "你好"
    track.file.close()


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_webvtt_in_other_writing_is_kept_as_utf8(lin, recording, encoding):
    address = reverse("edit_captions", args=[recording.pk, "zh-Hans"])
    file = SimpleUploadedFile("a.vtt", VTT.decode().encode(encoding))
    assert lin.post(address, {"text": "", "file": file}).status_code == 302
    track = CaptionTrack.objects.get()
    assert (track.file.read(), track.transcript) == (VTT, "你好")
    track.file.close()


@pytest.mark.parametrize("content", [bytes(range(128, 256)) * 9, b"\xff\xfe\x00\xd8"])
def test_what_is_no_text_is_no_captions(lin, recording, content):
    address = reverse("edit_captions", args=[recording.pk, "zh-Hans"])
    file = SimpleUploadedFile("a.srt", content)
    answer = lin.post(address, {"text": "WEBVTT\n\n", "file": file})
    assert answer.context["form"].errors == {"file": ["Captions must be saved as UTF-8."]}
    assert not CaptionTrack.objects.exists()


def test_captions_are_written_beside_the_player(lin, recording):
    add_captions(recording, ContentFile(VTT, name="a.vtt"))
    page = lin.get(reverse("wagtailmedia:edit", args=[recording.pk])).content.decode()
    address = reverse("edit_captions", args=[recording.pk, "zh-Hans"])
    assert address in page
    form = lin.get(address).context["form"]
    assert form.initial["text"] == VTT.decode()
    changed = VTT.decode().replace("你好", "再见")
    assert lin.post(address, {"text": changed}).status_code == 302
    english = reverse("edit_captions", args=[recording.pk, "en"])
    lin.post(english, {"text": "WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"})
    found = {(t.language, t.label, t.transcript) for t in recording.captions.all()}
    assert found == {("zh-Hans", "中文", "再见"), ("en", "English", "Hello")}


def test_captions_as_a_file_replace_the_text(lin, recording):
    srt = SimpleUploadedFile("a.srt", "1\n00:00:01,000 --> 00:00:02,000\n你好\n".encode())
    address = reverse("edit_captions", args=[recording.pk, "zh-Hans"])
    assert lin.post(address, {"text": "WEBVTT\n\n", "file": srt}).status_code == 302
    assert recording.captions.get().transcript == "你好"


def test_wrong_captions_keep_what_was_typed(lin, recording):
    address = reverse("edit_captions", args=[recording.pk, "zh-Hans"])
    answer = lin.post(address, {"text": VTT.decode() + "\n00:00.500 --> 00:01.000\n早了\n"})
    form = answer.context["form"]
    assert list(form.errors) == ["text"]
    assert "早了" in form["text"].value()
    assert not CaptionTrack.objects.exists()


def test_captions_of_somebody_else_and_of_no_language(client, experts, lin, recording):
    assert lin.get(reverse("edit_captions", args=[recording.pk, "xx"])).status_code == 404
    client.force_login(experts[1])
    address = reverse("edit_captions", args=[recording.pk, "zh-Hans"])
    assert client.get(address).status_code == 404
    assert client.post(address, {"text": VTT.decode()}).status_code == 404
    assert not CaptionTrack.objects.exists()


def test_chapters_are_checked_against_the_recording(editor, recording):
    address = reverse("wagtailmedia:edit", args=[recording.pk])
    fields = {"title": "立规矩", "collection": recording.collection_id, "tags": ""}
    answer = editor.post(address, {**fields, "chapters": "00:00 开场\n00:10 后面"})
    error = "Line 2: it begins after the end of the recording."
    assert answer.context["form"].errors == {"chapters": [error]}
    editor.post(address, {**fields, "chapters": "00:00 开场\n00:02 后面", "credits": "林教授"})
    changed = Recording.objects.get()
    assert [(c.begin, c.title) for c in changed.chapter_list] == [(0, "开场"), (2, "后面")]
    assert changed.credits == "林教授"


def test_recording_that_a_page_uses_is_not_deleted(editor, course, recording):
    lesson = course.add_child(
        instance=LessonPage(title="一", slug="one", format="video", recording=recording)
    )
    address = reverse("wagtailmedia:delete", args=[recording.pk])
    answer = editor.post(address)
    assert answer["Location"] == reverse("wagtailmedia:media_usage", args=[recording.pk])
    assert Recording.objects.filter(pk=recording.pk).exists()
    lesson.delete()
    editor.post(address)
    assert not Recording.objects.exists()


def test_recording_of_somebody_else_is_not_deleted(client, experts, recording):
    client.force_login(experts[1])
    assert client.post(reverse("wagtailmedia:delete", args=[recording.pk])).status_code == 404
    assert Recording.objects.exists()
