"""The pages of an import, with the worker's tasks run where they are put."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from openpyxl import load_workbook

from learners.schools.models import Child, PersonalDataRead, RosterImport
from tests.learners.schools.conftest import make_child
from tests.learners.schools.roster import books


@pytest.fixture(autouse=True)
def worker(settings, monkeypatch):
    """Tasks run at once; a test's own transaction is never committed."""
    monkeypatch.setattr(transaction, "on_commit", lambda work: work())
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def as_head(client, head):
    client.force_login(head)
    return client


def upload(client, school, data, name="花名册.xlsx"):
    file = SimpleUploadedFile(name, data)
    response = client.post(f"/school/schools/{school.public_id}/import/", {"file": file})
    roster = RosterImport.objects.latest("pk")
    assert response["Location"] == f"/school/imports/{roster.public_id}/"
    return roster, response["Location"]


def test_from_the_file_to_the_roster(as_head, school):
    roster, address = upload(as_head, school, books.title_and_two_rows_of_header())
    page = as_head.get(address)
    assert (page.context["ready"], Child.objects.count()) == (True, 0)
    text = page.content.decode()
    assert [word in text for word in ("陈小满", "身份证号", "50010520180101001X")] == [
        True, True, False
    ]  # fmt: skip
    copy = as_head.get(f"{address}checked.xlsx")
    assert load_workbook(io.BytesIO(copy.content)).sheetnames == ["Sheet1 1"]
    assert as_head.post(f"{address}apply/")["Location"] == address
    page = as_head.get(address)
    roster.refresh_from_db()
    assert (roster.state, roster.content, Child.objects.count()) == ("applied", "", 2)
    assert as_head.get(f"{address}checked.xlsx").status_code == 404
    as_head.post(f"{address}apply/")
    assert Child.objects.count() == 2
    assert set(PersonalDataRead.objects.values_list("what", flat=True)) == {"import", "export"}


def test_list_with_errors_cannot_be_applied(as_head, school):
    row = ["三年级", "2班", "", "", "陈静", "13800138001", "", ""]
    _roster, address = upload(as_head, school, books.plain_book(row))
    page = as_head.get(address)
    assert (page.context["ready"], f"{address}apply/" in page.content.decode()) == (False, False)
    as_head.post(f"{address}apply/")
    assert (Child.objects.count(), RosterImport.objects.get().state) == (0, "checked")


def test_namesakes_are_asked_about(as_head, school, third):
    twins = [make_child(third, "李乐乐", phones=[(f"+861380013800{n}", "mother")]) for n in (4, 5)]
    row = ["三年级", "2班", "", "李乐乐", "", "", "", ""]
    roster, address = upload(as_head, school, books.plain_book(row))
    form = as_head.get(address).context["answers"]
    choices = [value for value, _label in form.fields["q0"].choices]
    assert choices == [str(twins[0].pk), str(twins[1].pk), "new"]
    as_head.post(f"{address}answer/", {"q0": "999"})
    as_head.post(f"{address}answer/", {"q0": str(twins[1].pk)})
    roster.refresh_from_db()
    assert (roster.answers, roster.counts["unchanged"]) == ({"花名册!2": str(twins[1].pk)}, 1)
    assert as_head.get(address).context["ready"] is True


def test_missing_children_leave_only_when_ticked(as_head, school, third):
    gone, stays = make_child(third, "王一一"), make_child(third, "赵二二")
    _roster, address = upload(as_head, school, books.plain_book(books.XIAOMAN))
    as_head.post(f"{address}missing/", {"children": [gone.pk]})
    as_head.post(f"{address}apply/")
    assert Child.objects.in_class(third).count() == 3
    for told in ({}, {"children": [Child.objects.get(name="陈小满").pk]}):
        as_head.post(f"{address}missing/", told)
    as_head.post(f"{address}missing/", {"children": [gone.pk]})
    assert set(Child.objects.in_class(third).values_list("name", flat=True)) == {"陈小满", "赵二二"}
    listed = as_head.get(address).context["report"]["missing"]
    assert [one["id"] for one in listed] == [stays.pk]


def test_file_that_is_no_list_is_told(as_head, school):
    _roster, address = upload(as_head, school, b"\x89PNG\r\n\x1a\n\0")
    page = as_head.get(address)
    assert str(page.context["refusal"]) in page.content.decode()
    too_big = SimpleUploadedFile("a.xlsx", bytes(10 * 1024**2 + 1))
    page = as_head.post(f"/school/schools/{school.public_id}/import/", {"file": too_big})
    assert list(page.context["form"].errors) == ["file"]


def test_list_can_be_thrown_away(as_head, school):
    _roster, address = upload(as_head, school, books.plain_book(books.XIAOMAN))
    discarded = as_head.post(f"{address}discard/")
    assert discarded["Location"] == f"/school/schools/{school.public_id}/"
    assert (RosterImport.objects.count(), Child.objects.count()) == (0, 0)


def test_cells_are_escaped_on_the_page(as_head, school):
    _roster, address = upload(as_head, school, books.numbers_lost())
    page = as_head.get(address).content.decode()
    assert ("<script>alert" in page, "&lt;script&gt;alert(1)" in page) == (False, True)


def test_teacher_imports_into_the_own_class(client, teacher, third, other_class):
    client.force_login(teacher)
    file = SimpleUploadedFile("a.csv", "姓名,电话\n李乐乐,13800138003\n".encode("gbk"))
    address = client.post(f"/school/classes/{third.public_id}/import/", {"file": file})["Location"]
    client.post(f"{address}apply/")
    assert [child.name for child in Child.objects.in_class(third)] == ["李乐乐"]
    discard = client.get(address)
    assert discard.context["roster"].school_class == third


def test_rows_are_shown_page_by_page(as_head, school):
    rows = [["三年级", "2班", f"G{n:04}", f"学生{n}", "", "", "", ""] for n in range(101)]
    _roster, address = upload(as_head, school, books.plain_book(*rows))
    assert [len(as_head.get(address, {"page": n}).context["shown"]) for n in (1, 2)] == [100, 1]
