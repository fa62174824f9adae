from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssignmentsConfig(AppConfig):
    name = "learners.assignments"
    verbose_name = _("Assignments")

    def ready(self) -> None:
        from cms import guard
        from learners.assignments import assigning, counting, given, personal
        from learners.schools import touching as schools
        from learners.study import assigned
        from learners.study import touching as study

        self._schedule()
        guard.register_counter(given.count_assigned)
        schools.register_recount(counting.classes_changed)
        schools.register_merge(personal.move_former)
        schools.register_follow(assigning.follow_class)
        study.register_recount(counting.learned)
        assigned.register_source(given.to_person)

    def _schedule(self) -> None:
        from learners.assignments import tasks
        from learners.study import schedule

        schedule.register("send reminders", "*/5 8-20 * * *", tasks.send_reminders.enqueue)
        schedule.register("count classes left over", "*/10 * * * *", tasks.count_left_over.enqueue)
        schedule.register("forget files", "*/30 * * * *", tasks.forget_files.enqueue)
        schedule.register("keep the day's figures", "55 23 * * *", tasks.take_snapshots.enqueue)
