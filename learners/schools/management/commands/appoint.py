from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from learners.accounts.models import User
from learners.accounts.phone import parse_phone
from learners.schools import appointments
from learners.schools.models import District, School
from learners.schools.models.staff import Role


class Command(BaseCommand):
    help = "Appoints an administrator of a school, a district or the city: the first ones."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("person", help="a mobile number, or the username of a staff account")
        parser.add_argument("--role", required=True, choices=["school", "district", "city"])
        parser.add_argument("--of", metavar="CODE", default="", help="code of school or district")
        parser.add_argument("--name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        scope = self._scope(options["role"], options["of"])
        today, role = timezone.localdate(), options["role"]
        user = User.objects.filter(username=options["person"]).first()
        if user is not None:
            appointments.appoint(user, role, scope, today=today)
        else:
            phone = self._phone(options["person"])
            appointments.appoint_by_phone(phone, options["name"], role, scope, today=today)
        self.stdout.write("Appointed.")

    def _scope(self, role: str, code: str) -> School | District | None:
        if role == Role.CITY:
            return None
        found: School | District | None
        if role == Role.SCHOOL:
            found = School.objects.filter(code=code).first()
        else:
            found = District.objects.filter(code=code).first()
        if found is None:
            raise CommandError(f"There is no {role} with the code “{code}”.")
        return found

    def _phone(self, typed: str) -> str:
        try:
            return parse_phone(typed)
        except ValueError as error:
            raise CommandError("Neither a username nor a mobile number.") from error
