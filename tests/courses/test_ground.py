"""An expert sees their own courses and library, and nothing of anybody else's."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image
from wagtail.permissions import policy_registry

from courses.models import CourseIndexPage, LessonPage
from media.models import Picture, Recording
from tests.courses.conftest import document_of, draft_course, draft_lesson, recording

pytestmark = pytest.mark.django_db
THEIRS = "别人的秘密课程"


@pytest.fixture
def foreign(other):
    course = draft_course(other, title=THEIRS, slug="secret")
    draft_lesson(course, "hidden", body=[("heading", THEIRS)])
    return course


def picture_of(owner, title):
    drawn = BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    file = ContentFile(drawn.getvalue(), "p.png")
    return Picture.objects.create(title=title, file=file, width=8, height=8, uploaded_by_user=owner)


@pytest.fixture
def picture(other):
    return picture_of(other, THEIRS)


def test_expert_finds_only_their_own_in_lists_and_searches(as_lin, cooking, foreign):
    index = CourseIndexPage.objects.get()
    for address in (
        f"/admin/pages/{index.pk}/",
        "/admin/pages/search/?q=课程",
        f"/admin/pages/{index.pk}/?q=秘密",
        f"/admin/choose-page/{index.pk}/",
        "/admin/choose-page/search/?q=秘密",
        f"/admin/api/main/pages/?child_of={index.pk}",
        "/admin/api/main/pages/?search=秘密",
        "/admin/",
        "/admin/desk/",
        "/admin/reports/site-history/",
        "/admin/reports/workflow/",
        "/admin/reports/workflow_tasks/",
        "/admin/reports/aging-pages/",
        "/admin/lessons/",
    ):
        answer = as_lin.get(address)
        assert (address, answer.status_code, THEIRS in answer.content.decode()) == (
            address,
            200,
            False,
        )
    own = as_lin.get(f"/admin/pages/{index.pk}/").content.decode()
    assert cooking.title in own


def test_editor_finds_everything(as_editor, cooking, foreign):
    page = as_editor.get(f"/admin/pages/{CourseIndexPage.objects.get().pk}/").content.decode()
    assert (cooking.title in page, THEIRS in page) == (True, True)


@pytest.mark.parametrize(
    "address",
    [
        "/admin/pages/{course}/",
        "/admin/pages/{course}/edit/",
        "/admin/pages/{course}/view_draft/",
        "/admin/pages/{course}/history/",
        "/admin/pages/{course}/usage/",
        "/admin/pages/{course}/copy/",
        "/admin/pages/{course}/delete/",
        "/admin/pages/{course}/add_subpage/",
        "/admin/pages/add/courses/lessonpage/{course}/",
        "/admin/pages/{lesson}/edit/",
        "/admin/pages/{lesson}/edit/preview/",
        "/admin/pages/{lesson}/move/",
        "/admin/choose-page/{course}/",
        "/admin/api/main/pages/{course}/",
        "/admin/desk/{course}/",
        "/admin/desk/{course}/compare/",
        "/admin/desk/{course}/preview/{lesson}/",
        "/admin/lessons/{lesson}/",
        "/admin/reports/page-types-usage/",
        "/admin/media/edit/{recording}/",
        "/admin/media/usage/{recording}/",
        "/admin/recordings/{recording}/captions/zh-Hans/",
        "/admin/images/{picture}/",
        "/admin/images/usage/{picture}/",
        "/admin/images/chooser/chosen/{picture}/",
        "/admin/api/main/images/{picture}/",
        "/admin/snippets/choose/media/captiontrack/",
        "/admin/snippets/choose/media/captiontrack/results/",
        "/admin/snippets/choose/media/captiontrack/chosen/{caption}/",
        "/admin/tag-autocomplete/?term=%E7%A6%BB",
    ],
)
def test_address_on_another_ground_leads_nowhere(as_lin, foreign, picture, address):
    lesson = LessonPage.objects.get()
    named = address.format(
        course=foreign.pk,
        lesson=lesson.pk,
        recording=lesson.recording_id,
        picture=picture.pk,
        caption=lesson.recording.captions.get().pk,
    )
    assert as_lin.get(named).status_code == 404


@pytest.mark.parametrize("kind", ["images", "documents"])
def test_api_of_the_admin_lists_ones_own_files(as_lin, lin, other, editor, client, kind):
    make = picture_of if kind == "images" else document_of
    mine, theirs = make(lin, "自己的"), make(other, THEIRS)
    listed = as_lin.get(f"/admin/api/main/{kind}/?fields=_,id").json()["items"]
    assert [one["id"] for one in listed] == [mine.pk]
    assert as_lin.get(f"/admin/api/main/{kind}/{theirs.pk}/").status_code == 404
    client.force_login(editor)
    listed = client.get(f"/admin/api/main/{kind}/?fields=_,id").json()["items"]
    assert [one["id"] for one in listed] == [mine.pk, theirs.pk]


def test_tags_are_for_those_who_keep_the_whole_library(as_lin, editor, client):
    """Everybody with files is offered them, so they would tell what those of others are about."""
    form = reverse("wagtailmedia:add", args=["video"])
    assert 'name="tags"' not in as_lin.get(form).content.decode()
    client.force_login(editor)
    assert 'name="tags"' in client.get(form).content.decode()


def test_tags_of_pictures_are_not_taken_from_experts(as_lin, lin):
    mine = picture_of(lin, "自己的")
    sent = {"title": "新题目", "tags": "离婚", "collection": mine.collection_id}
    as_lin.post(f"/admin/images/{mine.pk}/", {**sent, "description": ""})
    mine.refresh_from_db()
    assert (mine.title, mine.tags.count()) == ("新题目", 0)


@pytest.mark.parametrize("action", ["order", "move", "minutes", "links", "back", "decide", ""])
def test_nobody_acts_on_the_desk_of_another(as_lin, foreign, action):
    address = f"/admin/desk/{foreign.pk}/{action}/" if action else f"/admin/desk/{foreign.pk}/"
    sent = {"order": "1", "lesson": "1", "by": "1", "action": "approve"}
    assert as_lin.post(address, sent).status_code == 404


def shown(client, address):
    """A page of the admin, or of its choosers, which come as JSON."""
    answer = client.get(address)
    assert (address, answer.status_code) == (address, 200)
    is_json = answer.headers["Content-Type"].startswith("application/json")
    return answer.json()["html"] if is_json else answer.content.decode()


@pytest.fixture
def files(lin, other, picture):
    """One of each kind of 别的专家, and a picture of 林教授."""
    Recording.objects.filter(pk=recording(other).pk).update(title=THEIRS)
    document_of(other, THEIRS)
    picture_of(lin, "自己的封面")


LIBRARIES = [
    "/admin/media/",
    "/admin/media/chooser/",
    "/admin/documents/",
    "/admin/documents/chooser/",
]


def choosable(user):
    """Pictures, without drawing them."""
    policy = policy_registry.get_by_type(Picture)
    found = policy.instances_user_has_any_permission_for(user, ["choose"])
    return sorted(picture.title for picture in found)


def test_expert_finds_only_their_own_files(as_lin, lin, files):
    found = {address: THEIRS in shown(as_lin, address) for address in LIBRARIES}
    assert found == dict.fromkeys(LIBRARIES, False)
    assert choosable(lin) == ["自己的封面"]


def test_editor_finds_all_files(as_editor, editor, files):
    found = {address: THEIRS in shown(as_editor, address) for address in LIBRARIES}
    assert found == dict.fromkeys(LIBRARIES, True)
    assert choosable(editor) == [THEIRS, "自己的封面"]


def test_lesson_that_an_editor_added_is_on_the_experts_ground(as_lin, cooking, editor):
    lesson = draft_lesson(cooking, "added", format="article")
    LessonPage.objects.filter(pk=lesson.pk).update(owner=editor)
    listing = as_lin.get(f"/admin/pages/{cooking.pk}/").content.decode()
    assert lesson.title in listing
