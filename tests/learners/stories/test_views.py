"""A parent's own pages: who may, what is saved, what is sent."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction

from learners.accounts.models import User
from learners.accounts.roles import EXPERTS
from learners.stories import editing, incoming, photos, sending
from learners.stories.models import Photo, Step, Story
from learners.stories.states import Move
from tests.learners.stories.conftest import (
    CONSENT,
    PEN_NAME,
    TEXT,
    content_of,
    jpeg,
    sent_by,
    story_of,
    upload,
)

WORDS = {"title": "外婆的账本", "pen_name": PEN_NAME, "text": TEXT}
JSON = {"Accept": "application/json"}


def address(story, part=""):
    return f"/learn/stories/{story.pk}/{part}"


def test_new_story_is_saved_once_however_often_it_is_sent(mother, chen_jing):
    to = mother.get("/learn/stories/new/")["Location"]
    for _again in range(2):
        response = mother.post(to, WORDS)
        assert response["Location"] == to.replace("write", "pictures")
    story = Story.objects.get()
    assert (story.author, story.state, story.text) == (chen_jing, "draft", TEXT)


def test_half_a_story_is_kept_and_nothing_at_all_is_not(mother):
    to = f"/learn/stories/{uuid4()}/write/"
    assert mother.post(to, {"text": " "}).status_code == 200
    assert Story.objects.count() == 0
    mother.post(to, {"text": "外婆有一个旧账本。"})
    story = Story.objects.get()
    assert (story.text, story.is_whole) == ("外婆有一个旧账本。", False)
    assert mother.post(address(story, "send/"), CONSENT).status_code == 200
    story.refresh_from_db()
    assert (story.state, Step.objects.count()) == ("draft", 0)


def test_eleventh_draft_is_refused_in_words(mother, chen_jing):
    for _number in range(editing.MOST_OPEN):
        story_of(chen_jing)
    response = mother.post(f"/learn/stories/{uuid4()}/write/", WORDS)
    assert (response.status_code, bool(response.context["form"].non_field_errors())) == (200, True)
    assert Story.objects.count() == editing.MOST_OPEN


def test_story_is_sent_with_its_consent(mother, draft):
    assert mother.get(address(draft, "send/")).status_code == 200
    assert mother.post(address(draft, "send/"), CONSENT)["Location"] == address(draft)
    draft.refresh_from_db()
    step = draft.steps.get()
    assert (draft.state, step.move, step.consent) == ("waiting", "send", sending.CONSENT_VERSION)
    assert draft.sent_at is not None


@pytest.mark.parametrize("missing", CONSENT)
def test_story_is_not_sent_without_every_consent(mother, draft, missing):
    given = {name: value for name, value in CONSENT.items() if name != missing}
    response = mother.post(address(draft, "send/"), given)
    assert list(response.context["form"].errors) == [missing]
    draft.refresh_from_db()
    assert (draft.state, Step.objects.count()) == ("draft", 0)


def test_places_that_tell_too_much_are_confirmed_or_changed(mother, chen_jing):
    story = story_of(chen_jing, text="我叫陈小雨，电话13800138001。")
    page = mother.get(address(story, "send/")).content.decode()
    assert ("<b>我叫陈小雨</b>" in page, "<b>13800138001</b>" in page) == (True, True)
    response = mother.post(address(story, "send/"), CONSENT)
    assert list(response.context["form"].errors) == ["findings"]
    mother.post(address(story, "send/"), {**CONSENT, "findings": "on"})
    story.refresh_from_db()
    assert story.state == "waiting"


def test_fourth_story_of_a_day_waits_until_tomorrow(mother, chen_jing, draft):
    for _number in range(sending.MOST_A_DAY):
        sent_by(chen_jing)
    response = mother.post(address(draft, "send/"), CONSENT)
    assert bool(response.context["form"].non_field_errors()) is True
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_sent_story_is_changed_only_after_taking_it_back(mother, waiting):
    for part in ("write/", "pictures/", "send/", "photos/"):
        post = mother.post if part == "photos/" else mother.get
        assert post(address(waiting, part))["Location"] == address(waiting)
    mother.post(address(waiting, "write/"), {**WORDS, "text": "变了"})
    waiting.refresh_from_db()
    assert waiting.text == TEXT
    mother.post(address(waiting, "take-back/"))
    mother.post(address(waiting, "write/"), {**WORDS, "text": "变了"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.text) == ("draft", "变了")


def test_unsent_draft_is_deleted_with_its_files(mother, draft, django_capture_on_commit_callbacks):
    photo = photos.add(draft, ContentFile(jpeg(), name="a.jpg"))
    with django_capture_on_commit_callbacks(execute=True):
        mother.post(address(draft, "discard/"))
    assert (Story.objects.count(), photo.file.storage.exists(photo.file.name)) == (0, False)


def test_draft_that_was_sent_before_is_not_deleted_without_a_trace(mother, waiting):
    sending.take_back(waiting)
    mother.post(address(waiting, "discard/"))
    assert Story.objects.count() == 1


def test_photos_arrive_with_and_without_a_script(mother, draft):
    sent = {"photos": [upload(jpeg()), upload(jpeg())]}
    assert mother.post(address(draft, "photos/"), sent)["Location"].endswith("/pictures/#photos")
    answer = mother.post(address(draft, "photos/"), {"photos": upload(jpeg())}, headers=JSON)
    assert (answer.status_code, answer.json(), Photo.objects.count()) == (201, {"kept": True}, 3)
    bad = mother.post(address(draft, "photos/"), {"photos": upload(b"GIF89a")}, headers=JSON)
    assert (bad.status_code, bad.json()["error"]["code"]) == (422, "refused")
    names = [photo.file.name for photo in Photo.objects.all()]
    assert [name for name in names if "secret" in name] == []


def test_photo_is_described_and_removed(mother, draft):
    photo = photos.add(draft, ContentFile(jpeg(), name="a.jpg"))
    mother.post(address(draft, f"photos/{photo.pk}/words/"), {"description": "旧账本"})
    photo.refresh_from_db()
    assert photo.description == "旧账本"
    mother.post(address(draft, f"photos/{photo.pk}/words/"), {"description": "长" * 121})
    photo.refresh_from_db()
    assert photo.description == "旧账本"
    mother.post(address(draft, f"photos/{photo.pk}/remove/"))
    assert Photo.objects.count() == 0


def test_film_arrives_plays_in_parts_and_is_removed(mother, draft, film_bytes):
    assert mother.get(address(draft, "film/")).status_code == 404
    mother.post(address(draft, "film/add/"), {"film": upload(film_bytes, "v.mp4", "video/mp4")})
    part = mother.get(address(draft, "film/"), headers={"Range": "bytes=0-9"})
    assert (part.status_code, len(part.getvalue())) == (206, 10)
    assert part["Cache-Control"] == "private, no-store"
    beyond = mother.get(address(draft, "film/"), headers={"Range": "bytes=99999999-"})
    assert beyond.status_code == 416
    mother.post(address(draft, "film/remove/"))
    assert mother.get(address(draft, "film/")).status_code == 404


def test_too_much_is_refused_before_it_is_read(mother, draft, monkeypatch):
    monkeypatch.setattr(incoming, "MOST_BYTES", 100)
    answer = mother.post(address(draft, "photos/"), {"photos": upload(jpeg())})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_much")


def test_upload_needs_the_token_of_the_page(draft, chen_jing, client):
    strict = type(client)(enforce_csrf_checks=True)
    strict.force_login(chen_jing)
    answer = strict.post(address(draft, "photos/"), {"photos": upload(jpeg())})
    assert (answer.status_code, Photo.objects.count()) == (403, 0)


def test_sixty_first_file_of_an_hour_is_refused(mother, draft, settings):
    limits = {**settings.ACCOUNT_RATE_LIMITS, "story_upload": "1/h/key"}
    settings.ACCOUNT_RATE_LIMITS = limits
    mother.post(address(draft, "photos/"), {"photos": upload(jpeg())})
    answer = mother.post(address(draft, "photos/"), {"photos": upload(jpeg())}, headers=JSON)
    assert (answer.status_code, Photo.objects.count()) == (422, 1)


def test_private_photo_has_no_address_of_its_own(mother, client, draft):
    photo = photos.add(draft, ContentFile(jpeg(), name="a.jpg"))
    own = mother.get(address(draft, f"photos/{photo.pk}/"))
    assert own.getvalue() == content_of(photo.file.name)
    assert own["Cache-Control"] == "private, no-store"
    assert mother.get(f"/media/{photo.file.name}").status_code == 404


def test_behind_nginx_the_photo_is_handed_on_by_its_inside_name(mother, draft, settings):
    settings.MEDIA_ACCEL_PREFIX = "/protected/"
    photo = photos.add(draft, ContentFile(jpeg(), name="a.jpg"))
    answer = mother.get(address(draft, f"photos/{photo.pk}/"))
    assert answer["X-Accel-Redirect"] == f"/protected/{photo.file.name}"
    assert answer["Cache-Control"] == "private, no-store"


PAGES = ["", "write/", "pictures/", "send/", "withdraw/", "film/", "photos/{photo}/"]
POSTS = ["write/", "send/", "take-back/", "discard/", "withdraw/", "photos/", "film/add/"]
POSTS += ["photos/{photo}/words/", "photos/{photo}/remove/", "film/remove/"]


@pytest.fixture
def stranger(client, li_wei, school):
    """Another parent who is an expert, too."""
    li_wei.groups.add(Group.objects.get(name=EXPERTS))
    client.force_login(li_wei)
    return client


@pytest.mark.parametrize("state", ["draft", "waiting"])
def test_another_person_finds_nothing_and_changes_nothing(stranger, chen_jing, state, film_bytes):
    story = story_of(chen_jing)
    photo = photos.add(story, ContentFile(jpeg(), name="a.jpg"))
    if state == "waiting":
        sending.send(story)
    parts = [part.format(photo=photo.pk) for part in PAGES]
    assert {stranger.get(address(story, part)).status_code for part in parts} == {404}
    data = {**WORDS, **CONSENT, "sure": "on", "description": "x"}
    for part in POSTS:
        files = {"photos": upload(jpeg()), "film": upload(film_bytes, "v.mp4", "video/mp4")}
        answer = stranger.post(address(story, part.format(photo=photo.pk)), {**data, **files})
        assert (part, answer.status_code) == (part, 404)
    story.refresh_from_db()
    assert (story.state, story.author, story.photos.count()) == (state, chen_jing, 1)
    assert list(stranger.get("/learn/stories/").context["stories"]) == []


def test_anonymous_is_asked_to_sign_in(client, draft):
    for part in ("", "write/", "film/"):
        to = client.get(address(draft, part))["Location"]
        assert to == f"/account/sign-in/?next={address(draft, part)}"
    to = client.post(address(draft, "photos/"), {"photos": upload(jpeg())})["Location"]
    assert to.startswith("/account/sign-in/")


@pytest.mark.parametrize("count", [1, 14])
def test_list_costs_the_same_statements(mother, chen_jing, count, django_assert_num_queries):
    Story.objects.bulk_create(Story(author=chen_jing, title=f"第{n}个") for n in range(count))
    with django_assert_num_queries(4):
        page = mother.get("/learn/stories/")
    assert len(page.context["stories"]) == min(count, 12)
    assert len(mother.get("/learn/stories/", {"page": 2}).context["stories"]) == (
        2 if count == 14 else 1
    )


@pytest.mark.parametrize("count", [1, 9])
def test_story_costs_the_same_statements(mother, draft, count, django_assert_num_queries):
    for _number in range(count):
        photos.add(draft, ContentFile(jpeg((8, 8)), name="a.jpg"))
    for part, statements in (("", 6), ("pictures/", 5), ("send/", 6)):
        with django_assert_num_queries(statements):
            assert mother.get(address(draft, part)).status_code == 200


def test_answer_is_told_under_mine_until_the_story_is_opened(mother, waiting, editor):
    sending.answer(waiting, editor, Move.GIVE_BACK, "请去掉学校名。")
    to = f'href="{address(waiting)}"'
    assert to in mother.get("/learn/").content.decode()
    assert "请去掉学校名。" in mother.get(address(waiting)).content.decode()
    assert to not in mother.get("/learn/").content.decode()


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "lost"},
        {"state": "published"},
        {"state": "waiting", "title": "", "pen_name": "x", "text": "x"},
        {"state": "withdrawn", "text": "还在"},
    ],
)
def test_database_refuses_what_must_not_be(chen_jing, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Story.objects.create(author=chen_jing, **facts)


@pytest.mark.parametrize("facts", [{"move": "send"}, {"move": "refuse"}, {"move": "give_back"}])
def test_database_refuses_steps_without_their_words(draft, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.create(story=draft, **facts)


def test_database_refuses_a_tenth_place(draft):
    with pytest.raises(IntegrityError), transaction.atomic():
        Photo.objects.create(story=draft, position=10, file="x", width=1, height=1)


def test_staff_role_gives_nobody_a_way_in(stranger, waiting):
    assert User.objects.get(name="李伟").groups.count() == 1
    assert stranger.get(f"/admin/family-stories/{waiting.pk}/").status_code in (302, 403)
