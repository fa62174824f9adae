"""What a slow phone waits for: the first picture after the tap, and whether it stalls afterwards.

1.6 Mbit/s, 150 ms, a processor four times slower, 360 × 780, nothing in the cache but the page.
"""

import statistics
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench.paint import NETWORK, chromium

TRIES = 3
WAYS = ("native", "small", "file", "hls")
BEHIND = {"hls"}
"""Met only by those for whom the small engine failed: told, held to no limit."""
WATCHED_S = 60
PHONE: dict[str, Any] = {
    "viewport": {"width": 360, "height": 780},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
FORCE = """
localStorage.setItem("school.stream", "%s");
new MutationObserver(() => {
  for (const media of document.querySelectorAll("[data-media]:not([data-way])")) {
    media.dataset.way = "%s";
  }
}).observe(document, {childList: true, subtree: true});
"""
WATCH = """() => {
  const video = document.querySelector("video");
  window.seen = {tapped: 0, shown: 0, stalls: 0};
  addEventListener("pointerdown", () => { seen.tapped = performance.now(); }, true);
  // The first picture of a film that moves: a still of it could come before anything plays.
  const look = (now, {mediaTime}) => {
    if (mediaTime > 0 && !video.paused) seen.shown = now;
    else video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  video.addEventListener("waiting", () => { if (seen.shown && !video.seeking) seen.stalls += 1; });
}"""


@dataclass(frozen=True)
class First:
    """Milliseconds from the tap to the first picture; bytes fetched until then, the page apart."""

    milliseconds: float
    fetched: int


def first_frames(address: str) -> dict[str, First]:
    with sync_playwright() as playwright:
        browser = launched(playwright)
        found = {
            way: median([first_frame(browser, address, way) for _ in range(TRIES)]) for way in WAYS
        }
        browser.close()
    return found


def launched(playwright: Any) -> Browser:
    flags = ["--no-sandbox", "--disable-background-networking"]
    return playwright.chromium.launch(executable_path=chromium(), args=flags)


def median(tries: list[First]) -> First:
    return First(
        statistics.median(t.milliseconds for t in tries),
        int(statistics.median(t.fetched for t in tries)),
    )


def first_frame(browser: Browser, address: str, way: str) -> First:
    context, page, fetched = opened(browser, address, way, saver="")
    before = fetched.bytes
    page.locator("[data-start]").tap()
    seen = until(page, "() => seen.shown ? {...seen} : null", 30)
    bytes_then = fetched.bytes - before
    context.close()
    return First(seen["shown"] - seen["tapped"], bytes_then)


def stalls(address: str, way: str) -> tuple[int, float]:
    """In the first minute of the lowest rung: how often, and how many seconds it came late."""
    with sync_playwright() as playwright:
        browser = launched(playwright)
        context, page, _fetched = opened(browser, address, way, saver="data")
        page.locator("[data-start]").tap()
        until(page, "() => seen.shown || null", 30)
        page.wait_for_timeout(WATCHED_S * 1000)
        seen = page.evaluate("""() => ({...seen, at: document.querySelector("video").currentTime,
                                        now: performance.now()})""")
        context.close()
        browser.close()
    return seen["stalls"], (seen["now"] - seen["shown"]) / 1000 - seen["at"]


def opened(
    browser: Browser, address: str, way: str, saver: str
) -> tuple[BrowserContext, Page, "Fetched"]:
    context = browser.new_context(**PHONE)
    context.add_init_script(FORCE % (saver, way))
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    fetched = Fetched()
    session.on("Network.dataReceived", fetched.add)
    page.goto(address, wait_until="networkidle")
    page.evaluate(WATCH)
    return context, page, fetched


class Fetched:
    """Bytes on the wire; of films Chromium tells only the bytes of their content."""

    def __init__(self) -> None:
        self.requests: dict[str, list[int]] = {}

    def add(self, event: dict[str, Any]) -> None:
        found = self.requests.setdefault(event["requestId"], [0, 0])
        found[0] += int(event["encodedDataLength"])
        found[1] += int(event["dataLength"])

    @property
    def bytes(self) -> int:
        return sum(wire or content for wire, content in self.requests.values())


def until(page: Page, condition: str, seconds: int) -> Any:
    for _try in range(seconds * 20):
        found = page.evaluate(condition)
        if found:
            return found
        page.wait_for_timeout(50)
    raise RuntimeError(f"not within {seconds} s: {condition}")
