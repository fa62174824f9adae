"""From the last lesson to a certificate that others check; and the city's figures to a workbook."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.browser.looks import overflow

pytestmark = pytest.mark.browser

COURSE = "/courses/phone-rules/"
FINISH = """
from django.utils import timezone
from courses import requirements
from courses.models import CoursePage
from learners.accounts.models import User
from learners.study import completion, enrolment
from learners.study.models import Enrolment, Progress
from learners.study.lengths import measure
user = User.objects.with_phone("%(phone)s").get()
course = CoursePage.objects.get(slug="phone-rules")
run, now = enrolment.enrol(user, course), timezone.now()
for lesson in course.lessons():
    facts = dict(position_at=now, first_report_at=now, last_report_at=now, quiz_passed_at=now)
    facts |= dict(media_key=measure(lesson).media_key, covered_seconds=measure(lesson).required)
    Progress.objects.update_or_create(enrolment=run, lesson=lesson, defaults=facts)
    completion.mark_started(run.pk, now.timestamp())
    completion.complete_if_earned(run.pk, lesson.pk, now.timestamp())
"""


def finish_the_course(school, number):
    """What hours of playing would do; the journeys of playing are walked elsewhere."""
    school.manage("shell", "-c", FINISH % {"phone": number})


def drawn(page, picture, wide):
    """Waits until the picture is there, in its full width."""
    for _tenth in range(200):
        if page.locator(picture).evaluate("image => image.naturalWidth") == wide:
            return
        page.wait_for_timeout(100)
    raise AssertionError(picture)


def test_parent_gets_a_certificate_and_a_stranger_checks_it(phone_of, school):
    phone = phone_of()
    page = phone.page
    phone.open("/account/sign-in/?next=/learn/")
    phone.sign_in("138 0013 8105")
    finish_the_course(school, "+8613800138105")
    phone.open(COURSE)
    page.click("[data-course] a:has-text('证书')")
    page.fill("input[name=name]", "张美华")
    phone.step("name")
    page.click("main button[type=submit]")
    expect(page.locator(".sheet .holder")).to_have_text("张美华")
    page.locator(".keep img").scroll_into_view_if_needed()
    drawn(page, ".keep img", 1260)
    phone.step("certificate")
    number = page.locator(".sheet .number").inner_text()
    assert re.fullmatch(r"\d{4}-\w{4}-\w{4}-\w{4}", number)
    paper = page.context.request.get(school.url + page.get_attribute(".keep .button", "href"))
    assert paper.body().startswith(b"%PDF-")
    phone.open("/learn/history/")
    phone.step("history")
    page.click("text=用表格看")
    phone.step("history-as-a-table")
    stranger = phone_of()
    stranger.open("/certificates/")
    stranger.step("ask")
    stranger.page.fill("input[name=number]", number.lower().replace("-", " "))
    stranger.page.click("main button[type=submit]")
    expect(stranger.page.locator("main")).to_contain_text("张*华")
    assert "张美华" not in stranger.page.content()
    stranger.step("genuine")
    stranger.open(f"/certificates/{number[:-1]}{'0' if number[-1] != '0' else '1'}/")
    stranger.step("unknown")


def test_certificate_in_elder_mode_and_with_large_text(phone_of, school):
    phone = phone_of()
    phone.open("/account/sign-in/?next=/learn/")
    phone.sign_in("138 0013 8106")
    finish_the_course(school, "+8613800138106")
    page = phone.page
    page.click("[data-elder-toggle]")
    page.add_init_script(
        "addEventListener('DOMContentLoaded',"
        " () => document.documentElement.style.setProperty('font-size', '200%'))"
    )
    phone.open("/learn/history/")
    page.click("text=领取证书")
    page.fill("input[name=name]", "张美华")
    page.click("main button[type=submit]")
    for path in (page.url.removeprefix(school.url), "/learn/history/", "/learn/", "/certificates/"):
        phone.open(path)
        assert overflow(page) <= 0, path
        phone.step(path.strip("/").split("/")[-1])


def test_parent_passes_a_page_on(phone):
    page = phone.page
    phone.open(COURSE)
    page.click("[data-share]")
    expect(page.locator("dialog.share")).to_be_visible()
    drawn(page, ".share img", 750)
    assert page.input_value("dialog.share input").endswith(COURSE)
    phone.step("share")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.share")).to_be_hidden()


def test_data_saver_fetches_no_pictures_in_lists(phone):
    page = phone.page
    phone.open("/account/sign-in/?next=/learn/")
    phone.sign_in("138 0013 8107")
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    phone.open("/stories/")
    page.wait_for_load_state("networkidle")
    assert pictures(fetched) != []
    phone.open("/learn/")
    page.click("[data-saver-toggle]")
    assert page.get_attribute("[data-saver-toggle]", "aria-pressed") == "true"
    fetched.clear()
    phone.open("/courses/")
    page.evaluate("scrollTo(0, 1e6)")
    phone.step("without-pictures")
    assert page.locator("img.cover[loading=lazy]").count() > 0
    assert pictures(fetched) == []


def pictures(addresses):
    return [address for address in addresses if "/media/images/" in address]


def compare_with_the_workbook(page):
    """By course and by day, every number of the screen, the sums included."""
    with page.expect_download() as download:
        page.click("text=下载表格")
    book = load_workbook(BytesIO(download.value.path().read_bytes()))
    courses, days = (
        [list(row) for row in sheet.iter_rows(min_row=3, values_only=True)] for sheet in book
    )
    on_screen = "[aria-labelledby=by-course] tbody tr, [aria-labelledby=by-course] tfoot tr"
    assert [row[:4] for row in courses] == cells(page, on_screen)
    page.click(".numbers summary")
    assert days[:-1] == cells(page, ".numbers tbody tr")


def cells(page, rows):
    """The name, then the numbers; a cell with a bar begins with its number."""
    found = []
    for row in page.locator(rows).all():
        name, *numbers = (cell.inner_text() for cell in row.locator("th, td").all())
        counts = [int(shown.split(" · ")[0].replace(",", "")) for shown in numbers]
        found.append([name.removesuffix("未发布").strip(), *counts])
    return found


def test_city_reads_figures_and_takes_a_workbook(phone_of, school):
    desk = phone_of(
        viewport={"width": 1280, "height": 900},
        is_mobile=False,
        has_touch=False,
        device_scale_factor=1,
    )
    page = desk.page
    desk.open("/statistics/courses/")
    page.fill("input[name=login]", "city")
    page.fill("input[name=password]", school.password("city"))
    page.click("main button[type=submit]")
    page.wait_for_url("**/statistics/courses/")
    desk.step("figures")
    page.select_option("select[name=kind]", "video")
    page.click("main button[type=submit]")
    desk.step("figures-of-courses-with-video")
    compare_with_the_workbook(page)
    page.select_option("select[name=why]", "own")
    page.click("main button[type=submit]")
    desk.step("figures-of-own-accord")
    compare_with_the_workbook(page)
    page.fill("input[name=first]", "2026-02-01")
    page.fill("input[name=last]", "2026-01-01")
    page.click("main button[type=submit]")
    expect(page.locator("main")).to_contain_text("请对调")
    desk.step("dates-reversed")
