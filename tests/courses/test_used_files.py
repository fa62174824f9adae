"""What a page shows, or a draft will show, is deleted through no door of the admin."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.blocks import ListBlock
from wagtail.documents import get_document_model
from wagtail.fields import StreamField
from wagtail.models import Revision, get_page_models

from cms.models import ArticleIndexPage, ArticlePage
from courses import release
from courses.models import CoursePage, LessonPage
from media import usage
from media.models import CaptionTrack, Picture, Recording
from tests.courses.conftest import document_of, draft_lesson, recording
from tests.courses.test_ground import picture_of

QUERIES = 16
pytestmark = pytest.mark.django_db


def drafted(lesson, user, **fields):
    """A newer version of a lesson that nobody sees yet."""
    draft = lesson.get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    return draft.save_revision(user=user)


def delete(client, made):
    return client.post(reverse("wagtailmedia:delete", args=[made.pk]), follow=True)


def is_there(made):
    return Recording.objects.filter(pk=made.pk).exists()


@pytest.fixture
def lesson(cooking, lin, editor):
    release.publish(cooking, editor, release.Plan())
    return LessonPage.objects.get(slug="two")


def test_captions_are_no_use_that_keeps_a_recording(as_lin, lin):
    made = recording(lin)
    answer = delete(as_lin, made)
    assert answer.redirect_chain[-1][0] == reverse("wagtailmedia:index")
    assert (is_there(made), CaptionTrack.objects.count()) == (False, 0)


@pytest.mark.parametrize("where", ["field", "body"])
def test_recording_of_a_draft_is_kept_with_the_place(as_lin, lin, lesson, where):
    made = recording(lin)
    body = [("video", {"recording": made, "caption": ""})]
    drafted(lesson, lin, **({"recording": made} if where == "field" else {"body": body}))
    answer = delete(as_lin, made)
    assert answer.redirect_chain[-1][0] == reverse("wagtailmedia:media_usage", args=[made.pk])
    page = answer.content.decode()
    assert f'<a href="/admin/pages/{lesson.pk}/edit/">第 two 课</a>' in page
    assert "正在页面上使用，请先从页面里取下。" in page
    assert is_there(made)


def test_recording_that_an_earlier_draft_had_is_free_again(as_lin, lin, lesson):
    made, before = recording(lin), lesson.recording
    drafted(lesson, lin, recording=made)
    drafted(LessonPage.objects.get(pk=lesson.pk), lin, recording=before)
    delete(as_lin, made)
    assert not is_there(made)


def test_other_number_that_begins_alike_is_not_meant(lin, lesson):
    made = recording(lin)
    longer = Recording.objects.get(pk=made.pk)
    longer.pk = made.pk * 10
    longer.save()
    drafted(lesson, lin, body=[("video", {"recording": longer, "caption": ""})])
    assert (usage.is_used(made), usage.is_used(longer)) == (False, True)


def test_recording_that_waits_for_its_day_is_kept_though_a_newer_draft_has_another(
    lin, editor, lesson
):
    made, before = recording(lin), lesson.recording
    drafted(lesson, lin, recording=made)
    tomorrow = timezone.now() + timedelta(days=1)
    release.publish(CoursePage.objects.get(), editor, release.Plan(goes_live_at=tomorrow))
    drafted(LessonPage.objects.get(pk=lesson.pk), lin, recording=before)
    assert usage.is_used(made) is True
    release.call_off(CoursePage.objects.get(), editor)
    assert usage.is_used(made) is False


def test_draft_of_another_ground_is_not_named(as_lin, lin, other, editor, lesson):
    made = recording(lin)
    drafted(lesson, editor, recording=made)
    for model in (CoursePage, LessonPage):
        model.objects.update(owner=other)
    page = as_lin.get(reverse("wagtailmedia:media_usage", args=[made.pk])).content.decode()
    assert lesson.title not in page
    assert is_there(made)


@pytest.mark.parametrize("drafts", [1, 3])
def test_asking_costs_the_same_for_one_and_for_three(
    as_lin, lin, cooking, drafts, django_assert_num_queries
):
    made = recording(lin)
    for number in range(drafts):
        draft_lesson(cooking, f"d{number}", recording=made)
    LessonPage.objects.filter(recording=made).update(recording=None)
    DBTaskResult.objects.all().delete()
    address = reverse("wagtailmedia:media_usage", args=[made.pk])
    as_lin.get(address)
    with django_assert_num_queries(QUERIES):
        page = as_lin.get(address).content.decode()
    assert page.count('/edit/">第 d') == drafts


def block_with(made):
    if isinstance(made, Picture):
        made.contextual_alt_text, made.decorative = "一双手", False
        return ("image", {"image": made, "caption": ""})
    return ("download", {"document": made, "title": "讲义"})


@pytest.mark.parametrize("where", ["body", "cover"])
@pytest.mark.parametrize("kind", ["picture", "document"])
def test_picture_and_document_of_a_draft_are_kept_with_the_place(as_lin, lin, lesson, kind, where):
    made = picture_of(lin, "切菜") if kind == "picture" else document_of(lin)
    if where == "cover" and kind == "picture":
        fields = {"cover": made}
    else:
        fields = {"body": [block_with(made)]}
    drafted(lesson, lin, **fields)
    door = "/admin/images/{}/delete/" if kind == "picture" else "/admin/documents/delete/{}/"
    answer = as_lin.post(door.format(made.pk), follow=True)
    assert answer.redirect_chain[-1][0] == made.usage_url
    page = answer.content.decode()
    assert f'<a href="/admin/pages/{lesson.pk}/edit/">第 two 课</a>' in page
    assert "正在页面上使用，请先从页面里取下。" in page
    drafted(LessonPage.objects.get(pk=lesson.pk), lin, cover=None, body=[])
    as_lin.post(door.format(made.pk))
    assert not type(made).objects.filter(pk=made.pk).exists()


def test_where_used_of_others_leads_nowhere(as_lin, other):
    for made in (picture_of(other, "别人的"), document_of(other)):
        assert as_lin.get(made.usage_url).status_code == 404


def test_article_that_waits_for_its_day_keeps_its_picture_though_a_newer_draft_has_none(
    lin, editor, home
):
    made = picture_of(lin, "切菜")
    article = ArticleIndexPage.objects.get().add_child(
        instance=ArticlePage(title="切菜", slug="cut", live=False, body=[("heading", "切")])
    )
    article.cover, article.go_live_at = made, timezone.now() + timedelta(days=1)
    article.save_revision(user=editor).publish(user=editor)
    scheduled = Revision.objects.get(approved_go_live_at__isnull=False)
    article.cover, article.go_live_at = None, None
    article.save_revision(user=editor)
    assert list(usage.drafts_with(made)) == [scheduled]
    Revision.objects.update(approved_go_live_at=None)
    assert list(usage.drafts_with(made)) == []


def test_every_field_and_block_that_holds_a_file_has_a_name_that_is_looked_for():
    for model, keys in usage.KEYS.items():
        kept = apps.get_model(model)
        found = {
            field.name
            for page in get_page_models()
            for field in page._meta.get_fields()
            if isinstance(field, ForeignKey) and field.related_model is kept
        }
        for page in get_page_models():
            for field in page._meta.fields:
                if isinstance(field, StreamField):
                    found |= names_of_choosers(field.stream_block, kept)
                    assert field.name == "body" or not names_of_choosers(field.stream_block, kept)
        assert found == set(keys)


def names_of_choosers(block, kept, name=""):
    """Of all blocks inside that choose such a file."""
    if kept in (getattr(block, "model_class", None), getattr(block, "target_model", None)):
        return {name}
    inner = dict(getattr(block, "child_blocks", {}))
    if isinstance(block, ListBlock):
        inner[name] = block.child_block
    return set().union(*(names_of_choosers(child, kept, key) for key, child in inner.items()))


DOORS = [
    ("picture", "/admin/images/{}/delete/"),
    ("picture", "/admin/images/multiple/{}/delete/"),
    ("picture", "/admin/bulk/media/picture/delete/?id={}"),
    ("document", "/admin/documents/delete/{}/"),
    ("document", "/admin/documents/multiple/{}/delete/"),
    ("document", "/admin/bulk/wagtaildocs/document/delete/?id={}"),
]


@pytest.mark.parametrize(("kind", "door"), DOORS)
def test_picture_and_document_on_a_page_are_kept(as_lin, lin, cooking, kind, door):
    made = picture_of(lin, "切菜") if kind == "picture" else document_of(lin)
    image = {"image": made, "caption": ""}
    if kind == "picture":
        made.contextual_alt_text, made.decorative = "一双手", False
    block = (
        ("image", image) if kind == "picture" else ("download", {"document": made, "title": "讲义"})
    )
    lesson = draft_lesson(cooking, "four", format="article", body=[block])
    sent = {"headers": {"x-requested-with": "XMLHttpRequest"}} if "multiple" in door else {}
    answer = as_lin.post(door.format(made.pk), **sent)
    assert answer["Location"] == made.usage_url
    assert type(made).objects.filter(pk=made.pk).exists()
    lesson.delete()
    as_lin.post(door.format(made.pk), **sent)
    assert not type(made).objects.filter(pk=made.pk).exists()


def test_files_of_others_are_deleted_through_no_door(as_lin, other):
    made = {"picture": picture_of(other, "别人的"), "document": document_of(other)}
    for kind, door in DOORS:
        as_lin.post(door.format(made[kind].pk))
    assert Picture.objects.count() == get_document_model().objects.count() == 1


@pytest.mark.parametrize("model", ["recording", "captiontrack"])
def test_recordings_have_no_deletion_in_bulk(as_lin, lin, model):
    made = recording(lin)
    answer = as_lin.post(f"/admin/bulk/media/{model}/delete/?id={made.pk}")
    assert answer.status_code in (302, 404)
    assert is_there(made)
