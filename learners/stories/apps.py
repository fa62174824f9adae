from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoriesConfig(AppConfig):
    name = "learners.stories"
    verbose_name = _("Families' stories")

    def ready(self) -> None:
        from cms import guard
        from learners.stories import withdrawal

        guard.register_counter(withdrawal.count_stories)
