from datetime import timedelta

from django.utils import timezone

from learners.accounts.models import User
from learners.accounts.tasks import delete_unconfirmed
from learners.schools import appointments
from learners.schools.ground import ground_of
from learners.schools.models import SchoolClass, StaffAppointment

PHONE = "+8613800138010"


def test_teacher_is_appointed_by_phone_before_ever_signing_in(third, head):
    today = timezone.localdate()
    for _time in range(2):
        post = appointments.appoint_by_phone(
            PHONE, "王老师", "teacher", third, today=today, by=head
        )
    user = User.objects.with_phone(PHONE).get()
    assert (user.name, post.user, post.appointed_by) == ("王老师", user, head)
    assert list(SchoolClass.objects.taught_by(user)) == [third]
    assert StaffAppointment.objects.filter(user=user).count() == 1
    # The account waits for its owner; one that only a form made does not.
    User.objects.filter(pk=user.pk).update(date_joined=timezone.now() - timedelta(days=9))
    delete_unconfirmed.func()
    assert User.objects.filter(pk=user.pk).exists()


def test_name_that_the_person_chose_stays(third, chen_jing):
    appointments.appoint_by_phone(
        "+8613800138001", "别名", "teacher", third, today=timezone.localdate()
    )
    chen_jing.refresh_from_db()
    assert (chen_jing.name, ground_of(chen_jing).classes) == ("陈静", {third.pk})


def test_end_takes_effect_at_once_and_the_history_stays(third, school, teacher):
    today = timezone.localdate()
    post = StaffAppointment.objects.get(user=teacher)
    appointments.end(post, today)
    assert (bool(ground_of(teacher)), post.ends_on) == (False, today - timedelta(days=1))
    fresh = appointments.appoint(teacher, "school", school, today=today)
    assert ground_of(teacher).schools == {school.pk}
    # One that began today is over at once too, and its row stays.
    appointments.end(fresh, today, by=teacher)
    assert (ground_of(teacher).schools, fresh.ends_on, fresh.ended_by) == (set(), today, teacher)
    assert StaffAppointment.objects.ended().count() == 2
    appointments.appoint(teacher, "city", None, today=today)
    assert ground_of(teacher).city is True


def test_term_from_a_later_day_to_another(third, teacher, school):
    today = timezone.localdate()
    first, last = today + timedelta(days=2), today + timedelta(days=9)
    told = {"today": first, "ends_on": last}
    post = appointments.appoint(teacher, "school", school, **told)
    assert appointments.appoint(teacher, "school", school, **told) == post
    assert ground_of(teacher).schools == set()
    of_school = StaffAppointment.objects.filter(role="school")
    assert (of_school.standing().count(), of_school.ended().count()) == (1, 0)
    assert [of_school.current(day).count() for day in (first, last, last + timedelta(days=1))] == [
        1, 1, 0
    ]  # fmt: skip
