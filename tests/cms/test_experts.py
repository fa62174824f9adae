"""The page of an expert and the account behind it."""

import re

import pytest

from cms.models import ExpertIndexPage, ExpertPage
from tests.conftest import person


@pytest.fixture
def expert_page(home):
    index = home.add_child(instance=ExpertIndexPage(title="专家", slug="experts"))
    return index.add_child(instance=ExpertPage(title="林教授", slug="lin", headline="心理学"))


@pytest.mark.parametrize("parents", [1, 3])
def test_account_of_an_expert_is_chosen_among_staff_only(
    client, django_user_model, expert_page, parents
):
    for n in range(parents):
        person(f"家长{n}", f"+8613800138{n:03}")
    editor = django_user_model.objects.create_superuser("root", password="x", name="总管")
    lin = django_user_model.objects.create_user("lin", password="x", name="林如海")
    client.force_login(editor)
    page = client.get(f"/admin/pages/{expert_page.pk}/edit/").content.decode()
    choices = re.search(r'<select name="user".*?</select>', page, flags=re.DOTALL)[0]
    assert re.findall(r'value="(\d+)"[^>]*>\s*([^<]*?)\s*<', choices) == [
        (str(editor.pk), "总管"),
        (str(lin.pk), "林如海"),
    ]
