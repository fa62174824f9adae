"""An expert orders a course, looks at it as parents do and hands it in; an editor approves."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


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
    page.wait_for_url("**#lesson-*")
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
