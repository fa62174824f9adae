"""Claims, requests, leaving: what the tables hold afterwards, and who hears of it."""

import re
from datetime import date

import pytest
from django.utils import timezone

from learners.accounts.closing import close_account
from learners.accounts.export import everything_about
from learners.accounts.models import Consent
from learners.schools import family, joining, touching
from learners.schools.models import Child, ClassGuardian, Guardianship, JoinRequest, RosterContact
from tests.learners.schools.conftest import (
    MOTHER_PHONE,
    TODAY,
    appoint,
    make_child,
    make_class,
    make_guardian,
)


@pytest.fixture
def recounted(monkeypatch):
    heard = []
    monkeypatch.setattr(touching, "_recounts", [heard.append])
    return heard


def claim(user, child, own=None):
    return joining.claim(user, child, relation="mother", basis="phone", version="2026-11", own=own)


def add_own(user, nickname="小满", **fields):
    told = {"birth_month": "2018-01", "due_date": "", "relation": "mother", **fields}
    return family.add_own_child(user, nickname=nickname, version="2026-11", **told)


def test_child_is_offered_to_the_phone_on_file_alone(
    xiaoman, third, chen_jing, li_wei, other_class
):
    make_child(other_class, "陈小圆", phones=[(MOTHER_PHONE, "mother")])
    assert [contact.child for contact in joining.offered(chen_jing, third)] == [xiaoman]
    assert joining.offered(li_wei, third) == []
    claim(chen_jing, xiaoman)
    assert joining.offered(chen_jing, third) == []


def test_child_is_found_by_name_and_digits_of_its_own_class(xiaoman, third, other_class):
    make_child(other_class, "陈小满", phones=[("+8613800139999", "mother")])
    assert joining.child_named(third, "陈小满", "8002") == xiaoman
    assert joining.child_named(third, "陈小满", "9999") is None
    assert joining.child_named(third, "李乐乐", "8002") is None


def test_namesakes_with_one_phone_are_left_to_the_teacher(xiaoman, third):
    make_child(third, "陈小满", phones=[(MOTHER_PHONE, "mother")])
    assert joining.child_named(third, "陈小满", "8001") is None
    assert joining.child_named(third, "陈小满", "8002") == xiaoman


def test_claim_records_consent_once_and_recounts_the_class(xiaoman, third, chen_jing, recounted):
    first, again = claim(chen_jing, xiaoman), claim(chen_jing, xiaoman)
    assert (first, Guardianship.objects.count()) == (again, 1)
    assert (first.basis, first.consent_version) == ("phone", "2026-11")
    assert list(Consent.objects.values_list("user", "purpose", "version")) == [
        (chen_jing.pk, "child", "2026-11")
    ]
    assert recounted == [[third.pk], [third.pk]]


def test_several_guardians_and_several_children(xiaoman, third, chen_jing, chen_jianguo):
    sister = make_child(make_class(third.school, "一年级1班", 1), "陈小圆")
    for user in (chen_jing, chen_jianguo):
        claim(user, xiaoman)
    claim(chen_jing, sister)
    assert set(Child.objects.of_guardian(chen_jing)) == {xiaoman, sister}
    assert Guardianship.objects.in_class(third).count() == 2


def test_own_child_becomes_the_child_of_the_class(
    xiaoman, third, chen_jing, chen_jianguo, recounted, monkeypatch
):
    merged = []
    monkeypatch.setattr(touching, "_merges", [lambda *ids: merged.append(ids)])
    own = add_own(chen_jing)
    make_guardian(chen_jianguo, own, "grandparent")
    own_pk = own.pk
    claim(chen_jing, xiaoman, own)
    xiaoman.refresh_from_db()
    assert (xiaoman.nickname, xiaoman.family_name, Child.objects.count()) == ("小满", "小满", 1)
    assert sorted(xiaoman.guardianships.values_list("user", "relation")) == sorted(
        [(chen_jing.pk, "mother"), (chen_jianguo.pk, "grandparent")]
    )
    assert (merged, recounted) == ([(own_pk, xiaoman.pk)], [[third.pk]])


def test_child_that_nobody_knows_is_forgotten(xiaoman, third, chen_jing, recounted):
    own = add_own(chen_jing)
    family.leave_child(own.guardianships.get())
    assert not Child.objects.filter(pk=own.pk).exists()
    family.leave_child(claim(chen_jing, xiaoman))
    assert list(Child.objects.all()) == [xiaoman]
    assert (Guardianship.objects.count(), recounted[-1]) == (0, [third.pk])


def test_class_of_guardians_is_joined_once_and_left(community, li_wei, recounted):
    school_class = make_class(community, "秋季班", None)
    joining.join_class(li_wei, school_class, "2026-11", TODAY)
    joining.join_class(li_wei, school_class, "2026-11", date(2026, 12, 1))
    member = ClassGuardian.objects.current().get()
    assert (member.user, member.since) == (li_wei, TODAY)
    joining.leave_class(li_wei, school_class, date(2026, 12, 2))
    assert (ClassGuardian.objects.current().count(), recounted) == (0, [[school_class.pk]] * 3)
    joining.join_class(li_wei, school_class, "2026-11", date(2026, 12, 3))
    assert [m.since for m in ClassGuardian.objects.current(date(2026, 12, 5))] == [
        date(2026, 12, 3)
    ]


def ask(user, school_class, child_name="陈小满"):
    joining.ask_teacher(
        user,
        school_class,
        child_name=child_name,
        guardian_name="陈大山",
        relation="grandparent",
        version="2026-11",
    )


def test_teacher_confirms_and_what_was_typed_is_gone(xiaoman, third, li_wei, teacher, recounted):
    ask(li_wei, third, "小满")
    ask(li_wei, third)
    asked = JoinRequest.objects.get()
    assert (asked.child_name, Guardianship.objects.count(), recounted) == ("陈小满", 0, [])
    joining.accept(asked, xiaoman, teacher)
    guardianship = Guardianship.objects.get()
    assert (guardianship.user, guardianship.child, guardianship.basis, guardianship.relation) == (
        li_wei, xiaoman, "teacher", "grandparent"
    )  # fmt: skip
    asked.refresh_from_db()
    assert (asked.accepted, asked.decided_by, asked.child_name, asked.guardian_name) == (
        True, teacher, "", ""
    )  # fmt: skip
    assert recounted == [[third.pk]]


def test_declined_request_makes_nobody_a_guardian(third, xiaoman, li_wei, teacher):
    ask(li_wei, third)
    joining.decline(JoinRequest.objects.get(), teacher)
    assert (Guardianship.objects.count(), JoinRequest.objects.pending().count()) == (0, 0)
    ask(li_wei, third)
    assert JoinRequest.objects.pending().count() == 1


def test_export_tells_a_guardian_what_is_kept(xiaoman, third, chen_jing, li_wei):
    claim(chen_jing, xiaoman)
    make_guardian(li_wei, xiaoman)
    ask(chen_jing, third, "陈小圆")
    appoint(chen_jing, "teacher", third)
    told = everything_about(chen_jing)
    child = told["children"][0]
    assert (child["name"], child["relation"], child["classes"]) == (
        "陈小满",
        "mother",
        [{"school": "江湾小学", "class": "三年级2班", "since": "2026-09-01"}],
    )
    assert [asked["child"] for asked in told["requests_to_join"]] == ["陈小圆"]
    assert [post["role"] for post in told["appointments"]] == ["teacher"]
    assert "8002" not in re.sub(r"T[\d:.]+", "", str(told))  # in a time of day it may stand
    assert everything_about(li_wei)["requests_to_join"] == []


def test_closing_an_account_leaves_nothing_of_it(
    xiaoman, third, community, chen_jing, li_wei, recounted
):
    add_own(chen_jing)
    claim(chen_jing, xiaoman)
    claim(li_wei, xiaoman)
    ask(chen_jing, third)
    appoint(chen_jing, "teacher", third)
    parents = make_class(community, "秋季班", None)
    joining.join_class(chen_jing, parents, "2026-11", timezone.localdate())
    recounted.clear()
    close_account(chen_jing)
    assert [g.user for g in Guardianship.objects.all()] == [li_wei]
    assert list(Child.objects.all()) == [xiaoman]
    assert (JoinRequest.objects.count(), chen_jing.appointments.count()) == (0, 0)
    assert [member.user for member in ClassGuardian.objects.all()] == [None]
    assert recounted[-1] == sorted([third.pk, parents.pk])
    assert RosterContact.objects.count() == 2
