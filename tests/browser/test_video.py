"""From an expert's desk to a parent's phone: upload, conversion by real processes, play."""

import signal
import subprocess
import sys

import imageio_ffmpeg
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT
from tests.browser.test_journeys import length, state_when, until, watched

pytestmark = pytest.mark.browser
LESSON = "/courses/phone-rules/streamed/"
WECHAT = (
    "Mozilla/5.0 (Linux; Android 10; HarmonyOS) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
    "Chrome/116.0.0.0 Mobile Safari/537.36 XWEB/1160117 MMWEBSDK/20240301 MicroMessenger/8.0.48"
)
ENCODER = ("manage.py", "db_worker", "--queue-name", "media")
BACKDATE = """
from datetime import timedelta
from django.utils import timezone
from media.models import Encoding
Encoding.objects.update(alive_at=timezone.now() - 2 * Encoding.SILENCE)
from media import renditions
print(renditions.ask_again_for_interrupted(timezone.now()))
"""
PUBLISH = """
from courses.models import CoursePage, LessonPage
from media.models import Recording
course = CoursePage.objects.get(slug="phone-rules")
lesson = LessonPage(title="流畅播放", slug="streamed", format="video", required=False)
lesson.recording = Recording.objects.get(title="clip")
course.add_child(instance=lesson).save_revision().publish()
"""
FORCE = (
    "new MutationObserver(() => document.querySelectorAll('[data-media]:not([data-way])')"
    ".forEach((media) => { media.dataset.way = '%s'; })).observe(document, "
    "{ childList: true, subtree: true });"
)


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """Twelve seconds at 720p that take a while to convert."""
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    source = [
        "-f",
        "lavfi",
        "-i",
        "testsrc2=s=1280x720:d=12:r=30",
        "-f",
        "lavfi",
        "-i",
        "sine=d=12",
    ]
    made = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", *source, *made, path]
    subprocess.run(command, check=True, timeout=120)
    return path


def encoder(school):
    with (school.var / "encoder.log").open("a") as log:
        return subprocess.Popen(
            [sys.executable, *ENCODER], cwd=ROOT, env=school.env, stdout=log, stderr=log
        )


@pytest.fixture(scope="module")
def streamed(chromium, school, clip):
    """The clip uploaded by the expert, converted although its worker was killed, and published."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{school.url}/account/staff/")
    page.fill("input[name=login]", "expert")
    page.fill("input[name=password]", school.password("expert"))
    page.click("main button[type=submit]")
    page.goto(f"{school.url}/admin/recordings/upload/")
    page.set_input_files("[data-files]", clip)
    page.click("[data-uploads] a", timeout=60_000)
    first = encoder(school)
    expect(page.locator("[data-conversion] [data-words]")).to_contain_text("%", timeout=120_000)
    first.send_signal(signal.SIGKILL)
    first.wait()
    assert school.manage("shell", "-v", "0", "-c", BACKDATE).strip() == "1"
    assert page.locator(".frames").count() == 0
    second = encoder(school)
    expect(page.locator(".frames img")).to_have_count(6, timeout=180_000)
    second.terminate()
    second.wait(20)
    pictures = ROOT / "var" / "screenshots" / "expert_uploads"
    pictures.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=pictures / "01-converted.png", full_page=True)
    context.close()
    school.manage("shell", "-v", "0", "-c", PUBLISH)
    return LESSON


NEAR_ITS_END = """() => {
  const film = document.querySelector("video");
  film.currentTime = film.duration - 1.5;
  film.play();
}"""


SOUND_AND_PLAY_AT_ONCE = """() => {
  document.querySelector("[data-saver=sound]").click();
  document.querySelector("video").play().catch(() => {});
}"""


def plays_to(page, second):
    until(page, "at => document.querySelector('video').currentTime >= at", second)


def covered(page, least):
    """Seconds that the school knows of, when they have become so many or half a minute is over."""
    page.evaluate("document.querySelector('video').pause()")
    page.wait_for_timeout(1500)
    return watched(state_when(page, lambda state: watched(state) >= least))


@pytest.mark.parametrize(
    ("way", "number"),
    [
        *(("native", "13800138111"), ("hls", "13800138112")),
        *(("file", "13800138113"), ("small", "13800138114")),
    ],
)
def test_parent_plays_by_every_way_and_it_counts(phone_of, streamed, way, number):
    phone = phone_of(user_agent=WECHAT)
    phone.context.add_init_script(FORCE % way)
    phone.open(f"/account/sign-in/?next={streamed}")
    phone.sign_in(number)
    page = phone.page
    assert length(page) == 12
    phone.step("before")
    page.click("[data-start]")
    plays_to(page, 4)
    before = covered(page, 3)
    assert 3 <= before <= 6
    assert page.evaluate("document.querySelector('video').webkitDisplayingFullscreen") is not True
    if way != "file":
        page.evaluate(SOUND_AND_PLAY_AT_ONCE)
        plays_to(page, 7)
        assert page.evaluate("document.querySelector('video').videoWidth") == 0
        page.click("[data-saver=data]")
        until(page, "() => document.querySelector('video').videoHeight === 240")
        assert page.get_attribute("[data-saver=data]", "aria-pressed") == "true"
        plays_to(page, 9)
        assert covered(page, before + 3) >= before + 3
        page.evaluate(NEAR_ITS_END)
        until(page, "() => document.querySelector('video').ended")
        page.reload()
        expect(page.locator("[data-saver=data]")).to_have_attribute("aria-pressed", "true")
    phone.step("played")


def test_keyboard_plays_and_seeks(phone_of, streamed):
    phone = phone_of()
    phone.open(streamed)
    page = phone.page
    page.keyboard.press("k")
    plays_to(page, 0.2)
    page.keyboard.press("l")
    plays_to(page, 9)
    page.keyboard.press("j")
    until(page, "() => document.querySelector('video').currentTime < 8")
    page.keyboard.press(">")
    assert page.evaluate("document.querySelector('video').playbackRate") == 1.25
    page.keyboard.press("k")
    assert page.evaluate("document.querySelector('video').paused") is True


def test_short_videos_are_swiped_through(phone):
    phone.open("/videos/")
    page = phone.page
    page.locator("main a.stretch").first.click()
    expect(page.locator("[data-feed-open]")).to_be_visible()
    first = page.url
    page.click("[data-feed-open]")
    until(page, "() => document.querySelectorAll('.reel').length === 2")
    phone.shot("first", full_page=False)
    page.keyboard.press("ArrowDown")
    until(page, "address => location.href !== address", first)
    until(page, "() => document.querySelectorAll('.reel').length === 3")
    second = page.url
    phone.shot("second", full_page=False)
    page.click("[data-feed-close]")
    expect(page.locator("[data-feed-open]")).to_be_visible()
    expect(page).to_have_url(second)
    phone.step("its-own-page")


def test_short_video_goes_on_where_it_was_left(phone_of):
    phone = phone_of(user_agent=WECHAT)
    phone.open("/videos/")
    page = phone.page
    page.locator("main a.stretch").first.click()
    expect(page.locator("[data-feed-open]")).to_be_visible()
    assert page.locator("[data-start] span").inner_text() == "播放"
    page.click("[data-feed-open]")
    plays = "at => document.querySelector('.reel video').currentTime >= at"
    until(page, plays, 5)
    page.keyboard.press(" ")
    expect(page.locator(".reel-start").first).to_be_visible()
    phone.shot("paused", full_page=False)
    assert page.evaluate("document.querySelector('.reel video').playsInline") is True
    assert page.evaluate("document.querySelectorAll('.reel video')[1].readyState") == 0
    page.reload()
    expect(page.locator("[data-start] span")).to_contain_text("0:0")
    phone.step("left-and-come-back")
    page.click("[data-start]")
    until(page, "() => document.querySelector('video').currentTime > 3")
    page.wait_for_timeout(300)
    assert page.evaluate("document.querySelector('video').currentTime") < 9
    kept = page.evaluate("Object.keys(JSON.parse(localStorage.getItem('school.places')))")
    assert [page.url.endswith(name) for name in kept] == [True]
