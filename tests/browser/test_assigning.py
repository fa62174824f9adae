"""A teacher gives a class a course in three taps, sees who is where, and reminds."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.looks import overflow

pytestmark = pytest.mark.browser

SCHOOL = "13800138011"  # codes are sent once a minute: the teachers sign in elsewhere
CLASS, COURSE = "三年级2班", "幼小衔接"


def number(text):
    return int(re.search(r"\d+", text).group())


def test_school_assigns_follows_up_and_reminds(phone):
    page = phone.page
    phone.open("/account/sign-in/?next=/school/")
    phone.sign_in(SCHOOL)
    page.click("ul.list a:has-text('江湾小学')")
    page.click(f"ul.list a:has-text('{CLASS}')")
    page.wait_for_selector(".class-code")
    phone.step("class")
    page.click("main a.button:has-text('布置课程')")
    phone.step("which-course")
    page.click(f"main a:has-text('{COURSE}')")
    expect(page.locator("input[name=classes]:checked + .chip")).to_contain_text(CLASS)
    page.fill("textarea[name=note]", "<b>周末</b>一起看第一课。")
    phone.step("to-whom")
    page.click("main form button[type=submit]:has-text('布置')")
    expect(page.locator(".asked-for")).to_contain_text("<b>周末</b>")
    phone.step("check")
    page.click("main form button[type=submit]:has-text('布置')")
    page.wait_for_selector("p.note")
    phone.step("assigned")
    page.click(f"main a:has-text('{CLASS}')")
    page.wait_for_selector(".states")
    phone.step("who-is-where")
    everybody = number(page.locator(".figures b").first.inner_text())
    chips = page.locator(".states .chip small").all_inner_texts()
    assert sum(map(int, chips)) == everybody
    assert page.locator(".people li").count() == int(
        page.locator(".states .chip[aria-current] small").inner_text()
    )
    compare_with_the_workbook(page, everybody)
    remind(phone)


def compare_with_the_workbook(page, everybody):
    with page.expect_download() as download:
        page.click("main a:has-text('下载表格')")
    sheet = load_workbook(BytesIO(download.value.path().read_bytes())).worksheets[0]
    cells = {cell for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    names = set(page.locator(".people b").all_inner_texts())
    assert names - cells == set()
    assert sheet.max_row > everybody


def remind(phone):
    page = phone.page
    button = page.locator("main form button:has-text('提醒这')")
    families = number(button.inner_text())
    button.click()
    page.wait_for_url("**/reminders/")
    expect(page.locator("main")).to_contain_text("提醒记录")
    assert page.locator("ul.list > li").count() >= families
    assert overflow(page) <= 0
    phone.step("reminded")
