"""Who read what of whom is there for those who answer for it, within their own ground."""

from datetime import UTC, datetime
from io import BytesIO

import pytest
from openpyxl import load_workbook

from learners.schools.models import PersonalDataRead
from tests.conftest import person

LOG = "/school/access-log/"


@pytest.fixture
def reads(teacher, school, third, foreign_class):
    """Two reads at the own school, one elsewhere that could leak, one by a closed account."""

    def read(user, own, day, children=1):
        at = datetime(2026, 11, day, 2, tzinfo=UTC)
        return PersonalDataRead.objects.create(
            user=user, what="roster", school=own.school, school_class=own, children=children,
            read_at=at,
        )  # fmt: skip

    evil = person('=HYPERLINK("http://x")')
    return [read(teacher, third, 20, 40), read(evil, third, 22), read(teacher, foreign_class, 21),
            read(None, third, 23)]  # fmt: skip


@pytest.fixture(autouse=True)
def now(monkeypatch):
    at = datetime(2026, 11, 24, 4, tzinfo=UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: at)


def shown(client, **asked):
    return [read.pk for read in client.get(LOG, asked).context["reads"]]


def test_school_reads_its_own_and_the_city_all(client, head, city_admin, district_admin, reads):
    first, second, elsewhere, closed = (read.pk for read in reads)
    expected = [
        (head, [closed, second, first]),
        (district_admin, [closed, second, first]),
        (city_admin, [closed, second, elsewhere, first]),
    ]
    for user, listed in expected:
        client.force_login(user)
        assert shown(client) == listed


def test_teacher_and_parent_read_no_log(client, teacher, chen_jing, reads):
    for user in (teacher, chen_jing):
        client.force_login(user)
        assert client.get(LOG).status_code == 404


def test_days_and_reader_are_chosen(client, head, reads):
    client.force_login(head)
    first, second, _elsewhere, closed = (read.pk for read in reads)
    assert shown(client, since="2026-11-22", until="2026-11-22") == [second]
    assert shown(client, until="2026-11-20") == [first]
    assert shown(client, reader="王老师") == [first]
    assert shown(client, since="0001-01-01", until="x") == [closed, second, first]


def test_file_holds_no_formula(client, head, reads):
    client.force_login(head)
    page = client.get(LOG, {"since": "2026-11-21", "until": "2026-11-22", "format": "xlsx"})
    assert page["Content-Disposition"] == (
        'attachment; filename="access-log-20261121-20261122.xlsx"'
    )
    sheet = load_workbook(BytesIO(page.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [(row[0], row[3], row[4], row[5]) for row in rows] == [
        ("2026-11-22 10:00:00", "江湾小学", "三年级2班", 1)
    ]
    cell = sheet.cell(row=2, column=2)
    assert (cell.data_type, cell.value.lstrip("'")) == ("s", '=HYPERLINK("http://x")')


@pytest.mark.parametrize("count", [1, 100])
def test_log_is_paginated_with_constant_queries(
    client, head, teacher, third, school, count, django_assert_num_queries
):
    at = datetime(2026, 11, 20, 2, tzinfo=UTC)
    PersonalDataRead.objects.bulk_create(
        PersonalDataRead(user=teacher, what="child", school=school, school_class=third, read_at=at)
        for _n in range(count)
    )
    client.force_login(head)
    with django_assert_num_queries(6):
        page = client.get(LOG)
    assert len(page.context["reads"]) == min(count, 60)
