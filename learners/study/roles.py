"""What the city's administrators may do about learning, beyond their role in accounts."""

from django.contrib.auth.models import Group, Permission

from learners.accounts.roles import CITY_ADMINISTRATORS

OF_THE_CITY = ("view_course_statistics", "revoke_certificate")


def ensure_study_rights() -> None:
    """Repeatable; rights are only ever added."""
    city, _created = Group.objects.get_or_create(name=CITY_ADMINISTRATORS)
    rights = Permission.objects.filter(content_type__app_label="study", codename__in=OF_THE_CITY)
    city.permissions.add(*rights)
