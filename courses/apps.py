from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoursesConfig(AppConfig):
    name = "courses"
    verbose_name = _("Courses")

    def ready(self) -> None:
        from cms import guard
        from courses import alone, release, signals
        from media import usage

        guard.register_rule(alone.rule)
        usage.register_kept(release.waiting_revisions)
        signals.connect()
