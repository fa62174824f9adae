"""Photographs every page for people to look at: `make screenshots`.

Pictures go to var/gallery/<look>/, with contact sheets of many pages beside them.
`python -m tests.browser.gallery --url http://127.0.0.1:8000` photographs a school that runs with
this var/ already; words after it keep to pages whose name has one of them.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import django
from PIL import Image, ImageDraw
from playwright.sync_api import sync_playwright

from tests.browser.looks import (
    LOOKS,
    context_of,
    open_page,
    overflow,
    play_the_role,
    see_lazy_pictures,
)
from tests.browser.school import CHROMIUM, FLAGS, ROOT, School

GALLERY = ROOT / "var" / "gallery"
HIGH, STRIPS, MOST_STRIPS = 1400, 5, 3  # of a contact sheet
PHONE_STRIP, DESKTOP_STRIP = 360, 700
STAGE = "from tests.browser import stage; stage.show()"


def main():
    asked = arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if asked.url:
        photograph_all(Running(asked.url), asked)
        return
    with tempfile.TemporaryDirectory() as var:
        school = School(Path(var))
        try:
            school.start()
            photograph_all(school, asked)
        finally:
            school.stop()


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--url", help="a school that runs with this var/")
    parser.add_argument("--look", choices=LOOKS, action="append", help="only this one")
    parser.add_argument("words", nargs="*", help="only pages whose name has one of them")
    return parser.parse_args()


class Running:
    """A school that somebody else started."""

    def __init__(self, url):
        self.url = url.rstrip("/")

    def manage(self, *command):
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            check=True,
            cwd=ROOT,
            env={**os.environ, "SITE_URL": self.url, "LOG_LEVEL": "WARNING"},
            capture_output=True,
            text=True,
        )
        return done.stdout


def photograph_all(school, asked):
    from tests.browser.pages import views

    stage = json.loads(school.manage("shell", "-v", "0", "-c", STAGE))
    wanted = [
        view
        for view in views(stage["values"])
        if not asked.words or any(word in view.name for word in asked.words)
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for look in asked.look or LOOKS:
            photograph(browser, school, stage, look, wanted)
            sheets(GALLERY / look)
        browser.close()


def photograph(browser, school, stage, look, wanted):
    folder = GALLERY / look
    folder.mkdir(parents=True, exist_ok=True)
    context = context_of(browser, look)
    page = context.new_page()
    for number, view in enumerate(wanted, 1):
        play_the_role(context, school.url, stage["sessions"], view.role)
        open_page(page, school.url, stage, view)
        see_lazy_pictures(page)
        page.screenshot(path=folder / f"{view.name}.png", full_page=True)
        wide = 0 if view.is_desk else overflow(page)
        also = f" ({wide} pixels too wide)" if wide > 0 else ""
        print(f"{look} {number}/{len(wanted)} {view.name}{also}", flush=True)
    context.close()


def sheets(folder):
    """Contact sheets: pages side by side in strips as high as a sheet; of a long page the start."""
    for old in folder.glob("sheet-*.png"):
        old.unlink()
    strips = [strip for path in sorted(folder.glob("*.png")) for strip in strips_of(path)]
    for first in range(0, len(strips), STRIPS):
        row = strips[first : first + STRIPS]
        sheet = Image.new("RGB", (sum(s.width + 8 for s in row), HIGH + 14), "#888")
        for number, strip in enumerate(row):
            sheet.paste(strip, (sum(s.width + 8 for s in row[:number]), 0))
        sheet.save(folder / f"sheet-{first // STRIPS + 1:02d}.png")


def strips_of(path):
    picture = Image.open(path).convert("RGB")
    wide = DESKTOP_STRIP if picture.width > picture.height else PHONE_STRIP
    if picture.width % 1280 == 0:
        wide = DESKTOP_STRIP
    picture = picture.resize((wide, picture.height * wide // picture.width), Image.LANCZOS)
    for number in range(min(MOST_STRIPS, 1 + (picture.height - 1) // HIGH)):
        strip = Image.new("RGB", (wide, HIGH + 14), "#888")
        strip.paste(picture.crop((0, number * HIGH, wide, (number + 1) * HIGH)), (0, 14))
        shown = picture.height - number * HIGH
        if shown < HIGH:
            strip.paste("#888", (0, 14 + shown, wide, HIGH + 14))
        ImageDraw.Draw(strip).text((2, 1), f"{path.stem} {number + 1}", "#fff")
        yield strip


if __name__ == "__main__":
    main()
