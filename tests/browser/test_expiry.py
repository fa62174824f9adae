"""Signed addresses run out while somebody watches: the film goes on at the same second."""

import subprocess
import time
from contextlib import ExitStack

import boto3
import imageio_ffmpeg
import pytest
from playwright.sync_api import expect

from tests.browser.school import PHONE, School
from tests.browser.test_journeys import until
from tests.browser.test_video import FORCE
from tests.services import storage as s3

pytestmark = pytest.mark.browser
SIGNED_S = 4
FILM_S = 50
WAYS = [
    *(("native", "lesson"), ("hls", "lesson"), ("file", "lesson")),
    *(("native", "sound"), ("hls", "sound"), ("file", "sound"), ("file", "small")),
]
PUBLISH = """
from django.core.files.base import ContentFile
from pathlib import Path
from courses.models import CoursePage, LessonPage
from media import ladder, library, renditions
from media.models import Encoding, Recording
course = CoursePage.objects.get(slug="phone-rules")
for slug in ("lesson", "sound", "small"):
    path = Path({folder!r}) / ("small.mp4" if slug == "small" else slug + ".mp4")
    file = ContentFile(path.read_bytes(), name=path.name)
    recording = library.add_recording(title=slug, file=file)
    if slug != "small":
        assert renditions.work(Encoding.objects.latest("pk").pk) == "ready"
    recording = Recording.objects.get(pk=recording.pk)
    assert bool(recording.encoding) == (slug != "small")
    kind = "audio" if slug == "sound" else "video"
    lesson = LessonPage(title=slug, slug=slug, format=kind, required=False, recording=recording)
    course.add_child(instance=lesson).save_revision().publish()
"""


def make(folder):
    """A film and a sound recording that are converted, and a film so small that it is not."""
    tool = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "lavfi", "-i"]
    noise = f"testsrc2=s=640x360:r=25:d={FILM_S},noise=alls=20:allf=t"
    sound = ["-f", "lavfi", "-i", f"anoisesrc=d={FILM_S}:a=0.3"]
    x264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    commands = [
        [*tool, noise, *sound, *x264, "-b:v", "1500k", folder / "lesson.mp4"],
        [*tool, sound[3], "-c:a", "aac", "-b:a", "192k", folder / "sound.mp4"],
        [*tool, noise, *sound, *x264, "-b:v", "200k", "-maxrate", "200k", "-bufsize", "200k",
         "-b:a", "48k", "-movflags", "faststart", folder / "small.mp4"],
    ]  # fmt: skip
    for command in commands:
        subprocess.run([str(part) for part in command], check=True, timeout=120)


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """Its library is in a bucket, whose addresses are good for a moment."""
    with ExitStack() as stack:
        program = s3.SERVICE.installed() or s3.nanio()
        told = stack.enter_context(s3.running(program, tmp_path_factory.mktemp("s3")))
        keys = {"access": s3.ACCESS_KEY, "secret": told["TEST_S3_SECRET_KEY"]}
        client = boto3.client(
            "s3", endpoint_url=told["TEST_S3_ENDPOINT"], region_name="us-east-1",
            aws_access_key_id=keys["access"], aws_secret_access_key=keys["secret"],
        )  # fmt: skip
        client.create_bucket(Bucket="library")
        school = School(tmp_path_factory.mktemp("school"))
        school.env |= {
            "MEDIA_S3_BUCKET": "library",
            "MEDIA_S3_ENDPOINT": told["TEST_S3_ENDPOINT"],
            "MEDIA_S3_ACCESS_KEY": keys["access"],
            "MEDIA_S3_SECRET_KEY": keys["secret"],
            "MEDIA_S3_SIGNED_SECONDS": str(SIGNED_S),
        }
        allow = {"AllowedOrigins": [school.url], "AllowedMethods": ["GET", "HEAD"]}
        allow |= {"AllowedHeaders": ["*"], "ExposeHeaders": ["Content-Range"]}
        client.put_bucket_cors(Bucket="library", CORSConfiguration={"CORSRules": [allow]})
        stack.callback(school.stop)
        school.start()
        folder = tmp_path_factory.mktemp("films")
        make(folder)
        school.manage("shell", "-v", "0", "-c", PUBLISH.format(folder=str(folder)))
        yield school


@pytest.mark.parametrize(("way", "slug"), WAYS)
def test_film_goes_on_at_the_same_second(chromium, school, way, slug):
    context = chromium.new_context(**PHONE)
    context.add_init_script(FORCE % way)
    page = context.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{school.url}/courses/phone-rules/{slug}/")
    page.click("[data-start]")
    until(page, "() => document.querySelector('[data-media]').currentTime >= 1.5")
    time.sleep(SIGNED_S + 1)
    asked.clear()
    page.evaluate("document.querySelector('[data-media]').currentTime = 40")
    until(page, "() => document.querySelector('[data-media]').currentTime >= 42", seconds=30)
    at = page.evaluate("document.querySelector('[data-media]').currentTime")
    assert 42 <= at < 47
    assert page.evaluate("document.querySelector('[data-media]').paused") is False
    assert page.get_attribute("[data-media]", "data-way") == way
    expect(page.locator("[data-media]")).to_be_visible()
    context.close()
    assert [url for url in asked if url.startswith(f"{school.url}/media/")], "nothing had run out"
