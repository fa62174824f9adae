"""Wagtail's user management, for our people."""

from importlib import import_module

from wagtail.users.apps import WagtailUsersAppConfig


class PeopleAdminConfig(WagtailUsersAppConfig):
    user_viewset = "learners.accounts.admin_views.PeopleViewSet"

    def ready(self) -> None:
        super().ready()
        import_module("learners.accounts.admin_setup").connect()
