"""The whole path of an expert: from a video on their disk to a parent who is told what is new."""

import subprocess
from datetime import timedelta

import imageio_ffmpeg
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.test_journeys import sees_published, until

pytestmark = pytest.mark.browser
JOURNEY = "from_upload_to_parents"
TITLE = "一起收拾书桌"
COMES = """
from datetime import timedelta
from django.utils import timezone
from wagtail.models import Revision
from courses.models import CourseRelease
past = timezone.now() - timedelta(minutes=1)
made = CourseRelease.objects.waiting().get(course__title="一起收拾书桌")
CourseRelease.objects.filter(pk=made.pk).update(goes_live_at=past)
revision = Revision.objects.get(pk=made.pages[0][1])
revision.content["go_live_at"] = past.isoformat()
revision.approved_go_live_at = past
revision.save()
"""


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """Ten seconds with sound."""
    path = tmp_path_factory.mktemp("film") / "desk.mp4"
    source = ["-f", "lavfi", "-i", "testsrc2=s=640x360:d=10:r=25", "-f", "lavfi", "-i", "sine=d=10"]
    made = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *source, *made, path]
    subprocess.run(command, check=True, timeout=120)
    return path


def test_expert_goes_from_upload_to_parents(at_the_desk, phone_of, film, school):
    expert = at_the_desk("expert", journey=JOURNEY)
    uploaded(expert, film)
    captioned(expert)
    address = begun(expert)
    with_lessons(expert, address)
    checked(expert)
    looked_at(expert, address)
    handed_in(expert, address)

    editor = at_the_desk("editor", journey=JOURNEY)
    sent_back(editor, address, "请给第一课加一句摘要。")
    put_right(expert, address)
    handed_in(expert, address)
    approved(editor, address)
    parent = phone_of(JOURNEY)
    course = enrolled(parent)

    handed_in(expert, address, news="第二课加了一个练习。", on=timezone.now() + timedelta(days=1))
    approved(editor, address)
    expect(editor.page.locator(".desk .state").first).to_have_text("等待发布时间")
    editor.step("waits-for-its-day")
    parent.open("/learn/")
    assert "第二课加了一个练习。" not in parent.page.inner_text("main")
    school.manage("shell", "-v", "0", "-c", COMES)
    school.manage("publish_scheduled")
    told(parent, course)
    print(
        f"\nexpert: {expert.clicks} clicks, {expert.seconds()} s; "
        f"editor: {editor.clicks} clicks, {editor.seconds()} s, both until the parent is told"
    )


def uploaded(expert, film):
    page = expert.page
    expert.click("a[href='/admin/desk/']")
    expert.step("my-courses")
    expert.click(".desk a[href$='/recordings/upload/']")
    page.set_input_files("[data-files]", film)
    expect(page.locator("[data-uploads] progress")).to_be_visible()
    expect(page.locator("[data-uploads] a")).to_be_visible(timeout=60_000)
    expert.step("uploaded", ours=".nice-padding")
    expert.click("[data-uploads] a")
    page.wait_for_selector("[data-desk] video")
    expert.step("recording", ours="[data-desk]")


def captioned(expert):
    page = expert.page
    expert.click("[data-desk] a[href$='/captions/zh-Hans/']")
    page.fill(
        "textarea[name=text]",
        "WEBVTT\n\n00:00.500 --> 00:04.000\n先把书桌清空。\n\n"
        "00:04.500 --> 00:09.000\n再一起定规矩。\n",
    )
    expert.step("captions", ours=".beside")
    expert.click(".beside button[type=submit]")
    page.wait_for_selector(".messages .success")


def typed(expert, name, words):
    """Typed, not filled in: the address follows what is typed once the scripts are there."""
    expert.page.wait_for_load_state("networkidle")
    expert.click(f"[name={name}]")
    expert.page.keyboard.type(words)
    expert.page.keyboard.press("Tab")


def saved(expert):
    """By the button that leads back to the desk, when Wagtail has saved by itself before."""
    expert.page.wait_for_timeout(3_000)
    expert.click("footer .w-dropdown__toggle")
    expert.click("footer button[name=action-to_desk]")
    expert.page.wait_for_url("**/admin/desk/*/**")


def begun(expert):
    page = expert.page
    expert.click("a[href='/admin/desk/']")
    expert.click(".desk a.button[href*='/coursepage/']")
    typed(expert, "title", TITLE)
    until(page, "() => document.querySelector('[name=slug]').value")
    page.fill("textarea[name=summary]", "十分钟，书桌清爽，写作业不再拖。")
    page.check("[name=topics] >> nth=0")
    expert.step("new-course", ours="")
    saved(expert)
    expert.step("empty-desk")
    return page.url


def with_lessons(expert, address):
    page = expert.page
    expert.click("a.button[href*='/lessonpage/']")
    typed(expert, "title", "先清空，再定规矩")
    expert.click("#id_recording-chooser .unchosen button")
    expert.click(".modal a.media-choice")
    expect(page.locator("#id_recording-title")).to_have_text("desk")
    expert.click("[data-contentpath=quiz] button.c-sf-add-button")
    page.get_by_role("option", name="判断题").click()
    page.fill("[name=quiz-0-value-text]", "书桌要由大人来收拾。")
    page.fill("[name=quiz-0-value-explanation]", "一起收拾，孩子才愿意保持。")
    expert.step("lesson-with-quiz", ours="")
    saved(expert)
    assert page.url == address
    expert.click("a.button[href*='/lessonpage/']")
    page.select_option("select[name=format]", "article")
    typed(expert, "title", "每周五分钟")
    expert.click("[data-contentpath=body] button.c-sf-add-button")
    page.get_by_role("option", name="标题").first.click()
    page.fill("[name=body-0-value]", "周五晚饭后，一起看看书桌。")
    saved(expert)
    expect(page.locator(".desk .lessons > li")).to_have_count(2)
    expert.step("desk-with-findings")


def checked(expert):
    """What is missing leads to its very field; put right, it is gone."""
    page = expert.page
    needed = page.locator(".desk .findings .blocks")
    expect(needed).to_have_count(1)
    expert.click(".desk .findings .blocks a")
    page.wait_for_url("**#id_age_stages")
    expect(page.locator("#id_age_stages")).to_be_in_viewport()
    expert.step("the-very-field", ours="")
    page.check("[name=age_stages] >> nth=3")
    saved(expert)
    expect(needed).to_have_count(0)
    expert.step("nothing-blocks")


def looked_at(expert, address):
    page = expert.page
    expert.click(".desk .lessons a[href*='/preview/']")
    draft = page.frame_locator(".desk iframe").first
    draft.locator("[data-start]").click()
    video = draft.locator("video")
    for _try in range(100):
        if video.evaluate("video => video.currentTime") > 1:
            break
        page.wait_for_timeout(200)
    assert video.evaluate("video => video.currentTime") > 1
    expert.step("preview-plays-on-a-phone")
    expert.click("[data-size=desktop]")
    expert.step("preview-on-a-desktop")
    page.goto(address)
    expert.click(".desk .lessons a[href$='?quiz=1']")
    quiz = page.frame_locator(".desk iframe").first
    quiz.locator("[data-open]").click()
    quiz.locator("[data-questions] label").last.click()
    quiz.locator("[data-submit]").click()
    expect(quiz.locator("[data-result]")).to_contain_text("100")
    expert.step("quiz-tried")
    page.goto(address)


def handed_in(expert, address, news="", on=None):
    page = expert.page
    page.goto(address)
    if news:
        page.fill(".hand-in [name=news]", news)
        moment = timezone.localtime(on).strftime("%Y-%m-%dT%H:%M")
        page.fill(".hand-in [name=goes_live_at]", moment)
    expert.click(".hand-in button[type=submit]")
    expect(page.locator("#in-review")).to_be_visible()
    expert.step("in-review")


def sent_back(editor, address, words):
    editor.page.goto(address)
    editor.page.fill("[name=comment]", words)
    editor.step("to-decide")
    editor.click("button[name=action][value=reject]")
    expect(editor.page.locator(".messages .success")).to_be_visible()


def put_right(expert, address):
    """The first page after signing in says what came back; the button in the header leads on."""
    page = expert.page
    page.goto(expert.school.url + "/admin/")
    expect(page.locator("#returned")).to_be_visible()
    expert.step("sent-back", ours="[aria-labelledby=returned]")
    expert.click("[aria-labelledby=returned] a")
    assert page.url == address
    expert.step("with-the-comment")
    expert.click(".desk .lessons .grow a")
    page.wait_for_load_state("networkidle")
    page.fill("textarea[name=summary]", "先清空，再商量每样东西放哪里。")
    expert.click("footer .action-save")
    expect(page.locator(".messages .info")).to_be_visible()
    expert.step("saved-says-where-it-goes-on", ours="")
    expert.click(".messages .info a")
    assert page.url == address


def approved(editor, address):
    editor.page.goto(address)
    editor.click("button[name=action][value=approve]")
    expect(editor.page.locator("#hand-in")).to_be_visible()
    editor.step("approved")


def enrolled(parent):
    page = parent.page
    parent.open("/account/sign-in/?next=/courses/")
    parent.sign_in("13800138177")
    sees_published(page, TITLE)
    page.click(f"main a:has-text('{TITLE}')")
    page.wait_for_url("**/courses/*/")
    page.click("[data-enrol]")
    expect(page.locator("[data-enrol]")).to_have_text("已报名")
    parent.step("enrolled")
    return page.url


def told(parent, course):
    parent.open("/learn/")
    expect(parent.page.locator("#new")).to_contain_text("第二课加了一个练习。")
    parent.step("told-what-is-new")
    assert parent.page.url != course
