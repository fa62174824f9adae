import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, GroupApprovalTask, Page, WorkflowPage
from wagtail.permissions import page_permission_policy, policy_registry
from wagtail.test.utils.form_data import nested_form_data, streamfield

from cms.models import ArticleIndexPage, ArticlePage, HomePage
from courses.models import CourseIndexPage, CoursePage
from learners.accounts.models import User
from learners.accounts.roles import CITY_ADMINISTRATORS, EDITORS, EXPERTS, MODELS, ensure_roles
from media.models import Picture, Recording

PASSWORD = "a-good-long-password"


@pytest.fixture
def roles(home):
    ensure_roles()


def member(role, username, name):
    user = User.objects.create_user(username, password=PASSWORD, name=name)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture
def professor_lin(roles):
    return member(EXPERTS, "lin", "林教授")


@pytest.fixture
def editor(roles):
    return member(EDITORS, "bianji", "编辑")


@pytest.fixture
def city_administrator(roles):
    return member(CITY_ADMINISTRATORS, "shi", "市管理员")


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def allowed(user, page):
    actions = ["add", "change", "publish", "lock", "unlock", "bulk_delete"]
    return [
        action
        for action in actions
        if page_permission_policy.user_has_permission_for_instance(user, action, page)
    ]


def test_ensure_roles_leaves_no_other_group_to_choose(roles):
    assert sorted(Group.objects.values_list("name", flat=True)) == sorted(MODELS)


def test_ensure_roles_twice_changes_nothing(roles):
    def state():
        return [
            (
                group.name,
                sorted(group.permissions.values_list("codename", flat=True)),
                sorted(group.page_permissions.values_list("page__slug", "permission__codename")),
                sorted(group.collection_permissions.values_list("permission__codename")),
            )
            for group in Group.objects.order_by("name")
        ], list(WorkflowPage.objects.values_list("page__slug", "workflow__name"))

    before = state()
    ensure_roles()
    assert state() == before


def test_pages_that_experts_may_write(professor_lin):
    may = {page.slug: allowed(professor_lin, page) for page in Page.objects.filter(depth__gt=1)}
    assert may == {
        "home": [],
        "courses": ["add"],
        "videos": ["add"],
        "stories": ["add"],
        "articles": ["add"],
    }


def test_pages_that_editors_may_change(editor):
    may = {page.slug: allowed(editor, page) for page in Page.objects.all()}
    everything = ["add", "change", "publish", "lock", "unlock"]
    below = dict.fromkeys(["home", "courses", "videos", "stories", "articles"], everything)
    assert may == {"root": [], **below}


def test_pages_that_city_administrators_may_see_but_not_change(city_administrator):
    may = {page.slug: allowed(city_administrator, page) for page in Page.objects.all()}
    everywhere = ["home", "courses", "videos", "stories", "articles"]
    assert may == {"root": [], **{slug: ["lock"] for slug in everywhere}}


@pytest.mark.parametrize(
    ("role", "pictures", "recordings", "people"),
    [
        (EXPERTS, ["add", "choose"], ["add"], []),
        (EDITORS, ["add", "change", "choose"], ["add", "change"], []),
        (CITY_ADMINISTRATORS, ["choose"], [], ["add", "change"]),
    ],
)
def test_library_and_people_by_role(roles, role, pictures, recordings, people):
    user = member(role, "somebody", "某人")
    collection = Collection.get_first_root_node()

    def may(item, actions=("add", "change", "choose", "delete")):
        policy = policy_registry.get_by_type(type(item))
        return [
            action
            for action in actions
            if (
                policy.user_has_permission(user, action)
                if action in ("add", "choose")
                else policy.user_has_permission_for_instance(user, action, item)
            )
        ]

    somebody_elses = {"uploaded_by_user": User(pk=0), "collection": collection}
    assert may(Picture(**somebody_elses), ("add", "change", "choose")) == pictures
    assert may(Recording(**somebody_elses), ("add", "change")) == recordings
    assert may(User(password="set")) == people


def draft_of(client, **data):
    """An expert's new article, through Wagtail's own form."""
    index = ArticleIndexPage.objects.get()
    form = {
        "title": "写作业前的五分钟",
        "slug": "five-minutes",
        "summary": "放学后先放下手机，喝水、收拾书包。",
        "minutes": "4",
        **nested_form_data({"body": streamfield([("heading", "先收心")])}),
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        **data,
    }
    return client.post(f"/admin/pages/add/cms/articlepage/{index.pk}/", form)


def test_expert_writes_submits_and_cannot_publish(professor_lin, editor):
    client = signed_in(professor_lin)
    draft_of(client, **{"action-publish": "1"})
    page = ArticlePage.objects.get()
    assert (page.live, page.owner) == (False, professor_lin)

    draft_of(client, slug="another", **{"action-submit": "1"})
    page = ArticlePage.objects.get(slug="another")
    assert page.current_workflow_task.name == "编辑审核"
    tasks = [state.revision.content_object for state in reviewed_by(editor)]
    assert (tasks, list(reviewed_by(professor_lin))) == ([page], [])

    task_state = page.current_workflow_task_state
    approve = reverse(
        "wagtailadmin_pages:workflow_action", args=(page.pk, "approve", task_state.pk)
    )
    response = client.post(approve)
    page.refresh_from_db()
    assert (page.live, response["Location"]) == (False, "/admin/")

    signed_in(editor).post(approve)
    page.refresh_from_db()
    assert page.live


def reviewed_by(user):
    return GroupApprovalTask.objects.get(name="编辑审核").get_task_states_user_can_moderate(user)


def test_expert_cannot_edit_the_page_of_another(professor_lin, editor):
    index = CourseIndexPage.objects.get()
    course = index.add_child(instance=CoursePage(title="别人的课", slug="other", owner=editor))
    response = signed_in(professor_lin).get(f"/admin/pages/{course.pk}/edit/")
    assert (response.status_code, "别人的课" in response.content.decode()) == (404, False)


@pytest.mark.parametrize("address", ["/admin/users/", "/admin/snippets/cms/topic/"])
def test_expert_manages_neither_people_nor_taxonomy(professor_lin, address):
    response = signed_in(professor_lin).get(address)
    assert (response.status_code, response["Location"]) == (302, "/admin/")


def test_editor_manages_taxonomy_and_redirects_but_not_people(editor):
    client = signed_in(editor)
    pages = ["/admin/snippets/cms/topic/", "/admin/redirects/", "/admin/users/"]
    assert [client.get(page).status_code for page in pages] == [200, 200, 302]


def test_city_administrator_manages_people_and_reads_the_rest(city_administrator):
    client = signed_in(city_administrator)
    home = HomePage.objects.get()
    pages = ["/admin/users/", f"/admin/pages/{home.pk}/", "/admin/snippets/cms/topic/"]
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    assert client.get(f"/admin/pages/{home.pk}/edit/").status_code == 302
    assert client.get("/admin/snippets/cms/topic/add/").status_code == 302


def test_admin_home_opens_for_every_role(professor_lin, editor, city_administrator):
    people = (professor_lin, editor, city_administrator)
    assert [signed_in(user).get("/admin/").status_code for user in people] == [200] * 3


def test_parent_at_the_admin_is_told_so_without_a_loop(chen_jing, home):
    client = signed_in(chen_jing)
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain == [("/account/staff/?next=/admin/", 302)]
    assert response.status_code == 403


def test_stranger_at_the_admin_signs_in(client, home):
    response = client.get("/admin/users/", follow=True)
    assert response.redirect_chain == [("/account/staff/?next=/admin/users/", 302)]
    assert response.status_code == 200


def test_wagtails_own_sign_in_leads_here(client, home):
    response = client.get("/admin/login/?next=/admin/users/", follow=True)
    assert response.redirect_chain == [("/account/staff/?next=/admin/users/", 302)]
    assert client.get("/admin/password_reset/").status_code == 404
