"""Finding: the box suggests while one types, what is found is narrowed, nothing found is no end."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import DOUBLE, ELDER, overflow

pytestmark = pytest.mark.browser


def typed(phone, text):
    """Types into the box, and waits for what it suggests."""
    phone.page.fill("[data-suggest]", "")
    phone.page.locator("[data-suggest]").press_sequentially(text)
    expect(phone.page.locator("#suggestions li").first).to_be_visible()


def fits(page):
    """The list under the box lies within the screen."""
    box = page.locator("#suggestions").bounding_box()
    return box["x"] >= 0 and box["x"] + box["width"] <= page.evaluate(
        "document.documentElement.clientWidth"
    )


def test_parent_takes_a_suggestion_with_the_keyboard(phone):
    page = phone.page
    phone.open("/search/")
    typed(phone, "手机")
    phone.shot("suggestions", full_page=False)
    phone.accessible()
    page.keyboard.press("ArrowDown")
    chosen = page.locator("#suggestions [aria-selected=true]")
    assert page.get_attribute("[data-suggest]", "aria-activedescendant") == chosen.get_attribute(
        "id"
    )
    address = chosen.get_attribute("data-url")
    phone.accessible()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != f"{phone.school.url}/search/")
    assert address in page.url or page.url.endswith(address)
    phone.step("where-it-leads")


def test_escape_closes_the_list_and_enter_searches_what_was_typed(phone):
    page = phone.page
    phone.open("/search/")
    typed(phone, "手机")
    page.keyboard.press("Escape")
    expect(page.locator("#suggestions")).to_be_hidden()
    assert page.get_attribute("[data-suggest]", "aria-expanded") == "false"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    expect(page.locator("main")).to_contain_text("手机与孩子")
    phone.step("found")


def test_chosen_age_is_in_sight_at_once(phone):
    phone.open("/search/?q=孩子&age=16-18")
    chosen = phone.page.locator(".ages [aria-current]")
    assert chosen.count() == 1
    box, width = chosen.bounding_box(), phone.page.evaluate("document.documentElement.clientWidth")
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


def test_parent_narrows_what_was_found_and_takes_it_back(phone):
    page = phone.page
    phone.open("/search/?q=孩子")
    everything = found(page)
    page.click(".ages a:has-text('7—12岁')")
    page.wait_for_url("**age=7-12**")
    phone.step("one-age")
    of_age = found(page)
    page.click("summary:has-text('更多筛选')")
    phone.step("more-filters")
    page.click(".after-facets a:has-text('文章')")
    page.wait_for_url("**kind=article**")
    expect(page.locator(".chosen a")).to_have_count(1)
    phone.step("and-one-kind")
    articles = found(page)
    assert everything > of_age > articles > 0
    page.click("text=清空筛选")
    page.wait_for_url(lambda url: "kind=" not in url and "age=" not in url)
    assert found(page) == everything


def found(page):
    """How many the page says were found."""
    return int("".join(c for c in page.inner_text(".found") if c.isdigit()))


def test_nothing_found_offers_what_to_do(phone):
    phone.open("/search/?q=量子色动力学")
    phone.step("nothing")
    assert phone.page.locator(".empty .chips a").count() > 0


@pytest.mark.parametrize(
    ("look", "options", "script"),
    [
        ("dark", {"color_scheme": "dark"}, ""),
        ("elder", {}, ELDER),
        ("large", {}, DOUBLE),
    ],
)
def test_suggestions_fit_every_look(phone_of, look, options, script):
    phone = phone_of(f"suggestions_{look}", **options)
    if script:
        phone.context.add_init_script(script)
    phone.open("/search/")
    typed(phone, "手机")
    phone.shot("suggestions", full_page=False)
    assert fits(phone.page)
    phone.accessible()
    phone.open("/search/?q=手机&age=7-12")
    assert overflow(phone.page) <= 0
    phone.step("found")
