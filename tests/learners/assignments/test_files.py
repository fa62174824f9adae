"""Workbooks of figures: at once when short, by a task when long, for whoever asked alone."""

from io import BytesIO

import pytest
from django.http import Http404
from openpyxl import load_workbook

from learners.assignments import assigning, files, tasks
from learners.assignments.models import FigureFile
from learners.schools.models import StaffAppointment
from tests.learners.assignments.conftest import finish, wish

FILES = "/statistics/assignments/files/"
WECHAT = {"HTTP_USER_AGENT": "Mozilla/5.0 MicroMessenger/8.0"}


@pytest.fixture
def broad(city_head, course, lessons, mother, stranger):
    given = assigning.assign(city_head, wish(course, "city"))
    assigning.prepare(given)
    finish(mother, course)
    return given


@pytest.fixture
def long_ones(monkeypatch):
    monkeypatch.setattr(files, "SHORT", 0)


def ask(client, user, given, rows="classes", headers=None, **told):
    client.force_login(user)
    return client.post(
        FILES, {"assignment": given.public_id, "rows": rows, **told}, **headers or {}
    )


def lines(content):
    sheet = load_workbook(BytesIO(content)).active
    return [row[:8] for row in sheet.iter_rows(min_row=4, values_only=True)]


EVERY_CLASS = [
    ("万州区", "石门小学", "小学", "三年级2班", 1, 1, 0, 0),
    ("江北区", "江湾小学", "小学", "三年级2班", 1, 1, 1, 1),
]


def test_short_file_is_answered_at_once(client, city_head, broad):
    assert lines(ask(client, city_head, broad).content) == EVERY_CLASS
    assert FigureFile.objects.count() == 0


def test_file_has_the_place_and_the_filters_of_the_page(client, city_head, broad, district):
    assert lines(ask(client, city_head, broad, district=district.code).content) == EVERY_CLASS[1:]
    assert lines(ask(client, city_head, broad, kind="junior").content) == []
    assert lines(ask(client, city_head, broad, grade=3).content) == EVERY_CLASS


def test_file_of_a_course_adds_its_assignments(client, city_head, broad, course):
    client.force_login(city_head)
    answer = client.post(FILES, {"course": course.pk, "rows": "places"})
    assert answer.headers["Content-Type"].endswith("spreadsheetml.sheet")


@pytest.mark.usefixtures("long_ones")
def test_long_file_is_made_by_a_task_and_fetched_by_a_signed_address(client, city_head, broad):
    page = client.get(ask(client, city_head, broad).headers["Location"])
    assert page.context["file"].is_ready is False
    tasks.make_file.func(FigureFile.objects.get().pk)
    page = client.get(page.request["PATH_INFO"])
    assert page.context["file"].wanted == 2
    client.logout()
    assert lines(client.get(page.context["address"]).content) == EVERY_CLASS


@pytest.mark.usefixtures("long_ones")
def test_file_is_for_whoever_asked_alone(client, city_head, district_head, broad):
    address = ask(client, city_head, broad).headers["Location"]
    client.force_login(district_head)
    assert client.get(address).status_code == 404
    assert client.get(f"{FILES}forged:1:2/fetch/").status_code == 404


@pytest.mark.usefixtures("long_ones")
def test_address_ends_after_ten_minutes(client, city_head, broad, monkeypatch):
    address = ask(client, city_head, broad).headers["Location"]
    tasks.make_file.func(FigureFile.objects.get().pk)
    signed = client.get(address).context["address"]
    assert client.get(signed).status_code == 200
    monkeypatch.setattr("learners.assignments.file_views.SIGNED_FOR", -1)
    assert client.get(signed).status_code == 404


@pytest.mark.usefixtures("long_ones")
def test_ground_of_the_moment_it_is_made_counts(client, city_head, broad):
    ask(client, city_head, broad)
    StaffAppointment.objects.all().delete()
    with pytest.raises(Http404):
        tasks.make_file.func(FigureFile.objects.get().pk)
    assert FigureFile.objects.get().failed is True


def test_foreign_place_or_nothing_asked_is_refused(client, district_head, other_district, broad):
    foreign = ask(client, district_head, broad, district=other_district.code)
    nothing = client.post(FILES, {"rows": "classes"})
    assert (foreign.status_code, nothing.status_code) == (404, 404)
    assert FigureFile.objects.count() == 0


def test_parent_asks_for_nothing(client, mother, broad):
    assert ask(client, mother, broad).status_code == 404


def test_wechat_gets_an_address_to_open_outside(client, city_head, broad):
    answer = ask(client, city_head, broad, rows="places", headers=WECHAT)
    tasks.make_file.func(FigureFile.objects.get().pk)
    page = client.get(answer.headers["Location"], **WECHAT).content.decode()
    assert "data-copy" in page


def test_files_are_forgotten(client, city_head, broad, now):
    ask(client, city_head, broad, headers=WECHAT)
    FigureFile.objects.update(asked_at=now.at)
    now.advance(hours=1)
    assert tasks.forget_files.func() == 0
    now.advance(hours=2)
    assert (tasks.forget_files.func(), FigureFile.objects.count()) == (1, 0)
