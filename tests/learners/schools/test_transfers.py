"""A child changes school: its family goes along, the old school no longer sees it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from learners.schools import membership, transfers
from learners.schools.models import Child, ClassMembership, Guardianship, RosterContact, Transfer
from tests.conftest import person
from tests.learners.schools.conftest import (
    appoint,
    make_child,
    make_class,
    make_guardian,
    make_school,
)


@pytest.fixture
def new_head(foreign_class):
    user = person("吴校长")
    appoint(user, "school", foreign_class.school)
    return user


def release_page(child):
    return f"/school/children/{child.public_id}/release/"


def receive_page(school_class):
    return f"/school/schools/{school_class.school.public_id}/receive/"


def received(code, into, name="陈小满"):
    return {"name": name, "code": code, "school_class": str(into.public_id)}


def where(child):
    return ClassMembership.objects.current().get(child=child).school_class


def test_released_and_received(client, head, new_head, third, foreign_class, xiaoman, chen_jing):
    make_guardian(chen_jing, xiaoman)
    client.force_login(head)
    client.post(release_page(xiaoman))
    client.post(release_page(xiaoman))
    slip = Transfer.objects.get()
    assert slip.code in client.get(release_page(xiaoman)).content.decode()
    # Until it is received the child stays.
    assert (where(xiaoman), slip.released_by) == (third, head)
    client.force_login(new_head)
    code = f"{slip.code[:4]}-{slip.code[4:].lower()}"
    page = client.post(receive_page(foreign_class), received(code, foreign_class, "陈 小满"))
    assert page["Location"] == f"/school/classes/{foreign_class.public_id}/"
    slip.refresh_from_db()
    assert (where(xiaoman), slip.received_by, slip.to_class) == (
        foreign_class, new_head, foreign_class
    )  # fmt: skip
    assert Guardianship.objects.get().child == xiaoman
    assert RosterContact.objects.filter(child=xiaoman).count() == 2
    client.force_login(head)
    child_page = f"/school/children/{xiaoman.public_id}/"
    assert [client.get(a).status_code for a in (child_page, release_page(xiaoman))] == [404, 404]
    client.force_login(new_head)
    assert client.get(child_page).status_code == 200


def test_wrong_name_and_wrong_code_get_the_same_answer(
    client, head, new_head, third, foreign_class, xiaoman
):
    slip = transfers.release(xiaoman, third, head)
    client.force_login(new_head)
    answers = [
        client.post(receive_page(foreign_class), received(code, foreign_class, name))
        for code, name in ((slip.code, "李乐乐"), ("22222222", "陈小满"), ("x", "陈小满"))
    ]
    assert len({str(page.context["form"].errors) for page in answers}) == 1
    assert where(xiaoman) == third


def test_code_ends_when_taken_back_when_old_and_when_the_child_left(
    client, head, new_head, third, other_class, foreign_class, xiaoman, monkeypatch
):
    slip = transfers.release(xiaoman, third, head)
    client.force_login(head)
    client.post(f"{release_page(xiaoman)}withdraw/")
    assert transfers.waiting_with(slip.code, "陈小满") is None
    with pytest.raises(transfers.NotWaitingError):
        transfers.receive(slip, foreign_class, new_head, timezone.localdate())
    Transfer.objects.update(withdrawn_at=None, released_at=timezone.now() - timedelta(days=31))
    assert transfers.waiting_with(slip.code, "陈小满") is None
    fresh = transfers.release(xiaoman, third, head)
    assert fresh.code != slip.code
    membership.move_child(xiaoman, other_class, timezone.localdate())
    with pytest.raises(transfers.NotWaitingError):
        transfers.receive(fresh, foreign_class, new_head, timezone.localdate())
    assert transfers.release(xiaoman, other_class, head) != fresh


def test_number_that_the_new_school_has_already_is_said(
    client, head, new_head, third, foreign_class, xiaoman
):
    make_child(foreign_class, "另一个", xiaoman.student_number)
    slip = transfers.release(xiaoman, third, head)
    client.force_login(new_head)
    page = client.post(receive_page(foreign_class), received(slip.code, foreign_class))
    assert page.context["form"].errors.keys() == {"name"}
    slip.refresh_from_db()
    assert (where(xiaoman), slip.received_at) == (third, None)


def test_own_school_receives_nobody_from_itself(client, head, third, other_class, xiaoman):
    slip = transfers.release(xiaoman, third, head)
    client.force_login(head)
    page = client.post(receive_page(other_class), received(slip.code, other_class))
    assert page.context["form"].errors.keys() == {"code"}


def test_tries_are_limited(client, new_head, foreign_class, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "transfer": "1/h/key"}
    client.force_login(new_head)
    errors = [
        client.post(receive_page(foreign_class), received("22222222", foreign_class))
        .context["form"]
        .errors.keys()
        for _time in range(2)
    ]
    assert errors == [{"code"}, {"__all__"}]


def test_district_moves_between_its_own_schools(client, third, xiaoman, district, foreign_class):
    into = make_class(make_school(district, "JW02", "江湾二小"), "三年级9班")
    head_of_both = person("区县管理员")
    appoint(head_of_both, "district", district)
    client.force_login(head_of_both)
    page = client.get(release_page(xiaoman), {"school": "jw02"})
    assert page.context["into"] == into.school
    address = f"/school/children/{xiaoman.public_id}/transfer/{into.school.public_id}/"
    assert client.post(address)["Location"] == release_page(xiaoman)
    client.post(address, {"school_class": str(into.public_id)})
    assert (where(xiaoman), Transfer.objects.get().received_by) == (into, head_of_both)
    # Not into a school of another district, whoever types its code or address.
    page = client.get(release_page(xiaoman), {"school": "SM01"})
    assert (page.context["into"], page.context["form"].errors.keys()) == (None, {"school"})
    foreign = f"/school/children/{xiaoman.public_id}/transfer/{foreign_class.school.public_id}/"
    assert client.post(foreign, {"school_class": str(foreign_class.public_id)}).status_code == 404
    twin = make_child(into, "另一个")
    twin.set_student_number("G500105201801010099")
    twin.save()
    Child.objects.filter(pk=xiaoman.pk).update(student_number_hash=twin.student_number_hash)
    back = f"/school/children/{xiaoman.public_id}/transfer/{third.school.public_id}/"
    make_child(third, "第三个", "G500105201801010099")
    client.post(back, {"school_class": str(third.public_id)})
    assert where(xiaoman) == into


def test_teacher_releases_nobody(client, teacher, xiaoman):
    client.force_login(teacher)
    assert client.get(f"/school/children/{xiaoman.public_id}/").context["administers"] is False
    assert client.post(release_page(xiaoman)).status_code == 404
    assert Transfer.objects.count() == 0
