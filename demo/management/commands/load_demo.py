from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from demo import assigned, owned, pages, people, schools, sent
from learners.accounts.models import User
from search import indexing


class Command(BaseCommand):
    help = "Loads the demonstration: real lessons, stories, articles, and people to sign in as."

    def handle(self, *args: Any, **options: Any) -> None:
        with transaction.atomic():
            pages.load(self._say)
            sign_ins = people.load()
            owned.load(User.objects.get(username="expert"), "lin")
            schools.load()
            schools.administer("district", "city")
            assigned.load()
            sent.load(User.objects.get(username="editor"))
        sign_ins += [
            people.SignIn(str(role.label), name, phone.removeprefix("+86"), "")
            for name, phone, role, _where in schools.STAFF
        ]
        # The worker may not run yet, and what was just loaded must be found at once.
        indexing.carry_out()
        self.stdout.write("\n试用账号（仅供演示）：")
        for person in sign_ins:
            how = f"密码 {person.password}" if person.password else "手机验证码（显示在页面上）"
            self.stdout.write(f"  {person.role}  {person.name}  {person.login}  {how}")
        self.stdout.write(f"\n家长登录 {settings.SITE_URL}/account/sign-in/")
        self.stdout.write(f"工作人员登录 {settings.SITE_URL}/account/staff/")

    def _say(self, line: str) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r\033[K  {line}", ending="")
        else:
            self.stdout.write(f"  {line}")
