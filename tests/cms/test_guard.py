"""What people have learned from, or are found by, is not deleted: through whichever door."""

import pytest
from django.urls import reverse

from cms.models import AgeStage, Circumstance, Topic
from learners.study import enrolment

MODELS = [(AgeStage, "age"), (Circumstance, "circumstance"), (Topic, "topic")]


@pytest.fixture
def learned(course, article_lesson, chen_jing):
    """A course that somebody is enrolled in."""
    enrolment.enrol(chen_jing, course)
    return course


def said(response):
    return [str(message) for message in response.context["messages"]]


def doors(page):
    return {
        "explorer": f"/admin/pages/{page.pk}/delete/",
        "bulk": f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}",
    }


@pytest.mark.parametrize("door", ["explorer", "bulk"])
@pytest.mark.parametrize("above", [False, True])
def test_page_with_learners_is_kept_with_a_count(admin_client, learned, door, above):
    page = learned.get_parent() if above else learned
    response = admin_client.post(doors(page)[door], follow=True)
    assert said(response) == [f"“{page.title}”已有 1 条学习记录，不能删除。请改为取消发布。"]
    assert type(learned).objects.filter(pk=learned.pk).exists()


def test_page_with_learners_is_kept_by_the_admin_api(admin_client, learned):
    response = admin_client.post(f"/admin/api/main/pages/{learned.pk}/action/delete/")
    assert response.status_code == 409
    assert response.json() == {
        "message": f"“{learned.title}”已有 1 条学习记录，不能删除。请改为取消发布。"
    }
    assert type(learned).objects.filter(pk=learned.pk).exists()


def test_page_without_learners_is_deleted_by_the_admin_api(admin_client, course):
    response = admin_client.post(f"/admin/api/main/pages/{course.pk}/action/delete/")
    assert response.status_code == 204
    assert not type(course).objects.filter(pk=course.pk).exists()


@pytest.mark.parametrize(("model", "name"), MODELS)
@pytest.mark.parametrize("bulk", [False, True])
def test_term_that_resources_carry_is_kept_with_a_count(admin_client, add, model, name, bulk):
    article = add("article", "one", **{name: "used"})
    term = model.objects.get(code="used")
    app = f"cms/{model._meta.model_name}"
    one = reverse(model.snippet_viewset.get_url_name("delete"), args=[term.pk])
    response = admin_client.post(
        f"/admin/bulk/{app}/delete/?id={term.pk}" if bulk else one, follow=True
    )
    assert said(response) == ["“used”标在 1 个内容上，不能删除。请先从这些内容上去掉它。"]
    assert [
        t.code for t in getattr(article, f"{name}_stages" if name == "age" else f"{name}s").all()
    ]


def test_term_that_nothing_carries_is_deleted(admin_client, home):
    topic = Topic.objects.create(code="unused", name="没人用")
    admin_client.post(reverse(Topic.snippet_viewset.get_url_name("delete"), args=[topic.pk]))
    assert not Topic.objects.filter(code="unused").exists()
