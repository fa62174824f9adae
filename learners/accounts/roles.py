"""Who may do what in the Wagtail admin: experts write, editors publish, the city manages people.

Permissions are only ever added: what a city grants or assigns beyond these stays.
"""

from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from cms.models import ArticleIndexPage, HomePage, ShortVideoIndexPage, StoryIndexPage
from courses.models import CourseIndexPage

EXPERTS = "专家"
EDITORS = "编辑"
CITY_ADMINISTRATORS = "市级管理员"
REVIEW = "编辑审核"
WAGTAILS_OWN = ("Moderators", "Editors")

WRITTEN_BY_EXPERTS = (CourseIndexPage, ShortVideoIndexPage, StoryIndexPage, ArticleIndexPage)
LIBRARY = {
    EXPERTS: (
        "wagtailimages.add_image wagtailimages.choose_image wagtailmedia.add_media"
        " wagtaildocs.add_document wagtaildocs.choose_document"
    ),
    EDITORS: (
        "wagtailimages.add_image wagtailimages.change_image wagtailimages.choose_image"
        " wagtailmedia.add_media wagtailmedia.change_media"
        " wagtaildocs.add_document wagtaildocs.change_document wagtaildocs.choose_document"
    ),
    CITY_ADMINISTRATORS: "wagtailimages.choose_image wagtaildocs.choose_document",
}
MODELS = {
    EXPERTS: "wagtailadmin.access_admin",
    EDITORS: "wagtailadmin.access_admin "
    + " ".join(
        f"{app}.{verb}_{model}"
        for app, model in (
            ("cms", "agestage"),
            ("cms", "circumstance"),
            ("cms", "topic"),
            ("wagtailredirects", "redirect"),
            ("search", "synonym"),
            ("wagtailsearchpromotions", "searchpromotion"),
        )
        for verb in ("add", "change", "delete", "view")
    )
    + " search.view_asked",
    # Nobody is deleted: an account is switched off, or closed by its owner.
    CITY_ADMINISTRATORS: (
        "wagtailadmin.access_admin accounts.add_user accounts.change_user accounts.view_user"
        " cms.view_agestage cms.view_circumstance cms.view_topic"
    ),
}


@transaction.atomic
def ensure_roles() -> None:
    """Makes the three groups, what they may do and the review by editors; repeatable.

    Needs the home page and its indexes.
    """
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in MODELS}
    for name, group in groups.items():
        group.permissions.add(*_permissions(MODELS[name]))
        _allow_in_library(group, _permissions(LIBRARY[name]))
    home = HomePage.objects.get()
    for model in WRITTEN_BY_EXPERTS:
        _allow_below(model.objects.get(), groups[EXPERTS], ["add"])
    _allow_below(home, groups[EDITORS], ["add", "change", "publish", "lock", "unlock"])
    # Wagtail knows no right to look: the least that opens the page tree is to lock a page.
    _allow_below(home, groups[CITY_ADMINISTRATORS], ["lock"])
    _review_by(groups[EDITORS], home)
    # Wagtail's own two would stand beside ours, named alike, wherever a group is chosen.
    Group.objects.filter(name__in=WAGTAILS_OWN, user=None).delete()


def _permissions(names: str) -> list[Permission]:
    """Raises DoesNotExist for a name that no model has: a typing mistake must not pass."""
    found = []
    for name in names.split():
        app, codename = name.split(".")
        found.append(Permission.objects.get(content_type__app_label=app, codename=codename))
    return found


def _allow_in_library(group: Group, permissions: Iterable[Permission]) -> None:
    root = Collection.get_first_root_node()
    for permission in permissions:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )


def _allow_below(page: Page, group: Group, actions: Iterable[str]) -> None:
    for action in actions:
        (permission,) = _permissions(f"wagtailcore.{action}_page")
        GroupPagePermission.objects.get_or_create(
            group=group, page_id=page.pk, permission=permission
        )


def _review_by(group: Group, home: Page) -> None:
    """What an expert submits anywhere waits for one approval, unless the home page has a flow."""
    task, created = GroupApprovalTask.objects.get_or_create(name=REVIEW)
    if created:
        task.groups.add(group)
    workflow, _created = Workflow.objects.get_or_create(name=REVIEW)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    WorkflowPage.objects.get_or_create(page_id=home.pk, defaults={"workflow": workflow})
