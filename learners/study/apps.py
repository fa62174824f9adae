from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudyConfig(AppConfig):
    name = "learners.study"
    verbose_name = _("Study")

    def ready(self) -> None:
        from cms import guard
        from courses.signals import requirements_changed
        from learners.study import publishing

        guard.register_counter(publishing.count_learner_rows)
        requirements_changed.connect(publishing.on_requirements_changed)
