import pytest

from cms.models import AgeStage, ArticleIndexPage, ArticlePage
from courses.models import LessonPage

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
