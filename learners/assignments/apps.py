from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssignmentsConfig(AppConfig):
    name = "learners.assignments"
    verbose_name = _("Assignments")

    def ready(self) -> None:
        from learners.assignments import closing, counting, given
        from learners.schools import touching as schools
        from learners.study import assigned
        from learners.study import touching as study

        schools.register_recount(counting.classes_changed)
        schools.register_merge(closing.move_former)
        study.register_recount(counting.learned)
        assigned.register_source(given.to_person)
