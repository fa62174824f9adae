"""School, district and city at a desk: the year turned and turned back, a child sent to another
school, appointments, who read what, one device for many, and what reminders may cost."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.looks import overflow, play_the_role
from tests.browser.school import DESKTOP

pytestmark = pytest.mark.browser
NARROW = {"viewport": {"width": 360, "height": 780}, "is_mobile": True, "has_touch": True}
STAGE = "from tests.browser import administrators; administrators.show()"


@pytest.fixture(scope="module")
def ground(school):
    return json.loads(school.manage("shell", "-v", "0", "-c", STAGE).splitlines()[-1])


@pytest.fixture
def desk_of(phone_of, school, ground):
    """A browser of somebody who has signed in: at a desk, or on a phone."""

    def make(role, journey, **options):
        desk = phone_of(journey, **{**DESKTOP, "is_mobile": False, "has_touch": False, **options})
        play_the_role(desk.context, school.url, ground["sessions"], role)
        return desk

    return make


def fits(desk, name):
    assert overflow(desk.page) <= 0
    desk.step(name)


def test_year_is_tried_carried_out_and_undone(desk_of, ground):
    desk = desk_of("school", "year")
    page = desk.page
    desk.open(f"/school/schools/{ground['values']['school']}/")
    expect(page.locator(".note.wait")).to_contain_text("没有升班")
    fits(desk, "school")
    page.click(".note.wait a")
    expect(page.locator(".turns legend")).to_have_text(["四年级6班"])
    fits(desk, "proposal")
    page.click("main form.wide button[type=submit]")
    expect(page.locator("table.roster tbody tr")).to_contain_text(["→ 五年级6班"])
    fits(desk, "dry-run")
    page.click("form.actions button")
    expect(page.locator("p.note[role=status]")).to_contain_text("已完成", timeout=60_000)
    fits(desk, "done")
    page.click("main form[action$='/undo/'] button")
    expect(page.locator("p.note[role=status]")).to_contain_text("已撤销", timeout=60_000)
    fits(desk, "undone")
    desk.open(f"/school/classes/{ground['values']['old']}/")
    expect(page.locator("main")).to_contain_text("何田")


def test_child_goes_to_another_school_by_code(desk_of, ground):
    old, new = desk_of("school", "transfer-old"), desk_of("new_school", "transfer-new")
    old.open(f"/school/classes/{ground['values']['old']}/")
    old.page.click("main a:has-text('秋实')")
    fits(old, "child")
    old.page.click("main a[href$='/release/']")
    fits(old, "release")
    old.page.click("main form button[type=submit]")
    code = old.page.inner_text("p.class-code")
    fits(old, "code")
    new.open(f"/school/schools/{ground['values']['new']}/receive/")
    new.page.fill("[name=code]", code)
    new.page.fill("[name=name]", "秋十")
    new.page.select_option("[name=school_class]", label=ground["into"])
    new.page.click("main form button[type=submit]")
    expect(new.page.locator(".errorlist").first).to_be_visible()
    fits(new, "wrong-name")
    new.page.fill("[name=name]", "秋实")
    new.page.click("main form button[type=submit]")
    expect(new.page.locator("main")).to_contain_text("秋实")
    fits(new, "received")
    old.page.reload()
    expect(old.page.locator("h1")).not_to_contain_text("秋实")


def test_city_appoints_and_ends(desk_of):
    desk = desk_of("city", "appointments")
    page = desk.page
    desk.open("/school/appointments/")
    page.fill("[name=name]", "何主任")
    page.fill("[name=phone]", "13800138830")
    page.select_option("[name=role]", "school")
    page.fill("[name=school]", "DHL01")
    fits(desk, "form")
    page.click("aside form button[type=submit]")
    expect(page.locator("p.note")).to_contain_text("已任命")
    given = page.locator("ul.list > li", has_text="何主任")
    expect(given).to_contain_text("东湖路小学")
    fits(desk, "given")
    given.locator("button").click()
    expect(page.locator("p.note")).to_contain_text("任命已结束")
    page.click("main a:has-text('已结束的任命')")
    expect(page.locator("ul.list > li", has_text="何主任")).to_have_count(1)
    fits(desk, "over")


def test_access_log_says_who_looked(desk_of, ground):
    desk = desk_of("school", "access-log")
    desk.open(f"/school/classes/{ground['values']['old']}/")
    desk.open("/school/access-log/")
    expect(desk.page.locator("table.roster tbody tr").first).to_contain_text("四年级6班")
    fits(desk, "today")
    desk.page.fill("[name=reader]", "没有这个人")
    desk.page.click("main form button[type=submit]")
    expect(desk.page.locator("main")).to_contain_text("这些天没有人查阅")
    fits(desk, "nobody")


@pytest.mark.parametrize("look", ["desk", "phone"])
def test_school_is_asked_about_one_device(desk_of, ground, look):
    desk = desk_of("school", f"one-device-{look}", **(NARROW if look == "phone" else {}))
    desk.open(f"/school/schools/{ground['values']['school']}/")
    desk.page.click("main .actions a:has-text('一部设备，多人学完？')")
    expect(desk.page.locator("table.roster tbody tr")).to_have_count(5)
    expect(desk.page.locator("main")).to_contain_text("这是提问，不是结论")
    expect(desk.page.locator("main")).not_to_contain_text("李雨桐")
    fits(desk, "asked")


def test_city_sets_what_reminders_may_cost(desk_of, ground, school):
    desk = desk_of("city", "reminder-rules")
    page = desk.page
    desk.open("/school/")
    page.click("main a:has-text('短信提醒')")
    fits(desk, "rules")
    page.fill("[name=price]", "0.05")
    page.fill("[name=monthly]", "1")
    page.fill("[name=evening]", "22:00")
    page.click("main form button[type=submit]")
    expect(page.locator(".errorlist")).to_have_text(["晚上 21:00 以后不能发提醒。"])
    fits(desk, "wrong")
    page.fill("[name=evening]", "20:00")
    page.click("main form button[type=submit]")
    expect(page.locator("p.note")).to_contain_text("已保存")
    fits(desk, "kept")
    teacher = desk_of("teacher", "reminder-rules-teacher")
    teacher.open(ground["values"]["follow"])
    expect(teacher.page.locator("main")).to_contain_text("全市本月只剩 1 条")
    fits(teacher, "too-dear")
    page.fill("[name=monthly]", "")
    page.click("main form button[type=submit]")
    teacher.page.reload()
    expect(teacher.page.locator("main")).to_contain_text("元。")
    fits(teacher, "price")


def test_wide_tables_of_figures(desk_of, ground):
    desk = desk_of("city", "wide-tables")
    desk.open("/statistics/assignments/")
    fits(desk, "assignments")
    desk.open(ground["values"]["figures"])
    expect(desk.page.locator(".wide table.figures-table")).to_be_visible()
    fits(desk, "districts")
    desk.page.click("table.figures-table tbody a >> nth=0")
    fits(desk, "schools")


def test_file_inside_wechat_is_an_address_to_open_outside(desk_of, ground):
    phone = desk_of("city", "file-wechat", **NARROW, user_agent="MicroMessenger/8.0")
    page = phone.page
    phone.open(ground["values"]["figures"])
    fits(phone, "figures")
    page.click("main form[action$='/files/'] button[value=classes]")
    address = page.locator("#outside")
    expect(address).to_be_visible(timeout=60_000)
    fits(phone, "address")
    answer = page.request.get(address.input_value(), headers={"cookie": ""})
    assert (answer.status, answer.body()[:2]) == (200, b"PK")
