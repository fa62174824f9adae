"""Journeys in Chromium against a running school of its own: real server, worker and files."""

import os
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from tests.browser.desk import Desk
from tests.browser.school import CHROMIUM, FLAGS, PHONE, ROOT, School

SLOW = {  # 1.6 Mbit/s down, 0.75 up, 150 ms: the budget of STYLE
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
expect.set_options(timeout=30_000)  # a busy machine is no failure


@pytest.fixture(scope="session")
def chromium():
    if not CHROMIUM:
        message = "Chromium is missing: apt-get install chromium fonts-noto-cjk"
        if os.environ.get("CI") == "true":
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=FLAGS,
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def school(chromium, tmp_path_factory):
    running = School(tmp_path_factory.mktemp("school"))
    try:
        running.start()
        yield running
    finally:
        running.stop()


class Phone:
    """A browser tab on a phone that keeps a picture of every step."""

    def __init__(self, context, school, journey):
        self.context, self.school, self.journey = context, school, journey
        self.page = context.new_page()
        self.steps = 0
        self.errors = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def slow(self):
        session = self.context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW)

    def open(self, path):
        self.page.goto(self.school.url + path)

    def shot(self, name, full_page=True):
        """Keeps a picture of the whole page, or of the screen: a whole one resizes the window."""
        self.steps += 1
        pictures = ROOT / "var" / "screenshots" / self.journey
        pictures.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=pictures / f"{self.steps:02d}-{name}.png", full_page=full_page)

    def accessible(self):
        found = Axe().run(self.page)
        assert found.violations_count == 0, found.generate_report()

    def step(self, name):
        """A picture, and nothing for axe or the console to complain about."""
        self.page.wait_for_load_state("networkidle")
        self.shot(name)
        self.accessible()
        assert self.errors == []

    def sign_in(self, number):
        """By phone and code; the embedded school shows the code on the page."""
        page = self.page
        page.fill("input[name=phone]", number)
        page.check("input[name=consent]")
        self.step("sign-in")
        page.click("main button[type=submit]")
        page.wait_for_selector("input[name=code]")
        code = re.search(r"\b\d{6}\b", page.inner_text("main")).group()
        page.fill("input[name=code]", code)
        self.step("code")
        page.click("main button[type=submit]")
        page.wait_for_url(lambda url: "/account/" not in url)


@pytest.fixture
def phone_of(chromium, school, request):
    """Makes phones: each a context of its own, as another device would be."""
    contexts = []

    name = request.node.name.removeprefix("test_")

    def make(journey=name, **options):
        context = chromium.new_context(**{**PHONE, **options})
        contexts.append(context)
        return Phone(context, school, journey)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def phone(phone_of):
    return phone_of()


@pytest.fixture
def at_the_desk(chromium, school):
    """Signs people of the school in at a desktop."""
    opened = []

    def sit_down(login, **options):
        opened.append(Desk(chromium, school, login, **options))
        return opened[-1]

    yield sit_down
    for desk in opened:
        desk.context.close()
