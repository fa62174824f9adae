"""The city appoints districts, districts appoint schools; nobody above them, nobody beside them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from learners.accounts.models import User
from learners.schools.ground import ground_of
from learners.schools.models import StaffAppointment
from tests.conftest import person
from tests.learners.schools.conftest import appoint, make_school

HOME = "/school/appointments/"
PHONE = "13800138021"


def told(role, **fields):
    return {"name": "冯主任", "phone": PHONE, "role": role, **fields}


def appointed():
    return StaffAppointment.objects.get(user=User.objects.with_phone(f"+86{PHONE}").get())


def test_city_appoints_for_city_district_and_school(client, city_admin, district, school):
    client.force_login(city_admin)
    assert client.post(HOME, told("city"))["Location"] == HOME
    assert (appointed().role, appointed().appointed_by) == ("city", city_admin)
    StaffAppointment.objects.exclude(user=city_admin).delete()
    client.post(HOME, told("district", district=district.code))
    assert appointed().district == district
    StaffAppointment.objects.exclude(user=city_admin).delete()
    client.post(HOME, told("school", school="jw01"))
    assert (appointed().school, ground_of(appointed().user).schools) == (school, {school.pk})


def test_district_appoints_its_schools_alone(
    client, district_admin, school, district, foreign_class
):
    client.force_login(district_admin)
    for role in ("city", "district", "teacher"):
        page = client.post(HOME, told(role, district=district.code))
        assert page.context["form"].errors.keys() == {"role"}
    foreign = client.post(HOME, told("school", school=foreign_class.school.code))
    assert foreign.context["form"].errors.keys() == {"school"}
    assert client.post(HOME, told("school")).context["form"].errors.keys() == {"school"}
    client.post(HOME, told("school", school=school.code))
    assert appointed().school == school


def test_term_is_told(client, city_admin, school):
    client.force_login(city_admin)
    today = timezone.localdate()
    days = {"starts_on": today - timedelta(days=1), "ends_on": today - timedelta(days=2)}
    page = client.post(HOME, told("city", **days))
    assert page.context["form"].errors.keys() == {"starts_on"}
    days = {"starts_on": today + timedelta(days=3), "ends_on": today + timedelta(days=1)}
    assert client.post(HOME, told("city", **days)).context["form"].errors.keys() == {"ends_on"}
    days = {"starts_on": today + timedelta(days=3), "ends_on": today + timedelta(days=5)}
    client.post(HOME, told("school", school=school.code, **days))
    post = appointed()
    assert (post.starts_on, post.ends_on) == (days["starts_on"], days["ends_on"])
    assert not ground_of(post.user)


def test_ended_appointments_are_kept_with_who_ended_them(client, city_admin, district_admin):
    client.force_login(city_admin)
    post = StaffAppointment.objects.get(user=district_admin)
    client.post(f"/school/appointments/{post.public_id}/end/")
    post.refresh_from_db()
    assert (post.ended_by, bool(ground_of(district_admin))) == (city_admin, False)
    assert [one.user for one in client.get(HOME).context["posts"]] == [city_admin]
    over = client.get(HOME, {"over": "on"})
    assert [one.user for one in over.context["posts"]] == [district_admin]
    assert "市管理员" in over.content.decode()


def test_nobody_ends_their_own(client, city_admin):
    client.force_login(city_admin)
    post = StaffAppointment.objects.get()
    client.post(f"/school/appointments/{post.public_id}/end/")
    assert ground_of(city_admin).city is True


def test_district_ends_no_appointment_above_or_beside_it(
    client, district_admin, city_admin, foreign_class, head
):
    other = person("吴校长")
    appoint(other, "school", foreign_class.school)
    client.force_login(district_admin)
    for user in (city_admin, other, district_admin):
        post = StaffAppointment.objects.get(user=user)
        assert client.post(f"/school/appointments/{post.public_id}/end/").status_code == 404
    own = StaffAppointment.objects.get(user=head)
    client.post(f"/school/appointments/{own.public_id}/end/")
    assert not ground_of(head)


@pytest.mark.parametrize("posts", [1, 100])
def test_list_has_constant_queries(client, city_admin, district, posts, django_assert_num_queries):
    for number in range(posts):
        school = make_school(district, f"X{number:03}", f"学校{number}")
        appoint(person(f"校长{number}"), "school", school)
    client.force_login(city_admin)
    with django_assert_num_queries(6):
        page = client.get(HOME)
    assert page.context["posts"].paginator.count == posts + 1


def test_staff_page_shows_what_is_over(client, head, teacher, school):
    client.force_login(head)
    address = f"/school/schools/{school.public_id}/staff/"
    post = StaffAppointment.objects.get(user=teacher)
    client.post(f"/school/staff/{post.public_id}/end/")
    assert [one.user for one in client.get(address).context["posts"]] == [head]
    over = client.get(address, {"over": "on"}).context["posts"]
    assert [(one.user, one.ended_by) for one in over] == [(teacher, head)]
