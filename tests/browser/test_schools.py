"""From the QR to the child, and from the school's own list to who has joined: with pictures."""

import re

import pytest

from tests.learners.schools.roster import books

pytestmark = pytest.mark.browser

TEACHER, MOTHER = "13800138010", "13800138203"


def class_page(phone):
    """The teacher's only class."""
    phone.open("/account/sign-in/?next=/school/")
    phone.sign_in(TEACHER)
    phone.step("home")
    phone.page.click("ul.list a")
    phone.page.wait_for_selector(".class-code")


def test_parent_scans_the_code_and_joins(phone_of):
    teacher = phone_of()
    class_page(teacher)
    teacher.step("class")
    code = teacher.page.inner_text(".class-code")
    teacher.page.click("text=打印海报")
    teacher.step("poster")

    parent = phone_of("parent_scans_the_code_and_joins_as_parent")
    parent.open(f"/join/{code}/")
    parent.step("landing")
    parent.page.click("main a.button")
    parent.sign_in(MOTHER)
    offer = parent.page.locator("section.choice-card")
    masked = offer.locator("h2").inner_text()
    assert re.search(r"^.\*", masked)
    parent.step("offer")
    offer.locator("[name=consent]").check()
    offer.locator("button").click()
    parent.page.wait_for_selector("p.note")
    parent.step("joined")
    parent.open("/learn/children/")
    assert parent.page.locator("ul.list li").count() == 1
    parent.step("children")


def test_teacher_imports_the_list_of_the_class(phone, tmp_path):
    page = phone.page
    class_page(phone)
    before = int(re.search(r"\d+", page.inner_text(".big-line")).group())
    row = ["三年级", "2班", "G1", "新同学", "高山", "13800138950", "父亲", "2018-01"]
    file = tmp_path / "花名册.xlsx"
    file.write_bytes(books.plain_book(row))
    page.click("text=导入新的花名册")
    phone.step("upload")
    page.set_input_files("input[type=file]", file)
    page.click("main button[type=submit]")
    page.wait_for_selector("form.actions button", timeout=30_000)
    phone.step("checked")
    page.click("form.actions button")
    page.wait_for_selector("text=完成", timeout=30_000)
    phone.step("applied")
    page.click("nav.crumbs a >> nth=-1")
    page.wait_for_selector(".class-code")
    after = int(re.search(r"\d+", page.inner_text(".big-line")).group())
    assert after == before + 1
