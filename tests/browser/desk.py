"""A person at a desktop, in the Wagtail admin."""

import time

from axe_playwright_python.sync_playwright import Axe

from tests.browser.school import DESKTOP, ROOT


class Desk:
    """Counts clicks and seconds; our part of each page pleases axe."""

    def __init__(self, chromium, school, login, journey="course_desk"):
        self.school, self.login, self.journey = school, login, journey
        self.clicks, self.steps, self.began = 0, 0, time.monotonic()
        self.context = chromium.new_context(**DESKTOP)
        self.page = self.context.new_page()
        self.page.goto(f"{school.url}/account/staff/")
        self.page.fill("input[name=login]", login)
        self.page.fill("input[name=password]", school.password(login))
        self.click("main button[type=submit]")
        self.page.wait_for_url("**/admin/")

    def click(self, what):
        self.clicks += 1
        self.page.locator(what).first.click()

    def step(self, name, ours=".desk"):
        """`ours` is the part of the page that is not Wagtail's; nothing when all of it is."""
        self.steps += 1
        folder = ROOT / "var" / "screenshots" / self.journey
        folder.mkdir(parents=True, exist_ok=True)
        self.page.wait_for_load_state("networkidle")
        self.page.screenshot(path=folder / f"{self.login}-{self.steps:02d}-{name}.png")
        if ours:
            found = Axe().run(self.page, context=ours)
            assert found.violations_count == 0, found.generate_report()

    def seconds(self):
        return round(time.monotonic() - self.began)
