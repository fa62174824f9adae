"""From the QR to the child, and from the school's own list to who has joined: with pictures."""

import re

import pytest

from tests.learners.schools.roster import books

pytestmark = pytest.mark.browser

# Each journey signs in with a number of its own: a code is sent once a minute.
TEACHER, OTHER_TEACHER, MOTHER = "13800138010", "13800138012", "13800138960"


def class_page(phone, teacher):
    """The teacher's only class."""
    phone.open("/account/sign-in/?next=/school/")
    phone.sign_in(teacher)
    phone.step("home")
    phone.page.click("ul.list a")
    phone.page.wait_for_selector(".class-code")


def test_parent_scans_the_code_and_joins(phone_of):
    teacher = phone_of()
    class_page(teacher, TEACHER)
    teacher.page.click(".head a[href$='/children/add/']")
    teacher.page.fill("[name=name]", "林小雨")
    teacher.page.fill("[name=phone1]", MOTHER)
    teacher.step("child")
    teacher.page.click("main form button[type=submit]")
    teacher.page.wait_for_selector(".class-code")
    teacher.step("class")
    code = teacher.page.inner_text(".class-code")
    teacher.page.click("a[href$='/poster/']")
    teacher.step("poster")

    parent = phone_of("parent_scans_the_code_and_joins_as_parent")
    parent.open(f"/join/{code}/")
    parent.step("landing")
    parent.page.click("main a.button")
    parent.sign_in(MOTHER)
    offer = parent.page.locator("section.choice-card")
    masked = offer.locator("h2").inner_text()
    assert ("林*雨" in masked, "林小雨" in parent.page.content()) == (True, False)
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
    class_page(phone, OTHER_TEACHER)
    before = int(re.search(r"\d+", page.inner_text(".big-line")).group())
    row = ["三年级", "1班", "G1", "新同学", "高山", "13800138950", "父亲", "2018-01"]
    file = tmp_path / "花名册.xlsx"
    file.write_bytes(books.plain_book(row))
    page.click("aside a[href$='/import/']")
    phone.step("upload")
    page.set_input_files("input[type=file]", file)
    page.click("main button[type=submit]")
    page.wait_for_selector("form.actions button", timeout=30_000)
    phone.step("checked")
    page.click("form.actions button")
    page.wait_for_selector(".figures + section, .figures", timeout=30_000)
    page.wait_for_function("!document.querySelector('form.actions, progress')", timeout=30_000)
    phone.step("applied")
    page.click("nav.crumbs a >> nth=-1")
    page.wait_for_selector(".class-code")
    after = int(re.search(r"\d+", page.inner_text(".big-line")).group())
    assert after == before + 1
