"""When a slow phone has painted the largest thing of a page, and what it fetched for it.

1.6 Mbit/s, 150 ms, a processor four times slower (STYLE.md), nothing in the cache; the floor is
an empty page through the same browser.
"""

import shutil
import statistics
from typing import Any

from playwright.sync_api import Browser, sync_playwright

BUDGET_MS = 1500
TRIES = 3
FLOOR = "/bare/static/100/"
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
LARGEST = """() => new Promise(answer => {
  const timer = setTimeout(() => answer(0), 4000);
  new PerformanceObserver(list => {
    clearTimeout(timer);
    answer(list.getEntries().at(-1).startTime);
  }).observe({type: "largest-contentful-paint", buffered: true});
})"""


def chromium() -> str | None:
    return shutil.which("chromium") or shutil.which("chromium-browser")


def measure(address: str, paths: list[str]) -> dict[str, tuple[float, int]]:
    """Path → median milliseconds to the largest paint, and bytes of everything fetched."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-background-networking"]
        )
        found = {path: one(browser, address + path) for path in paths}
        browser.close()
    return found


def one(browser: Browser, address: str) -> tuple[float, int]:
    tries = [paint(browser, address) for _try in range(TRIES)]
    return statistics.median(ms for ms, _ in tries), tries[0][1]


def paint(browser: Browser, address: str) -> tuple[float, int]:
    context = browser.new_context(
        viewport={"width": 360, "height": 780}, device_scale_factor=2, is_mobile=True
    )
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    fetched: list[int] = []
    session.on("Network.loadingFinished", lambda event: note(event, fetched))
    page.goto(address, wait_until="load")
    largest = page.evaluate(LARGEST)
    context.close()
    return largest, sum(fetched)


def note(event: dict[str, Any], fetched: list[int]) -> None:
    fetched.append(int(event["encodedDataLength"]))
