"""Staff reads of personal data are logged, without the data (PRODUCT.md rule 9)."""

from typing import Any

from learners.schools.models import Child, PersonalDataRead, School, SchoolClass


def log_read(
    user: Any,
    what: str,
    school: School,
    *,
    school_class: SchoolClass | None = None,
    child: Child | None = None,
    children: int = 0,
) -> None:
    """`what` is one of PersonalDataRead.What; `children` counts whom the page or file names."""
    PersonalDataRead.objects.create(
        user=user,
        what=what,
        school=school,
        school_class=school_class,
        child_id=child.pk if child else None,
        children=children,
    )
