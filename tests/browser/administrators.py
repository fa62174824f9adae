"""What the journeys of administrators need beside the demonstration; prints a JSON of sessions.

A class of last year that nobody rolled forward, another school with an administrator, and five
families who finished what was given to them on one device.
"""

import json

from django.urls import reverse
from django.utils import timezone

from learners.accounts.models import User
from learners.assignments.models import Assignment
from learners.schools import appointments, membership
from learners.schools.models import Guardianship, School, SchoolClass
from learners.schools.school_year import school_year
from learners.study.models import Enrolment
from tests.browser import stage

FAMILIES = ["李雨桐", "王建华", "赵敏", "周秀兰", "吴国强"]


def show():
    today = timezone.localdate()
    taught = SchoolClass.objects.get(name="三年级2班")
    own = taught.school
    old = SchoolClass.objects.create(
        school=own, district_id=own.district_id, year=school_year(today) - 1, grade=4,
        name="四年级6班",
    )  # fmt: skip
    for name in ("何田", "孟夏", "秋实"):
        membership.add_child(old, membership.Facts(name), today)
    new = School.objects.create(
        code="DHL01", name="东湖路小学", kind="primary", district=own.district
    )
    into = SchoolClass.objects.create(
        school=new, district_id=new.district_id, year=school_year(today), grade=4, name="四年级1班"
    )
    other = stage.person("+8613800138811")
    appointments.appoint(other, "school", new, today=today)
    one_device(taught)
    people = {"school": stage.person(stage.PHONES["school"]), "new_school": other}
    people |= {"teacher": stage.person(stage.PHONES["teacher"])}
    people |= {"city": User.objects.get(username="city")}
    sessions = {role: stage.session(user) for role, user in people.items()}
    given = Assignment.objects.get(course__slug="phone-rules")
    broad = Assignment.objects.get(course__slug="emotion-attention")
    values = {"school": own.public_id, "old": old.public_id, "new": new.public_id}
    values["follow"] = reverse("assignments:follow", args=[given.public_id, taught.public_id])
    values["figures"] = reverse("assignment_statistics:assignment", args=[broad.public_id])
    print(json.dumps({"sessions": sessions, "values": values, "into": into.name}, default=str))


def one_device(taught):
    given = Assignment.objects.get(course__slug="phone-rules")
    for n, name in enumerate(FAMILIES):
        child = membership.add_child(
            taught, membership.Facts(f"孩子{'甲乙丙丁戊'[n]}"), timezone.localdate()
        )
        user = stage.person(f"+861380013882{n}")
        User.objects.filter(pk=user.pk).update(name=name)
        Guardianship.objects.create(
            user=user, child=child, relation="mother", basis="teacher", consent_version="1"
        )
        moment = timezone.now()
        Enrolment.objects.create(
            user=user, course=given.course, started_at=moment, completed_at=moment, device="d" * 32
        )
