from io import BytesIO

import pytest
from django.core.files.images import ImageFile
from django.core.management import call_command
from PIL import Image

from cms.models import AgeStage, ArticleIndexPage, ArticlePage, ExpertPage
from courses.models import LessonPage
from media.models import Picture

SECRET = "更愿意遵守自己写的规则"


@pytest.fixture
def lesson(course):
    lesson = course.add_child(
        instance=LessonPage(
            title="约定屏幕时间",
            slug="agree",
            format="article",
            body=[("paragraph", "<p>一起写。</p>")],
            quiz=[("true_false", {"text": "对吗？", "answer": True, "explanation": SECRET})],
        )
    )
    lesson.save_revision().publish()
    return lesson


@pytest.fixture
def make_picture(db):
    def made(title):
        drawn = BytesIO()
        Image.new("RGB", (90, 60), "#123456").save(drawn, "PNG")
        return Picture.objects.create(title=title, file=ImageFile(drawn, name=f"{title}.png"))

    return made


def test_api_serves_a_lesson_without_its_quiz(client, lesson):
    data = client.get(f"/api/v2/pages/{lesson.pk}/").json()
    assert (data["title"], data["format"], data["required"]) == ("约定屏幕时间", "article", True)
    assert "quiz" not in data


def test_api_lists_resources_with_their_terms(client, home):
    stage, _created = AgeStage.objects.get_or_create(code="7-12", defaults={"name": "7—12岁"})
    article = ArticlePage(title="写作业前", slug="before", summary="五分钟收心", body=[])
    ArticleIndexPage.objects.get().add_child(instance=article)
    article.age_stages = [stage]
    article.save_revision().publish()
    draft = ArticlePage(title="还没写完", slug="draft", body=[], live=False)
    ArticleIndexPage.objects.get().add_child(instance=draft)
    data = client.get("/api/v2/pages/?type=cms.ArticlePage&fields=summary,age_stages").json()
    assert data["meta"]["total_count"] == 1
    (item,) = data["items"]
    assert (item["title"], item["summary"]) == ("写作业前", "五分钟收心")
    assert item["age_stages"] == [{"code": "7-12", "name": "7—12岁"}]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_api_is_read_only(admin_client, lesson, method):
    assert getattr(admin_client, method)(f"/api/v2/pages/{lesson.pk}/").status_code == 405


def test_quiz_answers_are_nowhere_in_public(client, lesson):
    for address in (
        "/courses/phone-rules/agree/",
        "/feeds/",
        "/sitemap.xml",
        "/api/v2/pages/?fields=*",
        f"/api/v2/pages/{lesson.pk}/",
    ):
        response = client.get(address)
        assert response.status_code == 200, address
        assert SECRET not in response.content.decode()


@pytest.mark.parametrize("kind", ["pages", "images"])
@pytest.mark.parametrize("number", ["9" * 20, "1" * 5000])
def test_api_refuses_an_offset_that_no_database_counts_to(client, home, kind, number):
    response = client.get(f"/api/v2/{kind}/?offset={number}")
    assert (response.status_code, response.json()) == (400, {"message": "offset is too large"})


def test_api_tells_of_experts_with_what_stands_on_their_page(client, expert):
    data = client.get(f"/api/v2/pages/{expert.pk}/").json()
    assert (data["title"], data["headline"], data["biography"]) == ("林教授", "心理学", "")
    assert data["portrait"] is None
    assert "user" not in data


def test_api_and_page_name_published_experts_only(client, add, expert):
    draft = expert.get_parent().add_child(
        instance=ExpertPage(title="还没公开的人", slug="draft", live=False)
    )
    article = add("article", "before")
    article.experts = [expert, draft]
    article.save_revision().publish()
    data = client.get(f"/api/v2/pages/{article.pk}/").json()
    (named,) = data["experts"]
    assert (named["id"], named["title"]) == (expert.pk, "林教授")
    assert named["meta"]["type"] == "cms.ExpertPage"
    assert named["meta"]["detail_url"].endswith(f"/api/v2/pages/{expert.pk}/")
    page = client.get(article.get_url()).content.decode()
    assert ("林教授" in page, "还没公开的人" in page) == (True, False)


def test_api_tells_of_pictures_that_published_pages_show(client, add, make_picture):
    shown, waiting, hidden = (make_picture(title) for title in ("shown", "waiting", "hidden"))
    add("article", "public", cover=shown)
    draft = add("article", "draft", cover=waiting)
    draft.unpublish()
    private = add("article", "private", cover=hidden)
    private.view_restrictions.create(restriction_type="password", password="x")
    make_picture("nowhere")
    call_command("rebuild_references_index", verbosity=0)
    data = client.get("/api/v2/images/").json()
    assert [item["title"] for item in data["items"]] == ["shown"]
    assert client.get(f"/api/v2/images/{shown.pk}/").status_code == 200
    assert client.get(f"/api/v2/images/{waiting.pk}/").status_code == 404
    assert client.get(f"/api/v2/images/{hidden.pk}/").status_code == 404


def test_api_finds_pictures_by_the_same_statements(
    client, add, make_picture, django_assert_num_queries
):
    for number in range(3):
        add("article", f"a{number}", cover=make_picture(f"p{number}"))
        call_command("rebuild_references_index", verbosity=0)
        with django_assert_num_queries(7):
            found = client.get("/api/v2/images/").json()
        assert found["meta"]["total_count"] == number + 1


@pytest.mark.parametrize("kind", ["pages", "images"])
@pytest.mark.parametrize("typed", ['"', "a\"b'c--", "*", "NEAR(", "\\", "%", "字" * 3000])
def test_api_search_of_anything_finds_nothing_rather_than_failing(client, home, kind, typed):
    response = client.get(f"/api/v2/{kind}/", {"search": typed})
    assert (response.status_code, response.json()["items"]) == (200, [])


def test_api_search_finds_chinese_words_inside_titles(client, add):
    add("article", "one", title="放学后怎么用手机，先说好")
    add("article", "two", title="睡前十分钟")
    for typed in ("手机", "手机 放学"):
        data = client.get("/api/v2/pages/", {"search": typed}).json()
        assert [item["meta"]["slug"] for item in data["items"]] == ["one"]
