"""One device for many: the school's own administrator is asked, and nobody else."""

from datetime import timedelta

import pytest

from learners.assignments import assigning, devices
from learners.assignments.device_views import DEVICES_A_PAGE
from learners.schools.models import ClassGuardian, PersonalDataRead
from learners.study.models import Enrolment
from tests.conftest import person
from tests.learners.assignments.conftest import TODAY, finish, wish
from tests.learners.schools.conftest import appoint, make_child, make_class, make_guardian


def where(school):
    return f"/school/schools/{school.public_id}/devices/"


def family(school_class, course, name, device="d" * 32):
    """A guardian of a child of their own who finished there."""
    user = person(name)
    if school_class.counts_guardians:
        ClassGuardian.objects.create(
            user=user, school_class=school_class, since=TODAY, consent_version="1"
        )
    else:
        make_guardian(user, make_child(school_class, f"孩子{name}"))
    finish(user, course)
    Enrolment.objects.filter(user=user, course=course).update(device=device)
    return user


@pytest.fixture
def five(assignment, course, third):
    return [family(third, course, f"张小{sign}") for sign in "甲乙丙丁戊"]


def test_school_is_asked_with_masked_names_and_the_look_is_logged(
    client, head, five, third, school, xiaoman
):
    client.force_login(head)
    page = client.get(where(school)).content.decode()
    assert ("张*甲" in page, "张小甲" in page, "孩子张小甲" in page) == (True, False, False)
    assert '<h2 id="device-1">11月24日：5 位家长用了同一部设备</h2>' in page
    assert "三年级2班 5 人" in page
    assert "这是提问，不是结论。可能是老师代为操作" in page
    read = PersonalDataRead.objects.get()
    assert (read.user, read.what, read.school, read.children) == (head, "devices", school, 5)


def test_days_are_told_when_it_took_several(client, head, five, school):
    first = Enrolment.objects.get(user=five[0])
    first.completed_at -= timedelta(days=1)
    first.save()
    client.force_login(head)
    page = client.get(where(school)).content.decode()
    assert "11月23日至11月24日：5 位家长用了同一部设备" in page


@pytest.mark.parametrize("role", ["teacher", "other_head", "district_head", "city_head", "mother"])
def test_everybody_else_is_told_nothing(request, client, five, school, foreign_class, role):
    other_head = person("吴校长")
    appoint(other_head, "school", foreign_class.school)
    user = other_head if role == "other_head" else request.getfixturevalue(role)
    client.force_login(user)
    assert client.get(where(school)).status_code == 404
    assert PersonalDataRead.objects.count() == 0


def test_school_page_leads_only_its_own_administrator_there(client, head, city_head, school, third):
    for user, led in ((head, True), (city_head, False)):
        client.force_login(user)
        page = client.get(f"/school/schools/{school.public_id}/").content.decode()
        assert (where(school) in page) is led


def test_four_families_are_nobodys_business(client, head, five, school):
    five[0].guardianships.all().delete()
    client.force_login(head)
    page = client.get(where(school)).content.decode()
    assert ("没有要问的" in page, "张*乙" in page) == (True, False)
    assert PersonalDataRead.objects.count() == 0


def test_one_family_with_one_phone_is_not_shown(
    client, head, assignment, course, third, school, xiaoman
):
    for n in range(6):
        user = person(f"亲人{n}")
        make_guardian(user, xiaoman, "other")
        finish(user, course)
    Enrolment.objects.update(device="d" * 32)
    assert devices.weeks_of(school, assignment.created_at) == []


def test_course_that_no_school_gave_is_the_parents_own_affair(
    client, head, five, school, assignment
):
    assigning.withdraw(assignment)
    client.force_login(head)
    assert "张*甲" not in client.get(where(school)).content.decode()


def test_what_is_thirty_days_old_is_not_asked_about(client, head, five, school, now):
    now.advance(days=31)
    client.force_login(head)
    assert "没有要问的" in client.get(where(school)).content.decode()


def test_other_schools_families_are_not_counted(
    client, head, five, school, foreign_class, course, district_head
):
    """A grandmother of two districts: the other school's children stay unknown here."""
    stranger = family(foreign_class, course, "外校人")
    client.force_login(head)
    page = client.get(where(school)).content.decode()
    assert ("5 位家长" in page, stranger.name[0] + "*" in page) == (True, False)


def test_community_is_asked_about_its_guardians(client, community, course, lessons, city_head):
    own, warden = make_class(community, "第一期", None), person("社区主任")
    appoint(warden, "school", community)
    assigning.assign(city_head, wish(course, school=community, classes=[own]))
    for n in range(5):
        family(own, course, f"居民{n}")
    client.force_login(warden)
    assert "第一期 5 人" in client.get(where(community)).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_page_costs_the_same_for_one_device_and_for_three(
    client, head, assignment, course, third, school, django_assert_num_queries, many
):
    for device in range(many):
        for n in range(5):
            family(third, course, f"家长{device}{n}", f"{device}" * 32)
    client.force_login(head)
    with django_assert_num_queries(11):
        page = client.get(where(school))
    assert len(page.context["devices"]) == many


def test_many_devices_are_turned_over(client, head, assignment, course, third, school, monkeypatch):
    monkeypatch.setattr("learners.assignments.device_views.DEVICES_A_PAGE", 1)
    for device in range(2):
        for n in range(5):
            family(third, course, f"家长{device}{n}", f"{device}" * 32)
    client.force_login(head)
    page = client.get(where(school) + "?page=2")
    assert (len(page.context["devices"]), page.context["page"].number) == (1, 2)
    assert DEVICES_A_PAGE == 10
