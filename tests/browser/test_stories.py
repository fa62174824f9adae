"""A family's story from the first word on a phone to the public page and away again."""

import pytest
from PIL import Image

pytestmark = pytest.mark.browser
MOTHER, FATHER = "13800138121", "13800138003"
TITLE = "门背后的身高线"


@pytest.fixture
def photo(tmp_path):
    """As a phone makes it: with the place, larger than anybody needs."""
    path = tmp_path / "IMG_0001.jpg"
    picture = Image.effect_mandelbrot((2400, 1600), (-2.2, -1.3, 1.2, 1.3), 60).convert("RGB")
    exif = Image.Exif()
    exif[0x0110] = "SecretCamera"
    picture.save(path, "JPEG", exif=exif)
    return path


def written(phone):
    page = phone.page
    phone.open("/stories/")
    phone.step("public-index")
    page.click("main a[href='/learn/stories/new/']")
    phone.sign_in(MOTHER)
    page.wait_for_selector("textarea[name=text]")
    page.fill("input[name=title]", TITLE)
    page.fill("textarea[name=text]", "我叫陈小雨的那年，外公在门背后画了第一道线。")
    # The phone dies: what was typed is still there.
    page.reload()
    page.wait_for_selector("[data-restored]:not([hidden])")
    phone.step("typed-words-are-back")
    page.fill("input[name=pen_name]", "小雨妈妈")
    page.click("main button[type=submit]")


def photographed(phone, photo):
    page = phone.page
    page.wait_for_selector("input[name=photos]")
    phone.step("photos-empty")
    phone.context.set_offline(True)
    page.set_input_files("input[name=photos]", photo)
    page.click("#photos form[data-upload] button")
    page.wait_for_selector("#photos .note.bad:not([hidden])")
    phone.shot("no-network", full_page=False)
    phone.context.set_offline(False)
    page.click("#photos form[data-upload] button")
    page.wait_for_selector(".photos img")
    page.fill(".photos input[name=description]", "门背后的几道铅笔线")
    page.click(".photos form .button")
    page.wait_for_selector(".note[role=status]")
    phone.step("photo-added")


def sent(phone):
    page = phone.page
    page.click("main a[href$='/send/'].button")
    page.wait_for_selector("input[name=findings]")
    phone.step("look-and-send")
    page.click("main form button[type=submit]")
    page.wait_for_selector(".errorlist")
    phone.step("consent-is-missing")
    for name in ("findings", "people", "children", "public"):
        page.check(f"input[name={name}]")
    page.click("main form button[type=submit]")
    page.wait_for_selector(".tag.waiting")
    phone.step("sent")
    return page.url.removeprefix(phone.school.url)


def published(desk):
    page = desk.page
    desk.open("/account/staff/?next=/admin/family-stories/")
    page.fill("input[name=login]", "editor")
    page.fill("input[name=password]", desk.school.password("editor"))
    page.click("main button[type=submit]")
    page.wait_for_selector("table.listing")
    desk.shot("queue", full_page=False)
    page.click(f"text={TITLE}")
    page.wait_for_selector(".story-desk img")
    desk.shot("read")
    page.fill("textarea[name=summary]", "一扇门，一支铅笔，量着三代人的日子。")
    page.check("input[name=age_stages] >> nth=2")
    page.check("input[name=topics] >> nth=1")
    page.click("form[action$='/publish/'] button")
    page.wait_for_selector(".messages .success")


def test_stories_are_written_published_and_withdrawn(phone, phone_of, photo):
    written(phone)
    photographed(phone, photo)
    address = sent(phone)
    desk = phone_of(
        "stories_desk", viewport={"width": 1280, "height": 900}, is_mobile=False, has_touch=False
    )
    published(desk)
    page = phone.page
    phone.open("/learn/")
    phone.step("mine-tells-it")
    page.click(f"main a[href='{address}']")
    phone.step("published")
    page.click(".doing a.button")
    page.wait_for_selector(f"h1:has-text('{TITLE}')")
    phone.step("public-page")
    public = page.url
    html = page.content()
    assert [word for word in ("8121", address, "SecretCamera", "IMG_0001") if word in html] == []
    phone.open(address + "withdraw/")
    phone.step("sure")
    page.check("input[name=sure]")
    page.click("main form button[type=submit]")
    page.wait_for_selector(".tag.withdrawn")
    phone.step("withdrawn")
    assert page.request.get(public).status == 404
    phone.open("/stories/")
    assert TITLE not in page.inner_text("main")


def test_stories_are_readable_in_the_dark_and_for_elders(phone_of):
    phone = phone_of(color_scheme="dark")
    page = phone.page
    phone.open("/account/sign-in/?next=/learn/stories/")
    phone.sign_in(FATHER)
    look_around(phone, "dark")
    page.emulate_media(color_scheme="light")
    page.click("[data-elder-toggle]")
    look_around(phone, "elder")


def look_around(phone, way):
    phone.open("/learn/stories/")
    phone.step(f"{way}-my-stories")
    phone.page.click("main .list a >> nth=0")
    phone.step(f"{way}-one-story")
    phone.open("/learn/stories/new/")
    phone.step(f"{way}-write")
