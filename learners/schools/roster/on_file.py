"""The children that a school has on file now, decrypted, for comparing with a list."""

from collections import defaultdict

from learners.schools.models import Child, ClassMembership, RosterContact, School, SchoolClass
from learners.schools.roster.classes import parse_class
from learners.schools.roster.matching import OnFile


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


def children_on_file(classes: dict[str, SchoolClass]) -> list[OnFile]:
    """Three queries for any number of children."""
    names = {school_class.pk: name for name, school_class in classes.items()}
    members = ClassMembership.objects.current().filter(school_class__in=names)
    class_of = dict(members.values_list("child_id", "school_class_id"))
    contacts: dict[int, set[tuple[str, str, str]]] = defaultdict(set)
    for contact in RosterContact.objects.filter(child__in=members.values("child_id")):
        contacts[contact.child_id].add((contact.phone, contact.relation, contact.name))
    return [
        OnFile(
            child=child.pk,
            name=child.name,
            class_name=names[class_of[child.pk]],
            student_number=child.student_number,
            birth_month=child.birth_month,
            contacts=frozenset(contacts[child.pk]),
        )
        for child in Child.objects.filter(pk__in=members.values("child_id")).order_by("pk")
    ]
