from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cms.tree import ensure_tree
from courses.tree import ensure_course_index
from learners.accounts.roles import ensure_roles
from learners.study.roles import ensure_study_rights


class Command(BaseCommand):
    help = "Makes the home page, the indexes and the roles, where they are missing. Repeatable."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        home = ensure_tree()
        ensure_course_index(home)
        ensure_roles()
        ensure_study_rights()
        self.stdout.write("The school has its pages and its roles.")
