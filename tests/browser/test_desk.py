"""An expert orders a course, looks at it as parents do and hands it in; an editor approves."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.school import ROOT

pytestmark = pytest.mark.browser


class Desk:
    """A person at a desktop, in the admin; our part of each page pleases axe."""

    def __init__(self, chromium, school, login):
        self.school, self.login, self.clicks, self.steps = school, login, 0, 0
        self.context = chromium.new_context(
            viewport={"width": 1280, "height": 900}, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        self.page = self.context.new_page()
        self.page.goto(f"{school.url}/account/staff/")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", school.password(login))
        self.click("main button[type=submit]")
        self.page.wait_for_url("**/admin/")

    def click(self, what):
        self.clicks += 1
        self.page.locator(what).first.click()

    def step(self, name):
        self.steps += 1
        folder = ROOT / "var" / "screenshots" / "course_desk"
        folder.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=folder / f"{self.login}-{self.steps:02d}-{name}.png")
        found = Axe().run(self.page, context=".desk")
        assert found.violations_count == 0, found.generate_report()


@pytest.fixture
def at_the_desk(chromium, school):
    opened = []

    def sit_down(login):
        opened.append(Desk(chromium, school, login))
        return opened[-1]

    yield sit_down
    for desk in opened:
        desk.context.close()


def lessons_for_parents(phone):
    phone.open("/courses/teen-talk/")
    links = phone.page.locator("main ol a[href^='/courses/teen-talk/']")
    return [link.get_attribute("href") for link in links.all()]


def test_course_goes_from_the_experts_desk_to_parents_as_a_whole(at_the_desk, phone_of):
    before = lessons_for_parents(phone_of())
    expert = at_the_desk("expert")
    page = expert.page
    expert.click("a[href='/admin/desk/']")
    expert.step("my-courses")
    expert.click(".desk td a:has-text('和青春期的孩子好好说话')")
    address = page.url
    expert.click("button[name=by][value='1']")
    page.wait_for_url("**#lessons")
    expert.step("desk")
    expert.click(".desk a[href*='/preview/']")
    expect(page.frame_locator(".desk iframe").first.locator("h1")).to_be_visible()
    expert.step("preview")
    page.goto(address)
    page.fill(".hand-in [name=news]", "课时换了顺序，先读懂再开口。")
    expert.click(".hand-in button[type=submit]")
    expect(page.locator("#in-review")).to_be_visible()
    expert.step("in-review")
    assert lessons_for_parents(phone_of()) == before

    editor = at_the_desk("editor")
    editor.page.goto(address)
    editor.step("to-decide")
    editor.click("button[name=action][value=approve]")
    expect(editor.page.locator("#hand-in")).to_be_visible()
    editor.step("decided")
    first, second, *rest = before
    assert lessons_for_parents(phone_of()) == [second, first, *rest]
    assert (expert.clicks, editor.clicks) == (6, 2)
