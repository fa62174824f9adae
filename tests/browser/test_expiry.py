"""Signed addresses run out while somebody watches: the film goes on at the same second."""

import re
import subprocess
import time
from contextlib import ExitStack

import boto3
import imageio_ffmpeg
import pytest

from tests.browser.school import PHONE, School
from tests.browser.test_journeys import until
from tests.browser.test_video import FORCE
from tests.services import storage as s3

pytestmark = pytest.mark.browser
SIGNED_S = 4
FILM_S = 300
FAR_S = 240
LINE = {"offline": False, "latency": 20, "downloadThroughput": 80e3, "uploadThroughput": 80e3}
"""So slow that what is far away is not there yet."""
FILES = re.compile(r"^/media/(renditions|recordings)/")
WAYS = [
    *(("native", "lesson"), ("small", "lesson"), ("hls", "lesson"), ("file", "lesson")),
    *(("native", "sound"), ("small", "sound"), ("hls", "sound")),
    *(("file", "sound"), ("file", "small")),
]
PUBLISH = """
from django.core.files.base import ContentFile
from pathlib import Path
from courses.models import CourseIndexPage, CoursePage, LessonPage
from media import library, renditions
from media.models import Encoding, Recording
course = CoursePage(title="课", slug="course", summary="课")
CourseIndexPage.objects.get().add_child(instance=course).save_revision().publish()
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
    noise = f"testsrc2=s=426x240:r=5:d={FILM_S},noise=alls=30:allf=t"
    sound = ["-f", "lavfi", "-i", f"anoisesrc=d={FILM_S}:a=0.3"]
    x264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    small = ["-b:v", "200k", "-maxrate", "200k", "-bufsize", "200k", "-b:a", "48k"]
    commands = [
        [*tool, noise, *sound, *x264, "-b:v", "900k", folder / "lesson.mp4"],
        [*tool, f"anoisesrc=d={2 * FILM_S}:a=0.3", "-c:a", "aac", "-b:a", "192k",
         folder / "sound.mp4"],
        [*tool, noise, *sound, *x264, *small, "-movflags", "faststart", folder / "small.mp4"],
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
        school.start(demonstration=False)
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
    page.on("request", lambda request: asked.append((time.monotonic(), request.url)))
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    page.goto(f"{school.url}/courses/course/{slug}/")
    line.send("Network.emulateNetworkConditions", LINE)
    page.click("[data-start]")
    until(page, "() => document.querySelector('[data-media]').currentTime >= 1")
    page.evaluate("document.querySelector('[data-media]').pause()")
    time.sleep(SIGNED_S + 2)
    page.evaluate(
        """at => {
          const media = document.querySelector("[data-media]");
          media.currentTime = at;
          media.play();
        }""",
        FAR_S,
    )
    until(page, f"() => document.querySelector('[data-media]').currentTime >= {FAR_S + 2}")
    at = page.evaluate("document.querySelector('[data-media]').currentTime")
    times = [when for when, url in asked if FILES.search(url.removeprefix(school.url))]
    assert FAR_S + 2 <= at < FAR_S + 8
    assert times[-1] - times[0] > SIGNED_S, "no fresh addresses were asked for"
    assert page.evaluate("document.querySelector('[data-media]').paused") is False
    assert page.evaluate("document.querySelector('[data-media]').error") is None
    context.close()
