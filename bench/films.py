"""A film that is hard to compress, converted by the school and by ffmpeg alone."""

import resource
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import imageio_ffmpeg
from django.core.files import File
from django.utils import timezone

from courses.models import CoursePage, LessonPage
from media import encoding, ladder, probing, renditions
from media.library import add_recording
from media.models import Encoding, Recording

SECONDS = 75
RUNS = 3
SHORT = 40
SOURCE = "testsrc2=s=1280x720:r=30:d={0},noise=alls=12:allf=t"


def write(path: Path, seconds: int) -> None:
    """720p with noise: every rung needs all the bits that it may have."""
    made = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    sound = ["-f", "lavfi", "-i", f"anoisesrc=d={seconds}:a=0.2"]
    ffmpeg("-f", "lavfi", "-i", SOURCE.format(seconds), *sound, *made, "-b:v", "6M", path)


def ffmpeg(*arguments: Any, before: tuple[str, ...] = ()) -> None:
    command = [
        *before,
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-v",
        "error",
        "-nostdin",
        "-y",
        *arguments,
    ]
    subprocess.run([str(part) for part in command], check=True)


def publish() -> dict[str, str]:
    """A lesson that plays the film; addresses of the page and of the files."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "film.mp4"
        write(path, SECONDS)
        with path.open("rb") as opened:
            recording = add_recording(title="film", file=File(opened, name="film.mp4"))
    renditions.work(Encoding.objects.latest("pk").pk)
    recording = Recording.objects.get(pk=recording.pk)
    made = recording.encoding
    if made is None:
        raise RuntimeError(Encoding.objects.latest("pk").message)
    course = CoursePage.objects.live().order_by("path").first()
    lesson = LessonPage(title="film", slug=f"film-{timezone.now():%H%M%S}", format="video")
    lesson.recording, lesson.required = recording, False
    course.add_child(instance=lesson).save_revision().publish()
    run = f"renditions/{made.run}"
    return {"lesson": lesson.get_url(), "original": recording.file.name, "run": run}


Took = tuple[float, float]
"""Seconds by the clock, and of the processors, which do not depend on who else works."""


def convert() -> tuple[list[Took], list[Took]]:
    """In turn: ffmpeg alone making the same ladder, and the whole conversion of ours."""
    floor, ours = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = folder / "film.mp4"
        write(source, SHORT)
        for number in range(RUNS):
            floor.append(timed(lambda at: plain(source, at), folder / f"plain-{number}"))
            ours.append(timed(lambda at: whole(source, at), folder / f"ours-{number}"))
    return floor, ours


def timed(act: Any, folder: Path) -> Took:
    folder.mkdir()
    began, worked = time.monotonic(), processors()
    act(folder)
    return time.monotonic() - began, processors() - worked


def processors() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def plain(source: Path, folder: Path) -> None:
    """As one would type it: the same rungs, codecs, loudness and segments, and the one MP4; as
    polite as ours, so that whatever else the machine does meets both."""
    made = ladder.rungs(1280, 720)
    parts = ["-i", source, "-filter_complex", encoding.graph(made, sound=True)]
    for rung in made:
        parts += ["-map", f"[v{rung.name}]", *encoding.picture(rung)]
        parts += ["-map", f"[a{rung.name}]", *encoding.SOUND, *encoding.hls(folder, rung.name)]
    parts += ["-map", "[aaudio]", *encoding.SOUND, *encoding.hls(folder, "audio")]
    ffmpeg(*parts, before=tuple(encoding.polite()))
    ffmpeg("-i", folder / "360.m4s", "-c", "copy", "-movflags", "+faststart", folder / "whole.mp4")


def whole(source: Path, folder: Path) -> None:
    """All that a worker does with the file: look at it, convert it, choose posters."""
    encoding.encode(source, folder, probing.probe(source, converts=True), lambda share: True)
