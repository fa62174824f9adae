"""Files and pages of another ground do not come in by a form that was filled in by hand."""

import json

import pytest

from cms.models import ShortVideoIndexPage
from courses.models import CoursePage, LessonPage
from media.models import Picture, Recording
from tests.courses.conftest import document_of, draft_course, draft_lesson, recording
from tests.courses.test_admin import form, lesson
from tests.courses.test_ground import THEIRS, picture_of

pytestmark = pytest.mark.django_db
WORDS = ["这里有不在您素材库中的内容，请从自己的素材库中选择。"]


@pytest.fixture(autouse=True)
def chinese(lin):
    lin.language = "zh-hans"
    lin.save()


@pytest.fixture
def theirs(other):
    """One of everything that 别的专家 has and nobody has published."""
    return {
        "recording": titled(recording(other)),
        "picture": picture_of(other, THEIRS),
        "document": document_of(other),
        "page": draft_course(other, title=THEIRS, slug="secret"),
    }


def titled(made):
    Recording.objects.filter(pk=made.pk).update(title=THEIRS)
    return made


def block_of(kind, file):
    """As the editor's form sends it."""
    return {
        "picture": ("image", {"image-image": file.pk, "image-alt_text": "手", "caption": ""}),
        "recording": ("video", {"recording": file.pk, "caption": ""}),
        "document": ("download", {"document": file.pk, "title": "讲义"}),
        "page": ("resource_link", {"page": file.pk, "note": ""}),
        "link": ("paragraph", rich_text(f'{{"id": {file.pk}}}')),
    }[kind]


def rich_text(page):
    """A link to a page inside a text, as Draftail writes it."""
    return json.dumps(
        {
            "blocks": [
                {
                    "key": "a",
                    "text": "看",
                    "type": "unstyled",
                    "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": [{"offset": 0, "length": 1, "key": 0}],
                }
            ],
            "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": json.loads(page)}},
        }
    )


def errors(client, cooking, **fields):
    address = f"/admin/pages/add/courses/lessonpage/{cooking.pk}/"
    sent = lesson(**{"format": "article", "body": [("heading", "洗菜")], **fields})
    answer = client.post(address, {**sent, "action-publish": ""})
    if answer.status_code == 302:
        return {}
    assert THEIRS not in answer.content.decode()
    return answer.context["form"].errors


@pytest.mark.parametrize("kind", ["picture", "recording", "document", "page", "link"])
def test_block_of_another_ground_is_refused_on_its_field(as_lin, cooking, theirs, kind):
    block = block_of(kind, theirs["page" if kind == "link" else kind])
    assert errors(as_lin, cooking, body=[block]) == {"body": WORDS}
    assert LessonPage.objects.count() == 3


@pytest.mark.parametrize("kind", ["picture", "recording", "document", "page", "link"])
def test_block_of_ones_own_is_taken(as_lin, lin, cooking, kind):
    made = {
        "picture": lambda: picture_of(lin, "自己的"),
        "recording": lambda: recording(lin),
        "document": lambda: document_of(lin),
    }.get(kind, lambda: cooking)()
    assert errors(as_lin, cooking, body=[block_of(kind, made)]) == {}
    assert LessonPage.objects.filter(slug="new").count() == 1


def test_recording_and_cover_of_another_ground_are_refused(as_lin, cooking, theirs):
    fields = {"format": "video", "recording": theirs["recording"].pk, "body": []}
    assert errors(as_lin, cooking, **fields) == {"recording": WORDS}
    assert errors(as_lin, cooking, cover=theirs["picture"].pk) == {"cover": WORDS}
    assert LessonPage.objects.count() == 3


@pytest.mark.parametrize("kind", ["courses/lessonpage", "cms/shortvideopage"])
def test_form_lists_nobodys_recordings(as_lin, lin, cooking, theirs, kind):
    """They are chosen in the library's own chooser, which asks whose they are."""
    above = cooking if kind.startswith("courses") else ShortVideoIndexPage.objects.get()
    page = as_lin.get(f"/admin/pages/add/{kind}/{above.pk}/").content.decode()
    assert (THEIRS in page, "约定屏幕时间" in page) == (False, False)
    assert 'id="id_recording-chooser"' in page


def test_page_that_everybody_may_open_is_linked(as_lin, cooking, theirs):
    CoursePage.objects.filter(slug="secret").update(live=True)
    assert errors(as_lin, cooking, body=[block_of("page", theirs["page"])]) == {}


def test_what_an_editor_put_there_stays_when_the_expert_saves(as_lin, editor, cooking):
    schools = picture_of(editor, "学校的")
    page = draft_lesson(cooking, "four", format="article", body=[("heading", "字")])
    LessonPage.objects.filter(pk=page.pk).update(cover=schools)
    draft = page.get_latest_revision_as_object()
    draft.cover = schools
    draft.save_revision(user=editor)
    sent = lesson(format="article", body=[("heading", "改")], cover=schools.pk)
    sent = {**sent, "slug": "four", "action-publish": ""}
    assert as_lin.post(f"/admin/pages/{page.pk}/edit/", sent).status_code == 302
    saved = LessonPage.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert (saved.cover_id, saved.body[0].value) == (schools.pk, "改")


def test_editor_takes_from_every_library(as_editor, cooking, theirs):
    body = [block_of(kind, theirs[kind]) for kind in ("picture", "recording", "document", "page")]
    assert errors(as_editor, cooking, body=body) == {}


def test_course_takes_nothing_foreign_either(as_lin, cooking, theirs):
    sent = {**form("做饭", body=[block_of("picture", theirs["picture"])]), "action-publish": ""}
    answer = as_lin.post(f"/admin/pages/{cooking.pk}/edit/", {**sent, "slug": "cook"})
    assert answer.context["form"].errors == {"body": WORDS}


def test_preview_shows_nothing_foreign(as_lin, cooking, theirs):
    page = LessonPage.objects.get(slug="two")
    sent = lesson(format="article", body=[block_of("picture", theirs["picture"])])
    address = f"/admin/pages/{page.pk}/edit/preview/"
    answer = as_lin.post(address, {**sent, "action-publish": ""})
    assert answer.json()["is_valid"] is False


@pytest.mark.parametrize("ids", ["id={}", "id={}&id={mine}", "id=x"])
@pytest.mark.parametrize("kind", ["images", "documents"])
def test_several_chosen_at_once_are_ones_own(as_lin, lin, theirs, kind, ids):
    mine = picture_of(lin, "自己的") if kind == "images" else document_of(lin)
    foreign = theirs["picture" if kind == "images" else "document"]
    address = f"/admin/{kind}/chooser/chosen-multiple/?"
    assert as_lin.get(address + ids.format(foreign.pk, mine=mine.pk)).status_code == 404


def test_several_of_ones_own_are_chosen_at_once(as_lin, lin):
    mine = [document_of(lin), document_of(lin)]
    ids = "&".join(f"id={one.pk}" for one in mine)
    answer = as_lin.get(f"/admin/documents/chooser/chosen-multiple/?{ids}").json()
    assert sorted(one["id"] for one in answer["result"]) == [str(one.pk) for one in mine]


def test_nothing_was_made_on_the_way(as_lin, cooking, theirs):
    errors(as_lin, cooking, body=[block_of("picture", theirs["picture"])])
    assert (Picture.objects.count(), Recording.objects.count()) == (1, 4)
