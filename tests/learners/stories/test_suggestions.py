"""An editor changes no word of a family's: what they would change goes to it, and it decides."""

import pytest

from cms.models import StoryPage
from learners.stories import editing, withdrawal
from learners.stories.models import Story
from learners.stories.personal import export
from learners.stories.states import NotThatWay, State
from tests.learners.stories.conftest import TEXT, publish_data, sent_by

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, editor):
    client.force_login(editor)
    return client


def at_desk(story, part=""):
    return f"/admin/family-stories/{story.pk}/{part}"


def suggested(desk, story, **changes):
    """Given back with the words as they stand in the form, but for the changes."""
    form = {"words": "去掉学校的名字好吗？", "title": story.title, "text": story.text, **changes}
    answer = desk.post(at_desk(story, "give-back/"), form)
    story.refresh_from_db()
    return answer


def test_title_is_published_as_the_family_sent_it(desk, waiting):
    desk.post(at_desk(waiting, "publish/"), publish_data(waiting, title="编辑的题目"))
    assert StoryPage.objects.get().title == "外婆的账本"


def test_words_of_a_photo_are_the_familys_where_it_wrote_some(desk, chen_jing, waiting):
    photo = waiting.photos.get()
    photo.description = "外婆的手"
    photo.save()
    data = publish_data(waiting, **{f"photo-{photo.pk}": "编辑写的"})
    desk.post(at_desk(waiting, "publish/"), data)
    assert StoryPage.objects.get().cover.description == "外婆的手"


def test_suggestion_is_shown_taken_and_sent_anew(desk, client, chen_jing, waiting):
    assert suggested(desk, waiting, text=TEXT + "\n\n再见。").status_code == 302
    assert (waiting.state, waiting.suggestion) == (State.RETURNED, {"text": TEXT + "\n\n再见。"})
    client.force_login(chen_jing)
    page = client.get(f"/learn/stories/{waiting.pk}/").content.decode()
    assert page.count("<ins>") >= 1
    assert "再见。" in page
    answer = client.post(f"/learn/stories/{waiting.pk}/suggestion/")
    assert answer["Location"] == f"/learn/stories/{waiting.pk}/send/"
    waiting.refresh_from_db()
    assert (waiting.text, waiting.suggestion) == (TEXT + "\n\n再见。", {})
    assert (waiting.state, waiting.title) == (State.RETURNED, "外婆的账本")


def test_suggestion_that_is_left_goes_when_the_story_is_sent(desk, client, chen_jing, waiting):
    suggested(desk, waiting, title="账本")
    client.force_login(chen_jing)
    boxes = {"people": "on", "children": "on", "public": "on", "findings": "on"}
    client.post(f"/learn/stories/{waiting.pk}/send/", boxes)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.title, waiting.suggestion) == (
        State.WAITING,
        "外婆的账本",
        {},
    )


def test_nothing_changed_is_no_suggestion(desk, waiting):
    suggested(desk, waiting, text=waiting.text.replace("\n", "\r\n"))
    assert waiting.suggestion == {}


@pytest.mark.parametrize(
    ("name", "words"), [("title", "长" * 41), ("text", "长" * 8001), ("words", " ")]
)
def test_suggestion_that_does_not_fit_is_refused_on_its_field(desk, waiting, name, words):
    page = suggested(desk, waiting, **{name: words})
    assert list(page.context["give_back_form"].errors) == [name]
    assert waiting.state == State.WAITING


def test_suggestion_is_never_markup(desk, client, chen_jing, waiting):
    suggested(desk, waiting, text="<script>alert(1)</script>")
    client.force_login(chen_jing)
    page = client.get(f"/learn/stories/{waiting.pk}/").content.decode()
    assert ("<script>alert" in page, "&lt;script&gt;alert(1)" in page) == (False, True)


def test_nobody_else_takes_it_and_not_at_another_time(desk, client, li_wei, waiting):
    with pytest.raises(NotThatWay):
        editing.take_suggestion(waiting)
    suggested(desk, waiting, title="账本")
    client.force_login(li_wei)
    assert client.post(f"/learn/stories/{waiting.pk}/suggestion/").status_code == 404
    assert Story.objects.get().title == "外婆的账本"


def test_withdrawal_takes_the_suggestion_and_the_download_has_it(desk, chen_jing, waiting):
    suggested(desk, waiting, title="账本")
    assert export(chen_jing)["stories"][0]["suggestion"] == {"title": "账本"}
    withdrawal.withdraw(waiting)
    assert Story.objects.get().suggestion == {}


def test_refusal_suggests_nothing(desk, chen_jing):
    story = sent_by(chen_jing)
    desk.post(at_desk(story, "refuse/"), {"words": "不合适。", "title": "账本"})
    story.refresh_from_db()
    assert (story.state, story.suggestion) == (State.REFUSED, {})
