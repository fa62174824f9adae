"""The school's pages: what they show, what they change, and at what cost."""

import pytest
from django.utils import timezone

from learners.schools import joining, touching
from learners.schools.ground import ground_of
from learners.schools.models import Child, Guardianship, JoinRequest, SchoolClass
from tests.conftest import person
from tests.learners.schools.conftest import (
    MOTHER_PHONE,
    appoint,
    make_child,
    make_class,
    make_guardian,
    make_school,
)


@pytest.fixture
def as_teacher(client, teacher):
    client.force_login(teacher)
    return client


@pytest.fixture
def as_head(client, head):
    client.force_login(head)
    return client


def text_of(response):
    return response.content.decode()


def test_home_of_a_teacher_counts_children_who_joined(
    as_teacher, third, xiaoman, chen_jing, chen_jianguo, li_wei, other_class
):
    make_guardian(chen_jing, xiaoman)
    make_guardian(chen_jianguo, xiaoman)
    make_child(third, "李乐乐")
    make_guardian(li_wei, make_child(other_class, "王一一"))
    page = as_teacher.get("/school/")
    assert [(c.name, c.children, c.joined, c.pending) for c in page.context["classes"]] == [
        ("三年级2班", 2, 1, 0)
    ]
    assert list(page.context["schools"]) == []


def test_home_costs_the_same_for_one_class_and_for_many(
    as_teacher, teacher, school, third, xiaoman, django_assert_num_queries
):
    with django_assert_num_queries(5):
        as_teacher.get("/school/")
    for number in range(3, 6):
        own = make_class(school, f"三年级{number}班")
        appoint(teacher, "teacher", own)
        make_child(own)
    with django_assert_num_queries(5):
        assert len(as_teacher.get("/school/").context["classes"]) == 4


def test_home_of_an_administrator_finds_schools(client, third, community, foreign_class):
    client.force_login(person("市管理员"))
    user = person("市管")
    appoint(user, "city")
    client.force_login(user)
    page = client.get("/school/", {"q": "石门"})
    assert [school.name for school in page.context["schools"]] == ["石门小学"]
    assert len(client.get("/school/").context["schools"]) == 3
    assert len(client.get("/school/", {"q": "没有"}).context["schools"]) == 0


def test_schools_are_listed_page_by_page(client, district):
    for number in range(31):
        make_school(district, f"X{number:02}", f"学校{number:02}")
    user = person("区县管理员")
    appoint(user, "district", district)
    client.force_login(user)
    sizes = [len(client.get("/school/", {"page": n}).context["schools"]) for n in (1, 2)]
    assert sizes == [30, 1]


def test_class_page_lists_who_has_joined(
    as_teacher, third, xiaoman, chen_jing, django_assert_num_queries
):
    make_guardian(chen_jing, xiaoman)
    with django_assert_num_queries(10):
        page = as_teacher.get(f"/school/classes/{third.public_id}/")
    listed = [
        (child.name, [g.relation for g in child.guardianships.all()])
        for child in page.context["children"]
    ]
    assert listed == [("陈小满", ["mother"])]
    assert MOTHER_PHONE[3:] not in text_of(page)
    for number in range(100):
        make_child(third, f"孩子{number:03}")
    with django_assert_num_queries(10):
        page = as_teacher.get(f"/school/classes/{third.public_id}/")
    assert (len(page.context["children"]), page.context["children"].paginator.count) == (100, 101)


def test_code_is_renewed_closed_and_opened(as_teacher, client, third):
    old = third.join_code
    as_teacher.post(f"/school/classes/{third.public_id}/code/renew/")
    third.refresh_from_db()
    assert (third.join_code == old, client.get(f"/join/{old}/").status_code) == (False, 404)
    states = []
    for what in ("close", "open"):
        as_teacher.post(f"/school/classes/{third.public_id}/code/{what}/")
        states.append(client.get(f"/join/{third.join_code}/").status_code)
    assert states == [404, 200]


def test_qr_leads_to_the_class(as_teacher, third, settings):
    settings.SITE_URL = "https://parents.example.org"
    svg = as_teacher.get(f"/school/classes/{third.public_id}/qr.svg")
    png = as_teacher.get(f"/school/classes/{third.public_id}/qr.png")
    assert (svg["Content-Type"], png["Content-Type"]) == ("image/svg+xml", "image/png")
    assert (b"<svg" in svg.content[:200], png.content[:4]) == (True, b"\x89PNG")
    poster = text_of(as_teacher.get(f"/school/classes/{third.public_id}/poster/"))
    assert f"https://parents.example.org/join/{third.join_code}/" in poster


def asked_by(third, user):
    joining.ask_teacher(
        user, third, child_name="陈小满", guardian_name="陈大山", relation="other", version="1"
    )
    return JoinRequest.objects.get()


def test_teacher_confirms_a_child_of_the_class_alone(
    as_teacher, third, other_class, xiaoman, li_wei
):
    asked = asked_by(third, li_wei)
    page = text_of(as_teacher.get(f"/school/classes/{third.public_id}/"))
    assert [word in page for word in ("陈大山", "138****8003", "13800138003")] == [
        True, True, False
    ]  # fmt: skip
    foreign = make_child(other_class, "王一一")
    address = f"/school/requests/{asked.public_id}/accept/"
    for child in ("", str(foreign.public_id), "x"):
        as_teacher.post(address, {"child": child})
    assert Guardianship.objects.count() == 0
    as_teacher.post(address, {"child": str(xiaoman.public_id)})
    assert [(g.user, g.child) for g in Guardianship.objects.all()] == [(li_wei, xiaoman)]
    assert as_teacher.post(address, {"child": str(xiaoman.public_id)}).status_code == 404


def test_teacher_declines(as_teacher, third, xiaoman, li_wei):
    asked = asked_by(third, li_wei)
    as_teacher.post(f"/school/requests/{asked.public_id}/decline/")
    asked.refresh_from_db()
    assert (asked.accepted, asked.decided_at is None, Guardianship.objects.count()) == (
        False, False, 0
    )  # fmt: skip


CHILD = {"name": "李 乐乐", "student_number": "g-001", "birth_month": "2018-03",
         "phone1": "138 0013 8003", "relation1": "father", "guardian1": "李伟"}  # fmt: skip


def test_child_is_added_and_corrected_by_hand(as_teacher, third):
    added = as_teacher.post(f"/school/classes/{third.public_id}/children/add/", CHILD)
    assert added["Location"] == f"/school/classes/{third.public_id}/"
    child = Child.objects.in_class(third).get()
    assert (child.name, child.student_number, child.birth_month) == ("李乐乐", "G-001", "2018-03")
    form = as_teacher.get(f"/school/children/{child.public_id}/").context["form"]
    assert form.initial["phone1"] == "13800138003"
    told = {**CHILD, "name": "李乐", "phone1": ""}
    as_teacher.post(f"/school/children/{child.public_id}/", told)
    child.refresh_from_db()
    assert (child.name, child.contacts.count()) == ("李乐", 0)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"name": ""}, "name"),
        ({"student_number": "=1+1"}, "student_number"),
        ({"student_number": "G500105201801010011"}, "student_number"),
        ({"birth_month": "五月"}, "birth_month"),
        ({"phone1": "12"}, "phone1"),
    ],
)
def test_child_that_does_not_fit(as_teacher, third, xiaoman, told, field):
    page = as_teacher.post(f"/school/classes/{third.public_id}/children/add/", {**CHILD, **told})
    assert list(page.context["form"].errors) == [field]
    assert Child.objects.count() == 1


def test_child_is_moved_within_the_ground(client, third, other_class, foreign_class, xiaoman, head):
    teacher = person("王老师")
    appoint(teacher, "teacher", third)
    address = f"/school/children/{xiaoman.public_id}/"
    client.force_login(teacher)
    assert client.get(address).context["move"] is None
    client.post(f"{address}move/", {"school_class": str(other_class.public_id)})
    client.force_login(head)
    client.post(f"{address}move/", {"school_class": str(foreign_class.public_id)})
    assert list(Child.objects.in_class(third)) == [xiaoman]
    choices = client.get(address).context["move"].fields["school_class"].queryset
    assert list(choices) == [other_class]
    client.post(f"{address}move/", {"school_class": str(other_class.public_id)})
    assert list(Child.objects.in_class(other_class)) == [xiaoman]


def test_class_of_guardians_has_no_roster(as_head, client, community, head, chen_jing):
    appoint(head, "school", community)
    own = make_class(community, "秋季班", None)
    joining.join_class(chen_jing, own, "1", timezone.localdate())
    assert (
        as_head.get(f"/school/classes/{own.public_id}/").context["school_class"].guardian_count == 1
    )
    for address in (f"classes/{own.public_id}/import/", f"classes/{own.public_id}/children/add/"):
        assert as_head.get(f"/school/{address}").status_code == 404
    assert as_head.get(f"/school/schools/{community.public_id}/import/").status_code == 404


def test_class_is_added_under_its_one_name(as_head, school, third, monkeypatch):
    heard = []
    monkeypatch.setattr(touching, "_recounts", [heard.extend])
    address = f"/school/schools/{school.public_id}/classes/add/"
    as_head.post(address, {"grade": "4", "name": "（1）班"})
    made = SchoolClass.objects.get(grade=4)
    assert (made.name, made.district, heard) == ("四年级1班", school.district, [made.pk])
    again = as_head.post(address, {"grade": "3", "name": "2班"})
    assert list(again.context["form"].errors) == ["name"]
    assert SchoolClass.objects.count() == 2


def test_school_lists_its_classes_with_constant_queries(
    as_head, school, third, xiaoman, foreign_class, django_assert_num_queries
):
    with django_assert_num_queries(7):
        as_head.get(f"/school/schools/{school.public_id}/")
    for number in range(3, 6):
        make_child(make_class(school, f"三年级{number}班"))
    with django_assert_num_queries(7):
        page = as_head.get(f"/school/schools/{school.public_id}/")
    assert [(c.name, c.children) for c in page.context["classes"]][:2] == [
        ("三年级2班", 1), ("三年级3班", 1)
    ]  # fmt: skip


def test_head_appoints_and_ends(as_head, school, third, foreign_class):
    address = f"/school/schools/{school.public_id}/staff/"
    told = {"name": "何老师", "phone": "13800138012", "role": "teacher"}
    for class_id in ("", str(foreign_class.public_id)):
        page = as_head.post(address, {**told, "school_class": class_id})
        assert list(page.context["form"].errors) == ["school_class"]
    as_head.post(address, {**told, "school_class": str(third.public_id)})
    post = third.appointments.get(user__name="何老师")
    assert ground_of(post.user).classes == {third.pk}
    as_head.post(address, {**told, "role": "city"})
    assert third.school.appointments.filter(role="city").count() == 0
    page = as_head.get(address)
    assert [post.user.name for post in page.context["posts"]] == ["周校长", "何老师"]
    as_head.post(f"/school/staff/{post.public_id}/end/")
    assert not ground_of(post.user)


def test_learning_page_leads_staff_to_their_school(client, home, teacher, chen_jing):
    found = []
    for user in (teacher, chen_jing):
        client.force_login(user)
        page = text_of(client.get("/learn/"))
        found.append(('href="/school/"' in page, 'href="/learn/children/"' in page))
    assert found == [(True, True), (False, True)]
