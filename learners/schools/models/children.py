"""Children, the classes they were and are in, and the phones that the school has on file."""

import uuid
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from learners.accounts.protected import EncryptedTextField, keyed_hash
from learners.schools.age_stage import age_stage
from learners.schools.models.places import SchoolClass


class Relation(models.TextChoices):
    MOTHER = "mother", _("Mother")
    FATHER = "father", _("Father")
    GRANDPARENT = "grandparent", _("Grandparent")
    OTHER = "other", _("Other guardian")


class ChildQuerySet(models.QuerySet["Child"]):
    def of_guardian(self, user: Any) -> Self:
        return self.filter(guardianships__user=user)

    def in_class(self, school_class: Any, on: date | None = None) -> Self:
        """On the class's roster that day (today when none is given)."""
        return self.filter(
            pk__in=ClassMembership.objects.current(on)
            .filter(school_class=school_class)
            .values("child_id")
        )

    def without_class(self) -> Self:
        return self.exclude(pk__in=ClassMembership.objects.current().values("child_id"))


class Child(models.Model):
    """`name` is the roster's, `nickname` the family's; a child without a class may have no name.

    `birth_month` is "2019-03", `due_date` "2027-01-05". Student number, birth month and due
    date are encrypted; the number is found by its hash within one school at a time.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60, blank=True)
    nickname = models.CharField(_("nickname"), max_length=20, blank=True)
    student_number = EncryptedTextField(_("student number"), blank=True)
    student_number_hash = models.CharField(max_length=64, blank=True, editable=False)
    birth_month = EncryptedTextField(_("birth month"), blank=True)
    due_date = EncryptedTextField(_("due date"), blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ChildQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("child")
        verbose_name_plural = _("children")
        indexes = [
            models.Index(
                fields=["student_number_hash"],
                name="schools_student_number",
                condition=~Q(student_number_hash=""),
            )
        ]

    def __str__(self) -> str:
        # Names stay out of logs and error messages.
        return f"child {self.pk}"

    @property
    def family_name(self) -> str:
        """What the family calls the child."""
        return self.nickname or self.name

    def set_student_number(self, number: str) -> None:
        """The caller saves."""
        self.student_number = number
        self.student_number_hash = keyed_hash(number) if number else ""

    def age_stage(self, today: date, school_class: SchoolClass | None = None) -> str:
        """The code of the child's age stage; the class decides first when there is one."""
        due = date.fromisoformat(self.due_date) if self.due_date else None
        kind, grade = (school_class.school.kind, school_class.grade) if school_class else ("", None)
        return age_stage(today, kind, grade, self.birth_month, due)


class ClassMembershipQuerySet(models.QuerySet["ClassMembership"]):
    def current(self, on: date | None = None) -> Self:
        """The memberships of that day; without one, those that have not ended."""
        if on is None:
            return self.filter(until=None)
        return self.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


class ClassMembership(models.Model):
    """A child in a class from `since` on, up to but not including `until`."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="memberships")
    school_class = models.ForeignKey(SchoolClass, models.PROTECT, related_name="memberships")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = ClassMembershipQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("class membership")
        verbose_name_plural = _("class memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["child"], condition=Q(until=None), name="schools_one_current_class"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="schools_member_ends_later"
            ),
        ]
        indexes = [
            models.Index(fields=["school_class", "until"], name="schools_class_members"),
        ]

    def __str__(self) -> str:
        return f"child {self.child_id} in class {self.school_class_id}"


class RosterContactQuerySet(models.QuerySet["RosterContact"]):
    def with_phone_of(self, user: Any) -> Self:
        """On file under the person's confirmed phone."""
        if not user.phone_verified or not user.phone_hash:
            return self.none()
        return self.filter(phone_hash=user.phone_hash)


class RosterContact(models.Model):
    """A guardian's phone (E.164) as the school has it on file; it is no account."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="contacts")
    relation = models.CharField(_("relation"), max_length=12, choices=Relation.choices)
    name = EncryptedTextField(_("name"), blank=True)
    phone = EncryptedTextField(_("phone"))
    phone_hash = models.CharField(max_length=64, db_index=True, editable=False)

    objects = RosterContactQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("contact on file")
        verbose_name_plural = _("contacts on file")
        constraints = [
            models.UniqueConstraint(fields=["child", "phone_hash"], name="schools_contact_once")
        ]

    def __str__(self) -> str:
        return f"contact of child {self.child_id}"

    @classmethod
    def for_phone(cls, child: Child, phone: str, relation: str, name: str = "") -> Self:
        """Unsaved; `phone` is E.164."""
        return cls(
            child=child, phone=phone, phone_hash=keyed_hash(phone), relation=relation, name=name
        )
