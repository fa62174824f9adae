"""The children that a school has on file now, decrypted, for comparing with a list."""

from collections import defaultdict

from learners.schools.models import Child, ClassMembership, RosterContact, School, SchoolClass
from learners.schools.roster.classes import parse_class
from learners.schools.roster.matching import OnFile
from learners.schools.school_year import year_name


def classes_by_name(school: School, year: int) -> dict[str, SchoolClass]:
    """By the one name that every way of writing it leads to; archived ones left out."""
    found = {}
    for school_class in school.classes.filter(year=year, archived_at=None).order_by("pk"):
        # The class's own foreign key would load the school again, once for each class.
        school_class.school = school
        found[one_name(school_class.name, school.kind)] = school_class
    return found


def one_name(name: str, kind: str) -> str:
    return parse_class(name, kind=kind)[1] or name


def children_on_file(
    school: School, year: int, classes: dict[str, SchoolClass], *, lock: bool = False
) -> list[OnFile]:
    """Everybody, also those whom nobody took into this year yet; three queries for any number.

    With `lock` whoever moves or claims one of them is waited for, and then comes first.
    """
    names = {school_class.pk: name for name, school_class in classes.items()}
    members = ClassMembership.objects.current().filter(school_class__school=school)
    children = Child.objects.filter(pk__in=members.values("child_id")).order_by("pk")
    locked = list(children.select_for_update(of=("self",), no_key=True) if lock else children)
    class_of = {row.child_id: row.school_class for row in members.select_related("school_class")}
    contacts: dict[int, set[tuple[str, str, str]]] = defaultdict(set)
    for contact in RosterContact.objects.filter(child__in=members.values("child_id")):
        contacts[contact.child_id].add((contact.phone, contact.relation, contact.name))
    return [
        _on_file(child, class_of[child.pk], names, year, frozenset(contacts[child.pk]))
        for child in locked
        if child.pk in class_of  # else it left while it was waited for
    ]


def _on_file(
    child: Child,
    own: SchoolClass,
    names: dict[int, str],
    year: int,
    contacts: frozenset[tuple[str, str, str]],
) -> OnFile:
    here = names.get(own.pk, "")
    return OnFile(
        child=child.pk,
        name=child.name,
        class_name=here,
        student_number=child.student_number,
        birth_month=child.birth_month,
        contacts=contacts,
        earlier="" if here else f"{own.name} · {year_name(own.year)}",
        grade=None if own.grade is None else own.grade + year - own.year,
    )
