import pytest
from defusedxml import ElementTree

from cms.models import ArticleIndexPage, ArticlePage
from cms.page_cache import generation


def add_article(title, slug, **fields):
    page = ArticlePage(title=title, slug=slug, summary=f"{title}的摘要", body=[], **fields)
    ArticleIndexPage.objects.get().add_child(instance=page)
    if fields.get("live", True):
        page.save_revision().publish()
    return page


def titles(response):
    return [
        item.findtext("title") for item in ElementTree.fromstring(response.content).iter("item")
    ]


def test_feed_of_a_kind_has_published_resources_newest_first(client, home, course):
    add_article("写作业前", "before")
    add_article("睡前十分钟", "sleep")
    add_article("还没写完", "draft", live=False)
    response = client.get("/feeds/articles/")
    assert titles(response) == ["睡前十分钟", "写作业前"]
    assert response["Cache-Control"] == "public, max-age=600"
    assert "Cookie" not in response.get("Vary", "")


def test_feed_of_everything_leaves_lessons_to_their_course(client, course, article_lesson):
    course.save_revision().publish()
    article_lesson.save_revision().publish()
    add_article("写作业前", "before")
    assert titles(client.get("/feeds/")) == ["写作业前", "手机与孩子：立规矩，不伤感情"]


@pytest.mark.parametrize("mark", ["\x0b", "\x0c", "\x1f", "\uffff"])
def test_feed_survives_what_word_processors_paste(client, home, mark):
    add_article(f"写作业{mark}前", "before")
    response = client.get("/feeds/articles/")
    assert titles(response) == ["写作业 前"]


def test_feed_says_markup_as_text(client, home):
    add_article("]]></title><script>alert(1)</script>", "before")
    response = client.get("/feeds/articles/")
    assert titles(response) == ["]]></title><script>alert(1)</script>"]


@pytest.mark.parametrize("kind", ["nothing", "school"])
def test_feed_of_an_unknown_kind_is_not_found(client, home, kind):
    assert client.get(f"/feeds/{kind}/").status_code == 404


@pytest.mark.parametrize("articles", [1, 3])
def test_feed_takes_the_same_queries_for_any_number(
    client, home, articles, django_assert_num_queries
):
    for number in range(articles):
        add_article(f"第 {number} 篇", f"a{number}")
    client.get("/feeds/articles/?p=1")
    generation.bump()
    with django_assert_num_queries(6):
        client.get("/feeds/articles/")
