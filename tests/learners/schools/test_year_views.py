"""The page of a school's year: proposed, corrected, shown, carried out, undone."""

from datetime import date

import pytest
from django.db import transaction

from learners.schools.models import (
    Child,
    ClassChange,
    ClassMembership,
    PersonalDataRead,
    SchoolClass,
)
from learners.schools.year_views import IN_THE_WAY
from tests.learners.schools.conftest import make_child, make_class

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def worker(settings, monkeypatch):
    """Tasks run at once, on the day of the cast; a test's own transaction is never committed."""
    monkeypatch.setattr(transaction, "on_commit", lambda work: work())
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: TODAY)
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def as_head(client, head):
    client.force_login(head)
    return client


@pytest.fixture
def old_class(school):
    own = make_class(school, "三年级2班", 3, 2025)
    make_child(own, "陈小满")
    return own


def year_of(school):
    return f"/school/schools/{school.public_id}/year/"


def told(own, what="move", name="四年级2班"):
    return {f"what{own.pk}": what, f"name{own.pk}": name, f"teachers{own.pk}": "on"}


def test_from_the_proposal_to_the_new_classes_and_back(as_head, school, old_class):
    text = as_head.get(year_of(school)).content.decode()
    assert [word in text for word in ("三年级2班", "四年级2班")] == [True, True]
    page = as_head.get(f"/school/schools/{school.public_id}/")
    assert page.context["left"] == 1
    address = as_head.post(year_of(school), told(old_class))["Location"]
    change = ClassChange.objects.get()
    assert address == f"/school/changes/{change.public_id}/"
    page = as_head.get(address)
    assert (page.context["ready"], page.context["lines"][0]["name"]) == (True, "四年级2班")
    assert ClassMembership.objects.get().school_class == old_class
    as_head.post(f"{address}apply/")
    page = as_head.get(address)
    assert (page.context["can_undo"], page.context["lines"][0]["moving"]) == (True, 1)
    fourth = SchoolClass.objects.get(year=2026)
    assert Child.objects.in_class(fourth).count() == 1
    # A second tap changes nothing.
    as_head.post(f"{address}apply/")
    assert ClassMembership.objects.count() == 2
    text = as_head.get(year_of(school)).content.decode()
    assert address in text
    years = f"/school/schools/{school.public_id}/years/2025/"
    assert years in text
    assert [(own.name, own.children) for own in as_head.get(years).context["classes"]] == [
        ("三年级2班", 1)
    ]
    assert as_head.post(f"{address}undo/")["Location"] == address
    assert ClassMembership.objects.get().school_class == old_class
    as_head.post(f"{address}undo/")
    change.refresh_from_db()
    assert change.state == "undone"


def test_correction_is_kept_and_a_class_may_wait(as_head, school, old_class):
    other = make_class(school, "三年级1班", 3, 2025)
    named = told(old_class, name="四（3）班") | told(other, "stay")
    page = as_head.get(as_head.post(year_of(school), named)["Location"])
    assert [(line["source"], line["name"]) for line in page.context["lines"]] == [
        ("三年级2班", "四年级3班")
    ]
    twice = told(old_class) | told(other)
    page = as_head.get(as_head.post(year_of(school), twice)["Location"])
    assert (page.context["ready"], "四年级2班" in page.context["blockers"][0]) == (False, True)
    page = as_head.get(as_head.post(year_of(school), twice | {"together": "on"})["Location"])
    assert page.context["ready"] is True
    empty = as_head.post(year_of(school), told(old_class, name="") | told(other, "leave"))
    assert as_head.get(empty["Location"]).context["blockers"] == [
        str(IN_THE_WAY["name"]).format(name="三年级2班")
    ]


def test_what_changed_meanwhile_is_shown_again(as_head, school, old_class):
    address = as_head.post(year_of(school), told(old_class))["Location"]
    make_child(old_class, "李乐乐")
    assert as_head.get(address).context["stale"] is True
    as_head.post(f"{address}apply/")
    change = ClassChange.objects.get()
    assert (change.state, change.counts["moved"]) == ("checked", 2)
    as_head.post(f"{address}apply/")
    assert ClassMembership.objects.filter(school_class__year=2026).count() == 2


def test_change_is_thrown_away_before_and_not_after(as_head, school, old_class):
    address = as_head.post(year_of(school), told(old_class))["Location"]
    assert as_head.post(f"{address}discard/")["Location"] == year_of(school)
    assert ClassChange.objects.count() == 0
    address = as_head.post(year_of(school), told(old_class))["Location"]
    as_head.post(f"{address}apply/")
    as_head.post(f"{address}discard/")
    assert ClassChange.objects.get().state == "applied"


def test_in_summer_the_coming_year_is_prepared_and_waits(
    as_head, school, old_class, third, monkeypatch
):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2027, 8, 30))
    SchoolClass.objects.filter(pk=old_class.pk).update(archived_at="2026-09-02T00:00Z")
    page = as_head.get(as_head.post(year_of(school), told(third))["Location"])
    assert (page.context["ready"], len(page.context["blockers"])) == (False, 1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: date(2027, 9, 1))
    change = ClassChange.objects.get()
    assert as_head.get(f"/school/changes/{change.public_id}/").context["ready"] is True


def test_classes_are_put_together_and_split(as_head, school, third, other_class, xiaoman):
    lele = make_child(third, "李乐乐")
    merge = f"/school/schools/{school.public_id}/year/together/"
    one = {"classes": [str(third.public_id)], "name": "三年级2班"}
    assert as_head.post(merge, one).context["form"].errors.keys() == {"classes"}
    both = [str(third.public_id), str(other_class.public_id)]
    address = as_head.post(merge, {"classes": both, "name": "三（2）班"})["Location"]
    as_head.post(f"{address}apply/")
    assert SchoolClass.objects.this_year().get() == third
    split = f"/school/classes/{third.public_id}/split/"
    page = as_head.get(split)
    assert "李乐乐" in page.content.decode()
    assert PersonalDataRead.objects.get().children == 2
    going = {"children": [str(lele.public_id)], "name": "三年级2班"}
    assert as_head.post(split, going).context["form"].errors.keys() == {"name"}
    address = as_head.post(split, going | {"name": "三5班"})["Location"]
    as_head.post(f"{address}apply/")
    assert Child.objects.in_class(SchoolClass.objects.get(name="三年级5班")).get() == lele
    close = f"/school/classes/{third.public_id}/close/"
    page = as_head.get(as_head.post(close)["Location"])
    assert (page.context["ready"], len(page.context["blockers"])) == (False, 1)


def test_community_has_no_split(client, community, city_admin):
    own = make_class(community, "滨江一班", None)
    client.force_login(city_admin)
    assert client.get(f"/school/classes/{own.public_id}/split/").status_code == 404
    receive = f"/school/schools/{community.public_id}/receive/"
    assert client.get(receive).status_code == 404


@pytest.mark.parametrize("classes", [1, 30])
def test_pages_have_constant_queries(as_head, school, classes, django_assert_num_queries):
    for number in range(classes):
        make_child(make_class(school, f"三年级{number + 1}班", 3, 2025))
    with django_assert_num_queries(8):
        page = as_head.get(year_of(school))
    form = page.context["form"]
    named = {field.html_name: field.value() for field in form if field.value()}
    address = as_head.post(year_of(school), named)["Location"]
    with django_assert_num_queries(8):
        assert len(as_head.get(address).context["lines"]) == classes
