from learners.schools.models.changes import ClassChange
from learners.schools.models.children import Child, ClassMembership, RosterContact
from learners.schools.models.family import ClassGuardian, Guardianship, JoinRequest
from learners.schools.models.imports import RosterImport
from learners.schools.models.places import District, School, SchoolClass
from learners.schools.models.reads import PersonalDataRead
from learners.schools.models.staff import StaffAppointment
from learners.schools.models.transfers import Transfer

__all__ = [
    "Child",
    "ClassChange",
    "ClassGuardian",
    "ClassMembership",
    "District",
    "Guardianship",
    "JoinRequest",
    "PersonalDataRead",
    "RosterContact",
    "RosterImport",
    "School",
    "SchoolClass",
    "StaffAppointment",
    "Transfer",
]
