"""An expert's large files on a shaky line: two at once, paused, cut off, gone on with after the tab
was closed; and what is no film is told so."""

import re
import subprocess

import imageio_ffmpeg
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ROOT
from tests.browser.school import DESKTOP

pytestmark = pytest.mark.browser
LINE = {"offline": False, "latency": 20, "downloadThroughput": 4e6, "uploadThroughput": 2e6}
PIECE = 8 * 1024 * 1024
PADDING = 3 * PIECE


@pytest.fixture(scope="module")
def films(tmp_path_factory):
    """Two films that are large because of an empty box at their end, and one that is none."""
    folder = tmp_path_factory.mktemp("large")
    clip = folder / "clip.mp4"
    picture = ["-f", "lavfi", "-i", "testsrc2=s=320x180:d=3:r=10", "-pix_fmt", "yuv420p"]
    tool = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error"]
    subprocess.run([*tool, *picture, "-c:v", "libx264", clip], check=True, timeout=60)
    box = (PADDING + 8).to_bytes(4, "big") + b"free" + bytes(PADDING)
    for number, name in enumerate(("first.mp4", "second.mp4")):
        (folder / name).write_bytes(clip.read_bytes() + box + b"\0\0\0\x09free" + bytes([number]))
    (folder / "letter.mp4").write_bytes(b"PK\x03\x04" + bytes(1000))
    return folder


class Desk:
    def __init__(self, chromium, school):
        self.school = school
        self.context = chromium.new_context(**DESKTOP)
        self.open()

    def open(self):
        self.page = self.context.new_page()
        self.sent = []
        self.page.on("request", self.note)
        self.line = self.context.new_cdp_session(self.page)
        self.line.send("Network.enable")

    def note(self, request):
        if request.method == "PATCH":
            self.sent.append(int(request.headers["upload-offset"]))

    def set_line(self, **facts):
        self.line.send("Network.emulateNetworkConditions", {**LINE, **facts})

    def sign_in(self):
        self.page.goto(f"{self.school.url}/account/staff/")
        self.page.fill("input[name=login]", "expert")
        self.page.fill("input[name=password]", self.school.password("expert"))
        self.page.click("main button[type=submit]")

    def choose(self, *files):
        self.page.goto(f"{self.school.url}/admin/recordings/upload/")
        self.page.set_input_files("[data-files]", files)

    def shot(self, name):
        pictures = ROOT / "var" / "screenshots" / "expert_uploads"
        pictures.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=pictures / f"{name}.png")


def test_expert_uploads_over_a_shaky_line(chromium, school, films):
    desk = Desk(chromium, school)
    desk.sign_in()
    desk.set_line()
    desk.choose(films / "first.mp4", films / "second.mp4", films / "letter.mp4")
    first, second, letter = desk.page.locator("[data-uploads] li").all()
    expect(letter.locator("[data-say]")).to_have_text(
        re.compile("不是这里能用的视频或音频"), timeout=60_000
    )
    assert [one.inner_text() for one in letter.locator("button:visible").all()] == ["从列表中移除"]
    for row in (first, second):
        expect(row.locator("[data-say]")).to_have_text(re.compile("[1-9]"), timeout=60_000)
    desk.shot("02-two-at-once")
    second.get_by_role("button", name="暂停").click()
    expect(second.locator("[data-say]")).to_contain_text("暂停")
    desk.set_line(offline=True)
    expect(first.locator("[data-say]")).to_contain_text("自动接着传", timeout=60_000)
    desk.shot("03-the-line-is-gone")
    desk.set_line()
    until_sent(desk, PIECE)
    expect(second.locator("[data-say]")).to_contain_text("暂停")
    desk.page.close(run_before_unload=False)
    desk.open()
    desk.choose(films / "first.mp4", films / "second.mp4")
    for row in desk.page.locator("[data-uploads] li").all():
        expect(row.get_by_role("link", name="打开")).to_be_visible(timeout=120_000)
    assert max(desk.sent) >= PIECE
    assert 0 not in desk.sent[:1]
    desk.shot("04-in-the-library")
    desk.context.close()


def until_sent(desk, offset):
    for _try in range(600):
        if offset in desk.sent:
            return
        desk.page.wait_for_timeout(200)
    raise AssertionError(desk.sent)
