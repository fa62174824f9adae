"""Journeys in Chromium against a running school of its own: real server, worker and files."""

import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
PHONE = {
    "viewport": {"width": 360, "height": 780},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
    "locale": "zh-CN",
    "timezone_id": "Asia/Shanghai",
}
SLOW = {  # 1.6 Mbit/s down, 0.75 up, 150 ms: the budget of STYLE
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
expect.set_options(timeout=30_000)  # a busy machine is no failure
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


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
            args=[
                "--no-sandbox",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--autoplay-policy=no-user-gesture-required",
            ],
        )
        yield browser
        browser.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class School:
    """A school with the demonstration, in a directory of its own."""

    def __init__(self, var):
        self.var = var
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.processes = []
        self.env = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("DATABASE", "REDIS"))},
            "VAR_DIR": str(var),
            "SITE_URL": self.url,
            "LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }

    def manage(self, *command):
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            check=False,
            cwd=ROOT,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=600,
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
        return done.stdout

    def start(self):
        for command in ("migrate", "collectstatic", "prepare_school"):
            self.manage(command, *(["--noinput"] if command != "prepare_school" else []))
        self.sign_ins = self.manage("load_demo")
        self.spawn(
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
            "--workers",
            "1",
            "--blocking-threads",
            "4",
            "config.wsgi:application",
        )
        self.spawn("manage.py", "db_worker")
        self.wait()

    def spawn(self, *command):
        with (self.var / f"process-{len(self.processes)}.log").open("w") as log:
            process = subprocess.Popen(
                [sys.executable, *command], cwd=ROOT, env=self.env, stdout=log, stderr=log
            )
        self.processes.append(process)

    def wait(self):
        for _second in range(60):
            try:
                urllib.request.urlopen(f"{self.url}/readyz", timeout=2)
                return
            except OSError:
                time.sleep(0.5)
        raise AssertionError((self.var / "process-0.log").read_text()[-4000:])

    def stop(self):
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            process.wait(20)

    def password(self, login):
        return re.search(rf"\s{login}\s+密码 (\S+)", self.sign_ins).group(1)


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
