"""The index follows publishing; what may not be seen is gone at once."""

from datetime import timedelta
from io import BytesIO
from unittest import mock

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from PIL import Image
from wagtail.models import PageViewRestriction

from cms.models import AgeStage, ArticleIndexPage, Circumstance, StoryIndexPage, Topic
from media.models import CaptionTrack, Picture
from search import changes, documents, indexing, vocabulary
from search.models import Change, Document, Word

SAID = "WEBVTT\n\n00:00.000 --> 00:02.000\n阳台上种番茄\n"


def freeze(moment):
    """The clock of Wagtail and Django stands there."""
    return mock.patch("django.utils.timezone.now", lambda: moment)


def titles():
    """Of the articles: the noise is a story."""
    return sorted(Document.objects.filter(kind="article").values_list("title", flat=True))


@pytest.fixture
def article(shelf, noise):
    page = shelf("阳台上的小番茄", "浇水", circumstance=["grandparents"])
    indexing.carry_out()
    return page


def test_published_page_is_noted_and_indexed(shelf):
    page = shelf("阳台上的小番茄")
    assert (titles(), Change.objects.filter(pk=page.pk).count()) == ([], 1)
    indexing.carry_out()
    assert (titles(), Change.objects.count()) == (["阳台上的小番茄"], 0)


def test_draft_is_not_indexed(shelf):
    shelf("草稿里的番茄", live=False)
    indexing.carry_out()
    assert titles() == []


def test_unpublished_page_is_gone_before_any_task(article, find):
    assert Word.objects.filter(text="番茄").count() == 1
    article.unpublish()
    assert (titles(), Word.objects.filter(text="番茄").count()) == ([], 0)
    assert find("番茄") == []


def test_restricted_page_is_gone_before_any_task_and_comes_back(article, find):
    restriction = PageViewRestriction.objects.create(
        page=ArticleIndexPage.objects.get(), restriction_type="login"
    )
    assert (titles(), indexing.carry_out(), titles()) == ([], 1, [])
    restriction.delete()
    assert find("番茄") == ["阳台上的小番茄"]


def test_deleted_page_leaves_nothing(engine, article, find):
    article.delete()
    assert (titles(), indexing.verify()) == ([], indexing.Differences(waiting=1))
    assert find("番茄") == []


def test_moved_page_has_its_new_address(article, home):
    shelf = home.add_child(instance=StoryIndexPage(title="另一架", slug="other"))
    article.move(shelf, pos="last-child")
    indexing.carry_out()
    assert Document.objects.get(pk=article.pk).url == "/other/article-1/"


def test_renamed_index_renames_addresses_below(article, django_capture_on_commit_callbacks):
    index = ArticleIndexPage.objects.get()
    index.slug = "reading"
    with django_capture_on_commit_callbacks(execute=True):
        index.save_revision().publish()
    indexing.carry_out()
    assert Document.objects.get(kind="article").url == "/reading/article-1/"


def test_renamed_term_is_found_by_its_new_name(article, find):
    term = Circumstance.objects.get(code="grandparents")
    term.name = "祖孙同堂"
    term.save()
    assert find("祖孙同堂") == ["阳台上的小番茄"]
    assert Document.objects.get(pk=article.pk).tags == [
        ["circumstance", "grandparents", "祖孙同堂"]
    ]


def test_deleted_terms_are_taken_off_their_pages(shelf):
    chosen = {"age": ["7-12"], "circumstance": ["grandparents"], "topic": ["sleep"]}
    page = shelf("阳台上的小番茄", **chosen)
    indexing.carry_out()
    for model in (AgeStage, Circumstance, Topic):
        model.objects.filter(resources=page).get().delete()
        assert indexing.verify() == indexing.Differences(outdated=[page.pk], waiting=1)
        indexing.carry_out()
        assert indexing.verify() == indexing.Differences()
    assert Document.objects.get(pk=page.pk).tags == []


def test_deleted_picture_is_taken_off_its_pages(shelf, noise):
    drawn = BytesIO()
    Image.new("RGB", (90, 60), "#123456").save(drawn, "PNG")
    cover = Picture.objects.create(title="番茄", file=ImageFile(drawn, name="tomato.png"))
    page = shelf("阳台上的小番茄", cover=cover)
    indexing.carry_out()
    cover.delete()
    assert indexing.carry_out() == 1
    assert (Document.objects.get(pk=page.pk).cover, indexing.verify().total()) == (None, 0)


def test_everyday_word_finds_without_indexing(article, find):
    Circumstance.objects.filter(code="grandparents").update(also=["阿太带"])
    assert find("阿太带") == ["阳台上的小番茄"]


def test_change_during_indexing_stays_noted(article, monkeypatch):
    Change.objects.create(page_id=article.pk)
    real = indexing.index

    def and_again(ids):
        real(ids)
        monkeypatch.setattr(indexing, "index", real)
        Change.objects.filter(pk=article.pk).update(stamp="another")
        raise InterruptedError

    monkeypatch.setattr(indexing, "index", and_again)
    with pytest.raises(InterruptedError):
        indexing.carry_out()
    assert Change.objects.get().stamp == "another"
    assert (indexing.carry_out(), Change.objects.count()) == (1, 0)


def test_rebuild_puts_everything_right(article, shelf, rebuilt):
    shelf("窗台上的小葱")
    Change.objects.all().delete()
    Document.objects.filter(pk=article.pk).update(title="旧", fingerprint="old")
    Word.objects.all().delete()
    found = indexing.verify()
    assert (len(found.missing), found.outdated, found.total()) == (1, [article.pk], 2)
    rebuilt()
    assert (titles(), indexing.verify().total()) == (["窗台上的小葱", "阳台上的小番茄"], 0)
    assert Word.objects.get(text="番茄").count == 1


def test_verify_says_the_difference(article, capsys):
    call_command("verify_search")
    Document.objects.all().delete()
    with pytest.raises(Exception, match="4 differences"):
        call_command("verify_search")
    assert "missing: 2" in capsys.readouterr().out


def test_scheduled_page_comes_and_goes_with_its_time(shelf, noise, find):
    page = shelf("会来的番茄", live=False)
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.expire_at = timezone.now() + timedelta(days=2)
    page.save_revision().publish()
    call_command("publish_scheduled")
    assert find("番茄") == []
    with freeze(timezone.now() + timedelta(days=1, hours=1)):
        call_command("publish_scheduled")
        assert find("番茄") == ["会来的番茄"]
    with freeze(timezone.now() + timedelta(days=2, hours=1)):
        call_command("publish_scheduled")
        assert (titles(), find("番茄")) == ([], [])


def test_captions_are_searched_as_they_are_now(lesson, find):
    track = CaptionTrack.objects.create(
        recording=lesson.recording, language="zh", file=ContentFile(SAID.encode(), name="a.vtt")
    )
    assert find("番茄") == [lesson.title]
    track.file.save("b.vtt", ContentFile(SAID.replace("番茄", "小葱").encode()))
    assert (find("番茄"), find("小葱")) == ([], [lesson.title])
    track.delete()
    assert find("小葱") == []


def test_course_made_private_takes_its_lessons_with_it(course, lesson, find):
    assert find(lesson.title) == [lesson.title, course.title]
    rule = PageViewRestriction.objects.create(page=course, restriction_type="login")
    assert find(lesson.title) == []
    rule.delete()
    assert find(lesson.title) == [lesson.title, course.title]


@pytest.fixture
def told(course, lesson):
    """What the course's document says of its lessons."""
    indexing.carry_out()

    def lessons():
        return Document.objects.get(pk=course.pk).lessons

    assert lessons() == lesson.title
    return lessons


def test_unpublished_lesson_is_gone_from_its_course_before_any_task(lesson, told):
    lesson.unpublish()
    assert told() == ""


def test_private_lesson_is_gone_from_its_course_before_any_task(lesson, told):
    PageViewRestriction.objects.create(page=lesson, restriction_type="login")
    assert told() == ""


def test_lesson_and_its_course_need_not_come_in_one_batch(lesson, told, monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 1)
    lesson.unpublish()
    assert told() == ""


def test_deleted_lesson_is_gone_from_its_course_before_any_task(lesson, told):
    lesson.delete()
    assert told() == ""


def test_course_deleted_with_its_lessons_leaves_nothing(course, told):
    course.save_revision().publish()
    course.delete()
    assert Document.objects.count() == 0
    indexing.carry_out()
    assert indexing.verify() == indexing.Differences()


def test_page_that_cannot_be_indexed_keeps_no_other_from_it(article, shelf, monkeypatch):
    broken, sound = shelf("坏的番茄"), shelf("好的番茄")
    real = documents.build

    def build(ids, captions):
        if broken.pk in list(ids):
            raise ValueError("broken")
        return real(ids, captions)

    with monkeypatch.context() as failing:
        failing.setattr(documents, "build", build)
        with pytest.raises(ValueError, match="broken"):
            indexing.carry_out()
    assert titles() == sorted([sound.title, article.title])
    assert list(Change.objects.values_list("pk", flat=True)) == [broken.pk]
    assert (indexing.carry_out(), titles()) == (
        1,
        sorted([broken.title, sound.title, article.title]),
    )


def test_what_a_lost_task_left_is_tried_again(shelf, noise):
    indexing.carry_out()
    before = DBTaskResult.objects.count()
    changes.enqueue_waiting()
    assert DBTaskResult.objects.count() == before
    shelf("等着的番茄")
    DBTaskResult.objects.all().delete()
    changes.enqueue_waiting()
    assert DBTaskResult.objects.filter(task_path="search.tasks.carry_out").count() == 1


def test_rebuild_keeps_what_is_written_meanwhile(article, shelf, monkeypatch):
    """Published, changed and unpublished while the first pages are made anew."""
    late = shelf("来晚的番茄")
    monkeypatch.setattr(indexing, "BATCH", 1)
    happened = []

    def say(done, total):
        if not happened:
            happened.append(shelf("正在来的番茄"))
            late.unpublish()
            indexing.carry_out()

    indexing.rebuild(say)
    assert (titles(), indexing.verify().total()) == (["正在来的番茄", article.title], 0)


def test_changes_of_one_transaction_are_one_task(shelf, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        shelf("一")
        shelf("二")
    assert sum(callback.__name__ == "enqueue" for callback in callbacks) == 1


@pytest.mark.django_db(transaction=True)
def test_no_transaction_waits_for_captions(lesson, monkeypatch):
    file = ContentFile(SAID.encode(), name="a.vtt")
    CaptionTrack.objects.create(recording=lesson.recording, language="zh", file=file)
    waiting, spoken = [], documents.spoken

    def noted(track):
        waiting.append(connection.in_atomic_block)
        return spoken(track)

    monkeypatch.setattr(documents, "spoken", noted)
    indexing.carry_out()
    indexing.rebuild()
    assert (indexing.verify().total(), waiting) == (0, [False] * 3)


def test_words_are_counted_again_when_somebody_writes_meanwhile(article, shelf, monkeypatch):
    shelf("窗台上的小番茄")
    real, times = vocabulary.counted, []

    def counted(found):
        times.append(1)
        counts = real(found)
        if len(times) == 1:
            indexing.carry_out()
        return counts

    monkeypatch.setattr(vocabulary, "counted", counted)
    indexing.recount()
    assert (len(times), Word.objects.get(text="番茄").count) == (2, 2)


def test_words_are_counted_alone_in_the_end(article, monkeypatch):
    """However often somebody writes while they are counted."""
    real, depths = vocabulary.counted, []

    def counted(found):
        depths.append(len(connection.savepoint_ids))
        vocabulary.renew()
        return real(found)

    Word.objects.all().delete()
    monkeypatch.setattr(vocabulary, "counted", counted)
    indexing.recount()
    tried, alone = depths[:-1], depths[-1]
    assert (tried, alone) == ([0] * indexing.MOST_RECOUNTS, 1)
    assert Word.objects.get(text="番茄").count == 1


def test_more_pages_than_a_batch_are_hidden_at_once(shelf, noise, monkeypatch):
    for title in ("番茄一", "番茄二", "番茄三"):
        shelf(title)
    indexing.carry_out()
    monkeypatch.setattr(indexing, "BATCH", 2)
    rule = PageViewRestriction(page=ArticleIndexPage.objects.get(), restriction_type="login")
    rule.save()
    assert (titles(), indexing.carry_out(), titles()) == ([], 3, [])


def test_others_may_write_between_batches(article, shelf, monkeypatch):
    turns = []
    monkeypatch.setattr(indexing, "let_others_write", lambda: turns.append(1))
    monkeypatch.setattr(indexing, "BATCH", 1)
    for title in ("番茄一", "番茄二", "番茄三"):
        shelf(title)
    assert (indexing.carry_out(), len(turns)) == (3, 2)
    assert (indexing.rebuild(), len(turns)) == (5, 2 + 5)


def test_only_sqlite_needs_the_pause(monkeypatch):
    slept = []
    monkeypatch.setattr(indexing.time, "sleep", slept.append)
    indexing.let_others_write()
    assert slept == ([indexing.PAUSE_SECONDS] if connection.vendor == "sqlite" else [])
