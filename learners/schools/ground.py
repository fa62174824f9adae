"""What a person's appointments let them see today (PRODUCT.md rule 7)."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps


@dataclass(frozen=True, slots=True)
class Ground:
    """Ids of what is administered or taught; `city` means all of it."""

    city: bool = False
    districts: frozenset[int] = field(default_factory=frozenset)
    schools: frozenset[int] = field(default_factory=frozenset)
    classes: frozenset[int] = field(default_factory=frozenset)

    def __bool__(self) -> bool:
        return bool(self.city or self.districts or self.schools or self.classes)

    @property
    def administers(self) -> bool:
        """More than single classes."""
        return bool(self.city or self.districts or self.schools)


NO_GROUND = Ground()


def ground_of(user: Any) -> Ground:
    """One query for a signed-in person, none for a stranger."""
    if not user.is_authenticated:
        return NO_GROUND
    # Looked up by name: the models' own queryset words stand on this module.
    appointments = apps.get_model("schools", "StaffAppointment").objects.of(user).current()
    rows = list(appointments.values_list("role", "district_id", "school_id", "school_class_id"))
    return Ground(
        city=any(role == "city" for role, *_scope in rows),
        districts=frozenset(row[1] for row in rows if row[1]),
        schools=frozenset(row[2] for row in rows if row[2]),
        classes=frozenset(row[3] for row in rows if row[3]),
    )
