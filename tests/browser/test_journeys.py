"""The main job, as people do it: each journey keeps a picture of every step in var/screenshots."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

COURSE = "/courses/phone-rules/"
FIRST = COURSE + "why-the-quarrel/"
SECOND = COURSE + "write-the-rules/"


def covered(page):
    """Whole per cent that the page says were watched."""
    return int(page.locator("[data-progress] [data-say]").inner_text().split("%")[0].split()[-1])


def until(page, condition, argument=None, seconds=90):
    """Asks again and again from outside: the page's own policy forbids evaluating texts in it."""
    for _try in range(seconds * 5):
        if page.evaluate(condition, argument):
            return
        page.wait_for_timeout(200)
    raise AssertionError(f"not within {seconds} s: {condition}")


def play(page, end, rate=2):
    """Plays from where it stands until the media second `end` is reached."""
    page.select_option("[data-speed]", str(rate))
    page.evaluate("document.querySelector('video').play()")
    until(page, "end => document.querySelector('video').currentTime >= end", end)
    page.evaluate("document.querySelector('video').pause()")


def seek(page, second):
    page.evaluate("second => { document.querySelector('video').currentTime = second }", second)
    until(page, "() => !document.querySelector('video').seeking")


def length(page):
    """Of the recording, in seconds: nothing of it is loaded before it is played."""
    return int(page.get_attribute("[data-length]", "data-length"))


def state_of(page):
    """What the school itself says of the lesson on the page."""
    return page.evaluate(
        "() => fetch(`/learn/state/${document.querySelector('[data-page]').dataset.page}/`)"
        ".then(answer => answer.json())"
    )["lesson"]


def state_when(page, holds, seconds=30):
    """The first state of which this holds, or the last: what was watched arrives a little later."""
    for _try in range(seconds * 5):
        state = state_of(page)
        if holds(state):
            break
        page.wait_for_timeout(200)
    return state


def watched(state):
    """Seconds."""
    return sum(end - begin for begin, end in state["covered"])


def sees_published(page, words, seconds=30):
    """A process looks for a purge once a second, and browsers may keep a page for a minute."""
    for _try in range(seconds):
        page.reload()
        if words in page.inner_text("main"):
            return
        page.wait_for_timeout(1000)
    raise AssertionError(f"not within {seconds} s: {words}")


def start_as(phone, number, lesson):
    phone.open(f"/account/sign-in/?next={lesson}")
    phone.sign_in(number)
    length(phone.page)


def test_parent_browses_signs_up_watches_and_finishes(phone):
    page = phone.page
    phone.slow()
    phone.open("/")
    phone.step("home")
    page.click("nav >> text=课程")
    phone.step("courses")
    page.click("main a[href$='/courses/phone-rules/']")
    phone.step("course")
    phone.open(SECOND)
    phone.step("lesson-as-guest")
    page.click("[data-progress] a.invite")
    phone.sign_in("138 0013 8101")
    assert page.url.endswith(SECOND)
    end = length(page)
    play(page, 4)
    seek(page, end - 4)
    play(page, end - 0.5)
    page.wait_for_timeout(1500)
    assert state_of(page)["completed"] is False
    phone.step("after-seeking-over-a-part")
    seek(page, 3)
    play(page, end - 3)
    expect(page.locator("[data-progress] [data-say]")).to_contain_text("小测", timeout=30_000)
    state = state_of(page)
    assert state["required"] <= watched(state)
    assert state["completed"] is False
    phone.step("watched-now-the-quiz")
    answer_quiz(page)
    expect(page.locator("[data-result]")).to_be_visible()
    phone.step("quiz-result")
    assert state_of(page)["quiz"]["best"] is not None
    phone.open("/learn/")
    expect(page.locator("main")).to_contain_text("手机与孩子")
    phone.step("learn")


def answer_quiz(page):
    """Hands in the first option of everything; right or wrong, the result is explained."""
    page.click("[data-open]")
    page.wait_for_selector("[data-questions] [data-question]")
    for question in page.locator("[data-questions] [data-question]").all():
        choices = question.locator("input")
        if choices.count():
            choices.first.check()
    page.click("[data-submit]")


def test_parent_loses_the_signal_closes_the_tab_and_loses_nothing(phone):
    start_as(phone, "13800138102", FIRST)
    page = phone.page
    end = length(page)
    play(page, 6)
    page.wait_for_timeout(1000)
    before = watched(state_of(page))
    until(page, "() => document.querySelector('video').buffered.end(0) > 18")
    phone.context.set_offline(True)
    play(page, 16, rate=1)
    expect(page.locator("[data-notices]")).to_contain_text("网络", timeout=20_000)
    phone.shot("offline")
    page.close()
    phone.context.set_offline(False)
    phone.page = page = phone.context.new_page()
    phone.open(SECOND)  # another lesson flushes what waits, too
    page.wait_for_timeout(4000)
    phone.open(FIRST)
    length(page)
    least = max(before + 8, 14)
    state = state_when(page, lambda state: watched(state) >= least)
    assert watched(state) >= least
    assert state["completed"] is False
    phone.step("online-again")
    assert end > 20


def test_two_devices_interleaved_end_in_one_state(phone_of):
    phone, tablet = phone_of(), phone_of(viewport={"width": 800, "height": 1100})
    start_as(phone, "13800138103", FIRST)
    # A second code within a minute is refused: the tablet signed in before.
    tablet.context.add_cookies(phone.context.cookies())
    tablet.open(FIRST)
    play(phone.page, 6)
    seek(tablet.page, 10)
    play(tablet.page, 16)
    play(phone.page, 9)
    state_when(tablet.page, lambda state: watched(state) >= 13)
    phone.page.wait_for_timeout(1500)
    states = [state_of(device.page) for device in (phone, tablet)]
    for state in states:
        state.pop("token")
    assert states[0] == states[1]
    assert len(states[0]["covered"]) == 2, states[0]
    (first, second) = states[0]["covered"]
    assert (first[0], 8 <= first[1] <= 10, second[0], 15 <= second[1] <= 17) == (0, True, 10, True)
    tablet.page.reload()
    length(tablet.page)
    tablet.step("second-device")


def test_parent_reads_a_lesson_to_its_end(phone):
    phone.open(f"/account/sign-in/?next={COURSE}after-school-hours/")
    phone.sign_in("13800138104")
    page = phone.page
    phone.step("article")
    page.locator("[data-end]").scroll_into_view_if_needed()
    page.wait_for_timeout(2500)
    covered = state_when(page, lambda state: state["covered"])["covered"]
    assert len(covered) == 1
    assert covered[0][0] == 0
    assert 0 < covered[0][1] < state_of(page)["required"]
    phone.step("article-end-reached-too-soon")


def test_parent_who_taps_early_is_enrolled_and_not_sent_to_sign_in(phone):
    page = phone.page
    phone.open("/account/sign-in/?next=/courses/")
    phone.sign_in("13800138178")
    page.route("**/learn/state/**", lambda _route: None)  # nothing answers
    phone.open(COURSE)
    page.click("a[data-enrol]")
    phone.step("tapped-early")
    page.unroute("**/learn/state/**")  # which lets go what was held
    expect(page.locator("button[data-enrol]")).to_have_text("已报名")
    assert page.url.endswith(COURSE)


def test_editor_publishes_a_course_and_it_appears(phone_of, school):
    desk = phone_of(
        viewport={"width": 1280, "height": 900},
        is_mobile=False,
        has_touch=False,
        device_scale_factor=1,
    )
    page = desk.page
    desk.open("/courses/")
    assert "周末一起做饭" not in page.inner_text("main")
    desk.open("/admin/")
    page.fill("input[name=login]", "editor")
    page.fill("input[name=password]", school.password("editor"))
    desk.shot("staff-sign-in")
    page.click("main button[type=submit]")
    page.wait_for_url("**/admin/")
    desk.shot("desk")
    publish(page, desk, index_of(page, school, "/courses/"), "courses/coursepage", "周末一起做饭")
    desk.shot("course-published")
    course = index_of(page, school, "/courses/周末一起做饭/")
    desk.open(f"/admin/pages/add/courses/lessonpage/{course}/")
    page.select_option("select[name=format]", "article")
    page.locator("[data-contentpath=body] button[title='Insert a block']").first.click()
    page.get_by_role("option", name="标题").first.click()
    page.locator("[name=body-0-value]").fill("洗菜、切菜、摆碗筷，孩子都能帮上忙。")
    publish(page, desk, course, None, "从洗菜开始")
    desk.shot("lesson-published")
    desk.open("/courses/")
    sees_published(page, "周末一起做饭")
    desk.step("it-appears")
    page.click("main a:has-text('周末一起做饭')")
    page.wait_for_url("**/courses/*/")
    page.reload()
    expect(page.locator("main")).to_contain_text("从洗菜开始")
    desk.step("course-on-a-desktop")


def index_of(page, school, path):
    """The page id behind a public address."""
    page.goto(school.url + path)
    return page.get_attribute("[data-page]", "data-page")


def publish(page, desk, parent, kind, title):
    if kind:
        desk.open(f"/admin/pages/add/{kind}/{parent}/")
    # Typed, not filled in: the address follows what is typed once the scripts are there.
    page.wait_for_load_state("networkidle")
    page.click("input[name=title]")
    page.keyboard.type(title)
    page.keyboard.press("Tab")
    until(page, "() => document.querySelector('[name=slug]').value")
    page.locator("footer [data-w-dropdown-target=toggle], footer .w-dropdown__toggle").first.click()
    page.click("footer button[name=action-publish]")
    page.wait_for_selector(".messages .success")
