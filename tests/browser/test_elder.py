"""A grandfather in elder mode with text of twice the size, from looking round to his paper."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import DOUBLE, overflow
from tests.browser.test_certificates import finish_the_course
from tests.browser.test_journeys import COURSE, SECOND, answer_quiz, length, until

pytestmark = pytest.mark.browser

GRANDFATHER = "13800138108"


def look(phone, name):
    """A picture, nothing for axe, and no pushing sideways."""
    phone.step(name)
    assert overflow(phone.page) <= 0, name


def test_grandfather_learns_in_elder_mode_with_large_text(phone, school):
    page = phone.page
    phone.context.add_init_script(DOUBLE)
    phone.open("/")
    page.click("[data-elder-toggle]")
    assert page.get_attribute("[data-elder-toggle]", "aria-pressed") == "true"
    look(phone, "home")
    page.click("nav.tabs >> text=课程")
    page.wait_for_url("**/courses/")
    look(phone, "courses")
    page.click(f"main a[href$='{COURSE}']")
    page.wait_for_url(f"**{COURSE}")
    look(phone, "course")
    phone.open(f"/account/sign-in/?next={SECOND}")
    phone.sign_in(GRANDFATHER)
    assert length(page) > 0
    look(phone, "lesson")
    page.evaluate("document.querySelector('video').play()")
    until(page, "() => document.querySelector('video').currentTime >= 4")
    page.evaluate("document.querySelector('video').pause()")
    look(phone, "lesson-playing")
    answer_quiz(page)
    expect(page.locator("[data-result]")).to_be_visible()
    look(phone, "quiz-result")
    phone.open("/learn/")
    expect(page.locator("main")).to_contain_text("手机与孩子")
    look(phone, "learn")
    finish_the_course(school, f"+86{GRANDFATHER}")
    phone.open(COURSE)
    page.click("[data-course] a:has-text('证书')")
    page.fill("input[name=name]", "陈建国")
    look(phone, "name")
    page.click("main button[type=submit]")
    expect(page.locator(".sheet .holder")).to_have_text("陈建国")
    look(phone, "certificate")
    page.click("text=更正姓名")
    page.fill("input[name=name]", "陈建郭")
    look(phone, "correct-the-name")
    page.click("main button[type=submit]")
    expect(page.locator(".sheet .holder")).to_have_text("陈建郭")
    page.click("text=看看别人查到什么")
    expect(page.locator("main")).to_contain_text("陈*郭")
    look(phone, "what-others-see")
