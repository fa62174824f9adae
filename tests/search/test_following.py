"""The index follows publishing; what may not be seen is gone at once."""

import pytest
from django.core.management import call_command
from wagtail.models import PageViewRestriction

from cms.models import ArticleIndexPage, Circumstance, StoryIndexPage
from search import indexing
from search.models import Change, Document, Word


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


def test_changes_of_one_transaction_are_one_task(shelf, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        shelf("一")
        shelf("二")
    assert sum(callback.__name__ == "enqueue" for callback in callbacks) == 1
