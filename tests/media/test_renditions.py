"""From a queued conversion to renditions that play, and everything that may come between."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from media import encoding, ladder, renditions
from media.checking import YOUNG, compare
from media.library import add_recording
from media.models import Encoding, Recording
from media.tasks import look_after_conversions
from tests.media.conftest import H264, PICTURE, SOUND, ffmpeg

pytestmark = pytest.mark.django_db
STATES = Encoding.State


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    path = tmp_path_factory.mktemp("clip") / "clip.mp4"
    ffmpeg(*PICTURE, *SOUND, "-t", "1.6", *H264, "-b:v", "900k", "-minrate", "900k", path)
    return path.read_bytes()


@pytest.fixture
def no_small_files(monkeypatch):
    """Even the tests' clips are worth converting."""
    monkeypatch.setattr(ladder, "SMALL_VIDEO_BITS", 0)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Runs what waits for the end of the transaction."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def add(clip, no_small_files, committed):
    def add(title="立规矩", **options):
        with committed():
            return add_recording(title=title, file=ContentFile(clip, name="clip.mp4"), **options)

    return add


def queued():
    return [task.args_kwargs["args"] for task in DBTaskResult.objects.filter(queue_name="media")]


def stored():
    root = Path(default_storage.location)
    found = (path for path in (root / "renditions").glob("*/*"))
    return sorted(str(path.relative_to(root)) for path in found)


def test_recording_is_converted_and_plays(add, settings):
    recording = add()
    waiting = Encoding.objects.get()
    assert (waiting.state, queued(), recording.encoding) == (STATES.WAITING, [[waiting.pk]], None)
    assert recording.url == recording.file.url
    assert renditions.work(waiting.pk) == STATES.READY
    recording = Recording.objects.get()
    made = recording.encoding
    assert (made.state, made.progress, made.attempts) == (STATES.READY, 100, 1)
    assert stored() == sorted(f"renditions/{made.run}/{name}" for name in made.files)
    assert recording.url == f"/media/renditions/{made.run}/whole.mp4"
    assert made.main_url == f"/media/renditions/{made.run}/main.m3u8"
    assert made.low_url.endswith("/240.m3u8")
    assert made.audio_url.endswith("/audio.m3u8")
    assert list((settings.MEDIA_ROOT / "work").iterdir()) == []


def test_conversion_changes_neither_length_nor_the_file_that_coverage_belongs_to(add):
    before = add()
    renditions.work(Encoding.objects.get().pk)
    after = Recording.objects.get()
    assert (after.content_hash, after.duration) == (before.content_hash, before.duration)


def test_identical_files_are_converted_once(add):
    first, second = add("一"), add("二")
    assert Encoding.objects.count() == 1
    assert len(queued()) == 1
    renditions.work(Encoding.objects.get().pk)
    third = add("三")
    found = set(Recording.objects.values_list("pk", "encoding"))
    made = Encoding.objects.get().pk
    assert found == {(first.pk, made), (second.pk, made), (third.pk, made)}
    assert len(queued()) == 1


def test_small_file_plays_as_it_is(clip, monkeypatch):
    monkeypatch.setattr(ladder, "SMALL_VIDEO_BITS", 10**9)
    recording = add_recording(title="小", file=ContentFile(clip, name="clip.mp4"))
    assert not Encoding.objects.exists()
    assert recording.url == recording.file.url


def test_second_worker_finds_nothing_to_do(add):
    add()
    waiting = Encoding.objects.get()
    assert renditions.claim(waiting.pk, timezone.now()).run
    assert renditions.work(waiting.pk) == ""
    assert renditions.work(0) == ""


def test_worker_killed_in_the_middle_is_replaced(add, settings, committed):
    add()
    pk = Encoding.objects.get().pk
    cut_off = renditions.claim(pk, timezone.now())
    half = settings.MEDIA_ROOT / "work" / f"{cut_off.run}-x"
    half.mkdir(parents=True)
    (half / "240.m4s").write_bytes(b"half")
    default_storage.save(f"renditions/{cut_off.run}/240.m4s", ContentFile(b"half"))
    assert renditions.ask_again_for_interrupted(timezone.now()) == 0
    assert Recording.objects.get().encoding is None
    later = timezone.now() + Encoding.SILENCE + timedelta(seconds=1)
    with committed():
        assert renditions.ask_again_for_interrupted(later) == 1
        assert renditions.ask_again_for_interrupted(later) == 0
    assert queued() == [[pk], [pk]]
    assert renditions.work(pk) == STATES.READY
    made = Recording.objects.get().encoding
    assert made.run != cut_off.run
    assert stored() == sorted(f"renditions/{made.run}/{name}" for name in made.files)
    assert not half.exists()


def test_first_worker_that_comes_back_publishes_nothing(add):
    add()
    pk = Encoding.objects.get().pk
    slow = renditions.claim(pk, timezone.now())
    Encoding.objects.update(alive_at=timezone.now() - 2 * Encoding.SILENCE)
    second = renditions.claim(pk, timezone.now())
    assert renditions.alive(slow, 50) is False
    with pytest.raises(encoding.Abandoned):
        renditions.publish(slow, ["whole.mp4"])
    assert Recording.objects.get().encoding is None
    assert Encoding.objects.get().run == second.run


def test_work_taken_over_leaves_nothing(add, monkeypatch):
    add()
    monkeypatch.setattr(renditions, "alive", lambda claimed, progress: False)
    monkeypatch.setattr(renditions, "reporter", lambda claimed: lambda share: False)
    assert renditions.work(Encoding.objects.get().pk) == ""
    assert stored() == []


def test_conversion_that_is_interrupted_again_and_again_stops(add):
    add()
    Encoding.objects.update(attempts=Encoding.MOST_ATTEMPTS)
    assert renditions.work(Encoding.objects.get().pk) == ""
    stopped = Encoding.objects.get()
    assert (stopped.state, bool(stopped.message)) == (STATES.FAILED, True)
    assert renditions.ask(Recording.objects.get()).pk == stopped.pk
    assert Encoding.objects.get().state == STATES.WAITING


@pytest.mark.parametrize("failure", [encoding.Failed("坏"), OSError(28, "No space left on device")])
def test_failure_is_told_and_leaves_nothing(add, monkeypatch, failure):
    add()

    def fails(*arguments):
        raise failure

    default = renditions.store
    monkeypatch.setattr(
        renditions, "store", lambda path, name: fails() if "main" in name else default(path, name)
    )
    assert renditions.work(Encoding.objects.get().pk) == STATES.FAILED
    failed = Encoding.objects.get()
    assert failed.message == encoding.reason(str(failure)) or failed.message == "坏"
    assert (stored(), Recording.objects.get().encoding) == ([], None)


def test_recording_deleted_while_it_waits(add, committed):
    add()
    with committed():
        Recording.objects.get().delete()
    assert renditions.work(Encoding.objects.get().pk) == STATES.FAILED
    assert look_after_conversions.func() == (0, 1)
    assert not Encoding.objects.exists()


def test_changed_settings_are_applied_by_command(add, monkeypatch):
    add()
    renditions.work(Encoding.objects.get().pk)
    old = Encoding.objects.get()
    call_command("reencode_media")
    assert Encoding.objects.count() == 1
    monkeypatch.setattr(ladder, "LOUDNESS", "loudnorm=I=-20:TP=-1.5:LRA=11")
    call_command("reencode_media")
    assert Recording.objects.get().encoding == old
    assert look_after_conversions.func() == (0, 0)
    fresh = Encoding.objects.exclude(pk=old.pk).get()
    assert renditions.work(fresh.pk) == STATES.READY
    assert Recording.objects.get().encoding == fresh
    assert look_after_conversions.func() == (0, 1)
    fresh.refresh_from_db()
    assert stored() == sorted(f"renditions/{fresh.run}/{name}" for name in fresh.files)


def test_poster_outlives_its_conversion(add):
    recording = add()
    renditions.work(Encoding.objects.get().pk)
    recording.refresh_from_db()
    before = recording.thumbnail.name
    renditions.change_poster(recording, "frame-3.jpg")
    after = Recording.objects.get().thumbnail
    frame = default_storage.open(f"renditions/{recording.encoding.run}/frame-3.jpg")
    assert (after.name != before, after.read()) == (True, frame.read())
    frame.close()
    after.close()
    with pytest.raises(ValueError, match="frame-9"):
        renditions.change_poster(recording, "frame-9.jpg")


def test_check_finds_what_is_missing_and_what_nobody_names(add, monkeypatch, capsys):
    add()
    renditions.work(Encoding.objects.get().pk)
    call_command("media_check")
    made = Encoding.objects.get()
    gone = f"renditions/{made.run}/240.m4s"
    default_storage.delete(gone)
    default_storage.save("recordings/left.mp4", ContentFile(b"x"))
    assert (compare().missing, compare().orphaned) == ({gone}, set())
    monkeypatch.setattr("media.checking.YOUNG", -YOUNG)
    with pytest.raises(CommandError):
        call_command("media_check")
    assert f"missing  {gone}\norphaned recordings/left.mp4\n" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("media_check", "--delete")
    assert compare().orphaned == set()


def test_files_of_a_running_conversion_are_not_orphans(add, monkeypatch):
    add()
    running = renditions.claim(Encoding.objects.get().pk, timezone.now())
    default_storage.save(f"renditions/{running.run}/240.m4s", ContentFile(b"half"))
    monkeypatch.setattr("media.checking.YOUNG", -YOUNG)
    assert compare().orphaned == set()
