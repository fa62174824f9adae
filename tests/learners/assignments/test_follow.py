"""A class's page: not yet first, nobody ranked, the file equal to the screen."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from learners.assignments import assigning, follow_views, following
from learners.assignments.models import Reminder
from learners.schools import touching
from learners.schools.models import PersonalDataRead
from tests.conftest import person
from tests.learners.assignments.conftest import finish, start, wish
from tests.learners.schools.conftest import make_child, make_guardian


@pytest.fixture
def family(mother, third, course, assignment):
    """One of each: 陈小满 waits, 李乐 learns, 王一 has nobody, 赵二 is done."""
    father, other = person("李爸"), person("赵妈")
    make_guardian(father, make_child(third, "李乐"), "father")
    make_guardian(other, make_child(third, "赵二"), "mother")
    make_child(third, "王一", phones=[("+8613800138009", "mother")])
    touching.touch([third.pk])
    start(father, course)
    finish(other, course)
    return assignment


def where(assignment, third):
    return f"/school/assignments/{assignment.public_id}/classes/{third.public_id}/"


def test_every_child_stands_under_its_state(family, third):
    by_state = following.by_state(following.rows(family, third))
    names = {state: [row.name for row in rows] for state, rows in by_state.items()}
    assert names == {
        "waiting": ["陈小满"],
        "learning": ["李乐"],
        "absent": ["王一"],
        "done": ["赵二"],
    }


def test_page_begins_with_who_has_not_started_and_is_logged(client, teacher, family, third):
    client.force_login(teacher)
    page = client.get(where(family, third)).content.decode()
    assert [name in page for name in ("陈小满", "李乐", "王一", "赵二")] == [
        True,
        False,
        False,
        False,
    ]
    read = PersonalDataRead.objects.get()
    assert (read.user, read.what, read.children, read.school_class) == (teacher, "roster", 4, third)


def test_group_message_names_nobody(family, third):
    rows = following.rows(family, third)
    message = follow_views.group_message(family, third, following.counts(rows))
    assert message.startswith(
        "三年级2班的家长们好：《手机与孩子：立规矩，不伤感情》请在11月30日前学完。"
    )
    assert [row.name for row in rows if row.name in message] == []


def test_file_is_what_the_screen_says_and_runs_nothing(client, teacher, family, third):
    make_child(third, "=HYPERLINK(1)")
    client.force_login(teacher)
    answer = client.get(where(family, third) + "?format=xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    lines = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
    assert [line[:2] for line in lines] == [
        ["陈小满", "还没开始"], ["李乐", "在学"], ["'=HYPERLINK(1)", "未加入"], ["王一", "未加入"],
        ["赵二", "已完成"],
    ]  # fmt: skip
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert kinds - {"inlineStr", "s", "n"} == set()
    assert PersonalDataRead.objects.get().what == "export"


def test_link_for_another_app_opens_without_signing_in_for_ten_minutes(
    client, teacher, family, third, now, monkeypatch
):
    client.force_login(teacher)
    page = client.get(where(family, third), headers={"user-agent": "MicroMessenger/8"})
    link = page.context["outside"]
    client.logout()
    assert client.get(link).headers["Content-Type"].endswith("spreadsheetml.sheet")
    assert client.get(link[:-3] + "xx/").status_code == 404
    late = __import__("time").time() + 601
    monkeypatch.setattr("django.core.signing.time.time", lambda: late)
    assert client.get(link).status_code == 404


def test_link_dies_with_the_appointment(client, teacher, family, third):
    client.force_login(teacher)
    link = client.get(where(family, third)).context["outside"]
    teacher.appointments.all().delete()
    client.logout()
    assert client.get(link).status_code == 404


@pytest.mark.parametrize("children", [1, 20])
def test_page_costs_the_same_for_one_child_and_for_twenty(
    client, teacher, third, course, lessons, django_assert_num_queries, children
):
    for n in range(children):
        make_guardian(person(f"家长{n}", f"+86138001381{n:02}"), make_child(third, f"孩子{n}"))
    given = assigning.assign(teacher, wish(course, school=third.school, classes=[third]))
    client.force_login(teacher)
    with django_assert_num_queries(15):
        client.get(where(given, third))


def test_reminded_family_says_so(client, teacher, family, third, xiaoman, now):
    Reminder.objects.create(
        assignment=family, school_class=third, child=xiaoman, phone_hash="x", masked="138",
        day=now.at.date(), send_at=now.at, sent_at=now.at - timedelta(days=4), messages=1,
        state=Reminder.State.SENT,
    )  # fmt: skip
    client.force_login(teacher)
    assert "11月20日提醒过" in client.get(where(family, third)).content.decode()
