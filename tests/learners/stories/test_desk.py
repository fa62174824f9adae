"""The editors' desk, from the queue to the public page and away again."""

import json
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import ModelLogEntry, Page, PageLogEntry, Revision

from cms.models import StoryPage
from learners.accounts import closing, export
from learners.accounts.models import User
from learners.accounts.reading import READ
from learners.accounts.roles import CITY_ADMINISTRATORS, EXPERTS
from learners.stories import copies, films, photos, publishing, sending
from learners.stories.models import FOLDER, Film, Photo, Step, Story
from learners.stories.states import Move, NotThatWay
from media import checking
from media.models import Picture, Recording
from search import indexing
from search.models import Document
from tests.learners.stories.conftest import (
    PEN_NAME,
    content_of,
    jpeg,
    publish_data,
    sent_by,
    story_of,
)

# Wagtail leaves the file it scales a picture into to be closed by chance.
pytestmark = pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning")


def at_desk(story, part=""):
    return f"/admin/family-stories/{story.pk}/{part}"


@pytest.fixture
def desk(editor):
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def published(desk, chen_jing, film_bytes):
    """With two photos and a film."""
    story = story_of(chen_jing)
    for _number in range(2):
        photos.add(story, ContentFile(jpeg(), name="a.jpg"))
    films.add(story, ContentFile(film_bytes, name="v.mp4"))
    sending.send(story)
    answer = desk.post(at_desk(story, "publish/"), publish_data(story))
    assert answer["Location"] == "/admin/family-stories/"
    story.refresh_from_db()
    return story


def stored(*folders):
    return [name for folder in folders for name in checking.files_below(default_storage, folder)]


def traces_of(user, story):
    account = [str(user.public_id), user.public_id.hex, user.username, user.name, user.phone[3:]]
    return [*account, str(story.pk), story.pk.hex, "IMG_secret", "SecretCamera"]


def test_waiting_story_is_read_and_that_is_noted(desk, waiting, chen_jing, editor):
    assert list(desk.get("/admin/family-stories/").context["stories"]) == [waiting]
    page = desk.get(at_desk(waiting))
    assert (page.status_code, page["Cache-Control"]) == (
        200,
        "private, no-store, max-age=0, no-cache, must-revalidate",
    )
    assert [name for name in ("陈静", "8001") if name in page.content.decode()] == []
    noted = ModelLogEntry.objects.get(action=READ)
    people = ContentType.objects.get_for_model(User)
    assert (noted.object_id, noted.content_type) == (str(chen_jing.pk), people)
    assert (noted.user, noted.data) == (editor, {"where": "story_desk"})
    photo = waiting.photos.get()
    sent = desk.get(at_desk(waiting, f"photos/{photo.pk}/"))
    assert sent.getvalue() == content_of(photo.file.name)


def test_published_page_has_all_that_was_told_and_nothing_of_the_account(
    client, published, chen_jing, editor
):
    page = StoryPage.objects.get()
    assert (page.live, page.told_by, page.title) == (True, PEN_NAME, "外婆的账本")
    assert [block.block_type for block in page.body] == [
        *("paragraph", "image", "paragraph", "image"),
        "video",
    ]
    html = client.get(page.url).content.decode()
    assert (PEN_NAME in html, "是谁帮过我们" in html, "一本摊开的旧账本" in html) == (True,) * 3
    api = client.get(f"/api/v2/pages/{page.pk}/?fields=*").content.decode()
    history = json.dumps(
        [
            *Revision.objects.for_instance(page).values("content", "object_str"),
            *PageLogEntry.objects.filter(page=page.pk).values("data", "label"),
        ]
    )
    names = json.dumps(stored("pictures", "images", "recordings", "posters"))
    for trace in traces_of(chen_jing, published):
        assert [where for where in (html, api, history, names) if trace in where] == []
    assert {revision.user for revision in Revision.objects.for_instance(page)} == {editor}
    assert set(PageLogEntry.objects.filter(page=page.pk).values_list("user", flat=True)) == {
        editor.pk
    }
    assert (page.owner, Recording.objects.get().uploaded_by_user) == (editor, editor)
    assert {picture.uploaded_by_user for picture in Picture.objects.all()} == {editor}
    for picture in Picture.objects.all():
        assert [t for t in (b"SecretCamera", b"Exif") if t in content_of(picture.file.name)] == []
    assert b"+29.55" not in content_of(Recording.objects.get().file.name)
    assert sending.CONSENT_VERSION in Recording.objects.get().consent_note


def test_text_is_never_markup(desk, client, chen_jing):
    story = sent_by(chen_jing, text="<script>alert(1)</script>\n\n<b>粗</b>")
    desk.post(at_desk(story, "publish/"), publish_data(story))
    html = client.get(StoryPage.objects.get().url).content.decode()
    assert ("<script>alert" in html, "&lt;script&gt;alert(1)" in html) == (False, True)


def test_publishing_asks_for_age_topic_and_words_for_each_photo(desk, waiting):
    data = {**publish_data(waiting), "age_stages": [], "topics": []}
    photo = f"photo-{waiting.photos.get().pk}"
    page = desk.post(at_desk(waiting, "publish/"), {**data, photo: ""})
    assert list(page.context["publish_form"].errors) == ["age_stages", "topics", photo]
    assert (StoryPage.objects.count(), Picture.objects.count()) == (0, 0)


@pytest.mark.parametrize(("part", "state"), [("give-back/", "returned"), ("refuse/", "refused")])
def test_answer_needs_words_and_reaches_the_family(desk, waiting, mother, part, state):
    assert desk.post(at_desk(waiting, part), {"words": " "}).status_code == 200
    desk.post(at_desk(waiting, part), {"words": "请去掉学校的名字。"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.seen, waiting.answer) == (state, False, "请去掉学校的名字。")
    assert desk.get(at_desk(waiting)).status_code == 404
    known = desk.get("/admin/family-stories/", {"answered": "on"}).context["stories"]
    assert list(known) == ([waiting] if state == "refused" else [])


def test_draft_and_returned_story_are_the_familys_own(desk, draft):
    for part in ("", "film/"):
        assert desk.get(at_desk(draft, part)).status_code == 404
    assert desk.post(at_desk(draft, "publish/"), publish_data(draft)).status_code == 404


@pytest.mark.parametrize("role", [EXPERTS, CITY_ADMINISTRATORS])
def test_desk_is_closed_to_those_who_do_not_publish(waiting, editor, role):
    user = User.objects.create_user("other", password="a-good-long-password")
    user.groups.add(Group.objects.get(name=role))
    client = Client()
    client.force_login(user)
    photo = waiting.photos.get()
    for part in ("", "film/", f"photos/{photo.pk}/"):
        assert client.get(at_desk(waiting, part))["Location"] == "/admin/"
    for part in ("publish/", "give-back/", "refuse/"):
        data = {**publish_data(waiting), "words": "x"}
        assert client.post(at_desk(waiting, part), data)["Location"] == "/admin/"
    assert client.get("/admin/family-stories/")["Location"] == "/admin/"
    assert "family-stories" not in client.get("/admin/").content.decode()
    assert (Step.objects.count(), ModelLogEntry.objects.filter(action=READ).count()) == (1, 0)


def test_menu_tells_editors_how_many_wait(desk, waiting):
    assert "(1)" in desk.get("/admin/").content.decode()


def test_withdrawn_story_is_gone_everywhere(
    mother, client, published, django_capture_on_commit_callbacks
):
    indexing.carry_out()
    url = published.page.url
    page = published.page_id
    assert Document.objects.filter(page=page).count() == 1
    with django_capture_on_commit_callbacks(execute=True):
        mother.post(f"/learn/stories/{published.pk}/withdraw/", {})
        assert client.get(url).status_code == 200
        mother.post(f"/learn/stories/{published.pk}/withdraw/", {"sure": "on"})
    assert Client().get(url).status_code == 404
    assert Document.objects.filter(page=page).count() == 0
    assert (Page.objects.filter(pk=page).count(), Picture.objects.count()) == (0, 0)
    assert (Recording.objects.count(), Photo.objects.count(), Film.objects.count()) == (0, 0, 0)
    assert stored("pictures", "images", "recordings", "posters", FOLDER) == []
    assert Revision.objects.filter(object_id=str(page)).count() == 0
    published.refresh_from_db()
    told = (published.state, published.title, published.text, published.pen_name)
    assert told == ("withdrawn", "外婆的账本", "", "")
    assert [step.move for step in published.steps.all()] == ["send", "publish", "withdraw"]
    assert set(
        PageLogEntry.objects.filter(page=page, action="stories.withdrawn").values_list("user")
    ) == {(None,)}


def test_family_that_was_faster_is_not_overrun(waiting, editor):
    stale = Story.objects.get(pk=waiting.pk)
    sending.take_back(waiting)
    chosen = publishing.Chosen("x", "x", [], [], [], {str(waiting.photos.get().pk): "x"})
    with pytest.raises(NotThatWay):
        publishing.publish(stale, editor, chosen)
    waiting.refresh_from_db()
    assert (waiting.state, StoryPage.objects.count(), Picture.objects.count()) == ("draft", 0, 0)
    assert [step.move for step in waiting.steps.all()] == ["send", "take_back"]


def test_second_editor_takes_nothing_from_the_first(published, editor):
    copies.remove_unless_published(published)
    assert (Picture.objects.count(), Recording.objects.count()) == (2, 1)


def test_page_of_a_story_is_hidden_not_deleted(desk, published):
    page = published.page
    desk.post(f"/admin/pages/{page.pk}/delete/")
    assert StoryPage.objects.count() == 1
    page.unpublish()
    published.refresh_from_db()
    assert (published.state, published.is_public) == ("published", False)


def test_closing_the_account_takes_every_story_along(
    published, chen_jing, django_capture_on_commit_callbacks
):
    story_of(chen_jing)
    everything = export.everything_about(chen_jing)["stories"]
    assert [story["state"] for story in everything] == ["published", "draft"]
    assert [step["move"] for step in everything[0]["steps"]] == ["send", "publish"]
    with django_capture_on_commit_callbacks(execute=True):
        closing.close_account(chen_jing)
    assert (Story.objects.count(), StoryPage.objects.count(), Step.objects.count()) == (0, 0, 0)
    assert stored("pictures", "recordings", FOLDER) == []


def test_download_costs_the_same_statements(chen_jing, django_assert_num_queries):
    from learners.stories import personal

    for count in (1, 3):
        while Story.objects.count() < count:
            story = story_of(chen_jing)
            photos.add(story, ContentFile(jpeg((8, 8)), name="a.jpg"))
        with django_assert_num_queries(3):
            assert len(personal.export(chen_jing)["stories"]) == count


@pytest.mark.parametrize("count", [1, 3])
def test_queue_costs_the_same_statements(desk, chen_jing, count, django_assert_num_queries):
    for _number in range(count):
        sent_by(chen_jing)
    desk.get("/admin/family-stories/")
    with django_assert_num_queries(13):
        page = desk.get("/admin/family-stories/")
    assert len(page.context["stories"]) == count


def test_check_names_what_no_story_names(draft, monkeypatch):
    photos.add(draft, ContentFile(jpeg(), name="a.jpg"))
    out = StringIO()
    call_command("check_stories", stdout=out)
    assert out.getvalue().startswith("1 files")
    name = default_storage.save(f"{FOLDER}/left.jpg", ContentFile(b"x"))
    monkeypatch.setattr(checking, "is_old", lambda storage, name: True)
    with pytest.raises(CommandError):
        call_command("check_stories", stdout=out)
    call_command("check_stories", "--delete", stdout=StringIO())
    assert default_storage.exists(name) is False


def test_move_is_written_with_its_editor(waiting, editor):
    sending.answer(waiting, editor, Move.REFUSE, "与家风无关。")
    step = waiting.steps.last()
    assert (step.move, step.editor, step.words) == ("refuse", editor, "与家风无关。")
