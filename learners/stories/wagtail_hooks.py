from copy import copy
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.log_actions import LogActionRegistry
from wagtail.permission_policies.pages import PagePermissionPolicy

from learners.stories import desk_views
from learners.stories.models import Story
from learners.stories.states import Move
from learners.stories.withdrawal import WITHDRAWN


@hooks.register("register_admin_urls")
def desk_addresses() -> list[URLPattern]:
    story = "family-stories/<uuid:pk>/"
    return [
        path("family-stories/", desk_views.desk, name="story_desk"),
        path(story, desk_views.read, name="story_desk_read"),
        path(f"{story}publish/", desk_views.publish_story, name="story_desk_publish"),
        *(
            path(f"{story}{address}/", desk_views.answer, {"move": move}, name=f"story_desk_{move}")
            for address, move in (("give-back", Move.GIVE_BACK), ("refuse", Move.REFUSE))
        ),
        path(f"{story}photos/<uuid:photo>/", desk_views.photo, name="story_desk_photo"),
        path(f"{story}film/", desk_views.film, name="story_desk_film"),
    ]


class DeskItem(MenuItem):
    """For whoever publishes pages, with how many stories are waiting."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(PagePermissionPolicy().user_has_permission(request.user, "publish"))

    def render_component(self, request: HttpRequest) -> Any:
        shown = copy(self)
        shown.label = f"{self.label} ({Story.objects.waiting().count()})"
        return super(DeskItem, shown).render_component(request)


@hooks.register("register_admin_menu_item")
def desk_item() -> MenuItem:
    return DeskItem(_("Families' stories"), reverse("story_desk"), icon_name="mail", order=340)


@hooks.register("register_log_actions")
def say_what_was_withdrawn(actions: LogActionRegistry) -> None:
    actions.register_action(
        WITHDRAWN, _("Withdraw a family's story"), _("The family withdrew its story")
    )
