"""The library on disk and in a bucket of a real S3 server, over HTTP: the same cases for both."""

import copy
import os
import re
import socket
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

import boto3
import pytest
from botocore.config import Config
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.core.management import CommandError, call_command
from django.utils.translation import gettext as _

from media import checking, ladder, moving, renditions
from media.library import add_captions, add_recording
from media.models import Encoding, Recording
from media.storage import LibraryStorage, with_addresses
from tests.services import storage as s3

pytestmark = pytest.mark.django_db
in_the_bucket = pytest.mark.parametrize("library", ["bucket"], indirect=True)
NANIO_REFUSES = {"bytes=-10", "bytes=99999999-"}
"""No player asks so; versitygw answers as S3 does."""
VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nhello\n"


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """The one of `make test-services`, else nanio: {"endpoint_url", "secret_key", …}."""
    with ExitStack() as stack:
        told = dict(os.environ)
        if "TEST_S3_ENDPOINT" not in told:
            folder = tmp_path_factory.mktemp("s3")
            told |= stack.enter_context(s3.running(s3.nanio(), folder))
        yield {
            "endpoint_url": told["TEST_S3_ENDPOINT"],
            "access_key": s3.ACCESS_KEY,
            "secret_key": told["TEST_S3_SECRET_KEY"],
            "region_name": "us-east-1",
            "addressing_style": "path",
            "signature_version": "s3v4",
            "querystring_expire": 300,
            "file_overwrite": False,
        }


@pytest.fixture
def bucket(server, settings, request):
    name = "school-" + str(abs(hash(request.node.name)) % 10**9)
    client = boto3.client(
        "s3",
        endpoint_url=server["endpoint_url"],
        aws_access_key_id=server["access_key"],
        aws_secret_access_key=server["secret_key"],
        region_name="us-east-1",
    )
    client.create_bucket(Bucket=name)
    options = {**server, "bucket_name": name}
    signer = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
    library = {"BACKEND": "media.storage.LibraryStorage", "OPTIONS": options}
    chosen = copy.deepcopy(settings.STORAGES)
    settings.STORAGES = {**chosen, "bucket": library, "signer": signer}
    return name


@pytest.fixture
def in_bucket(bucket, settings):
    settings.STORAGES = {**settings.STORAGES, "default": settings.STORAGES["bucket"]}
    return bucket


@pytest.fixture(params=["disk", "bucket"])
def library(request):
    """Each storage in turn as the one of the school."""
    if request.param == "bucket":
        request.getfixturevalue("in_bucket")
    return request.param


@pytest.fixture
def recording(files, library, monkeypatch):
    monkeypatch.setattr(ladder, "SMALL_VIDEO_BITS", 0)
    video = ContentFile((files / "video.mp4").read_bytes(), name="video.mp4")
    return add_recording(title="立规矩", file=video)


def fetch(client, address, **headers):
    """As a browser: follows us to the bucket. Status, type, body."""
    answer = client.get(address, headers=headers)
    if answer.status_code != 302:
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return answer.status_code, answer.get("Content-Type"), body
    asked = urllib.request.Request(answer["Location"], headers=headers)
    try:
        with urllib.request.urlopen(asked, timeout=10) as there:
            return there.status, there.headers["Content-Type"], there.read()
    except urllib.error.HTTPError as refused:
        refused.close()
        return refused.code, None, b""


def test_recording_goes_in_is_converted_and_comes_out(client, files, recording):
    content = (files / "video.mp4").read_bytes()
    assert fetch(client, recording.url) == (200, "video/mp4", content)
    assert renditions.work(Encoding.objects.get().pk) == Encoding.State.READY
    made = Recording.objects.get().encoding
    status, kind, whole = fetch(client, made.whole_url)
    assert (status, kind, whole[4:8]) == (200, "video/mp4", b"ftyp")
    status, kind, playlist = fetch(client, made.main_url)
    assert (status, kind) == (200, "application/vnd.apple.mpegurl")
    assert playlist.decode().splitlines()[-1] == "240.m3u8"
    assert checking.compare().missing == set()


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=100-", 206, slice(100, None)),
        ("bytes=-10", 206, slice(-10, None)),
        ("bytes=99999999-", 416, None),
    ],
)
def test_parts_of_a_file(client, files, library, recording, asked, status, part):
    content = (files / "video.mp4").read_bytes()
    got, _type, body = fetch(client, recording.url, Range=asked)
    nanio = os.environ.get("TEST_S3_SERVER", "nanio") == "nanio"
    if library == "bucket" and nanio and asked in NANIO_REFUSES:
        status, part = 400, None
    assert (got, body) == (status, content[part] if part else b"")


def test_conditions_of_a_part(client, library, recording):
    """As a browser: what one answer said is the condition of the next."""
    first = facts(client, recording.url, "HEAD")
    size = recording.size
    assert (first[0], first[1]["Content-Length"], first[2]) == (200, str(size), b"")
    assert first[1]["Accept-Ranges"] == "bytes"
    tag = first[1]["ETag"]
    part = {"Range": "bytes=0-9"}
    status, headers, body = facts(client, recording.url, **part, **{"If-Range": tag})
    assert (status, headers["Content-Range"], len(body)) == (206, f"bytes 0-9/{size}", 10)
    assert headers["ETag"] == tag
    nanio = os.environ.get("TEST_S3_SERVER", "nanio") == "nanio"
    unchanged = 200 if library == "bucket" and nanio else 304
    assert facts(client, recording.url, **{"If-None-Match": tag})[0] == unchanged


def facts(client, address, method="GET", **headers):
    """Status, headers and body, wherever the file lies."""
    answer = client.generic(method, address, headers=headers)
    if answer.status_code != 302:
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return answer.status_code, answer.headers, body
    asked = urllib.request.Request(answer["Location"], headers=headers, method=method)
    try:
        with urllib.request.urlopen(asked, timeout=10) as there:
            return there.status, there.headers, there.read()
    except urllib.error.HTTPError as refused:
        with refused:
            return refused.code, refused.headers, b""


def test_captions_are_delivered_by_the_school(client, recording):
    track = add_captions(recording, ContentFile(VTT, name="a.vtt"))
    answer = client.get(track.file.url)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/vtt; charset=utf-8")
    assert body.strip() == VTT.strip()


def test_segments_in_a_private_bucket_are_signed(client, in_bucket, files, recording):
    renditions.work(Encoding.objects.get().pk)
    made = Recording.objects.get().encoding
    answer = client.get(made.low_url)
    assert answer["Cache-Control"] == "private, max-age=60"
    lines = answer.content.decode().splitlines()
    addresses = {line for line in lines if not line.startswith("#")}
    assert len(addresses) == 1
    address = addresses.pop()
    (head,) = re.findall(r'#EXT-X-MAP:URI="(http[^"]+/240-head.mp4\?[^"]+)"', "\n".join(lines))
    for signed in (head, address):
        with urllib.request.urlopen(signed, timeout=10) as there:
            assert there.read()[4:8] == b"ftyp"
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(address.split("?")[0], timeout=10)
    refused.value.close()
    assert refused.value.code == 403


def test_address_in_a_page_never_changes(in_bucket, recording):
    assert recording.file.url == f"/media/{recording.file.name}"


def test_cdn_delivers_what_is_public(in_bucket, settings):
    settings.MEDIA_S3_CDN = "https://cdn.example.test/"
    assert default_storage.url("recordings/a.mp4") == "https://cdn.example.test/recordings/a.mp4"
    assert default_storage.url("documents/a.pdf") == "/media/documents/a.pdf"


@pytest.mark.parametrize(
    "path",
    ["documents/private.pdf", "recordings", "recordings/../documents/a.pdf", "recordings//a.mp4"],
)
def test_nothing_else_in_the_bucket_is_signed(client, in_bucket, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_missing_playlist(client, in_bucket):
    assert client.get("/media/renditions/x/main.m3u8").status_code == 404


def test_bucket_that_refuses_ends_the_conversion(in_bucket, recording, settings, monkeypatch):
    from botocore.exceptions import EndpointConnectionError

    def refuses(self, name, content):
        raise EndpointConnectionError(endpoint_url="http://127.0.0.1:9")

    with monkeypatch.context() as patched:
        patched.setattr(LibraryStorage, "_save", refuses)
        assert renditions.work(Encoding.objects.get().pk) == Encoding.State.FAILED
    assert Encoding.objects.get().message != ""
    renditions.ask(Recording.objects.get())
    assert renditions.work(Encoding.objects.get().pk) == Encoding.State.READY


@pytest.fixture
def silent(in_bucket, settings):
    """The bucket's server takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        quick = Config(s3={"addressing_style": "path"}, signature_version="s3v4",
                       read_timeout=0.3, retries={"total_max_attempts": 1})  # fmt: skip
        chosen = copy.deepcopy(settings.STORAGES)
        chosen["default"]["OPTIONS"] |= {"endpoint_url": address, "client_config": quick}
        yield lambda: setattr(settings, "STORAGES", chosen)


@in_the_bucket
def test_bucket_that_says_nothing_ends_the_conversion(recording, silent, settings, monkeypatch):
    before = settings.STORAGES
    silent()
    assert renditions.work(Encoding.objects.get().pk) == Encoding.State.FAILED
    failed = Encoding.objects.get()
    assert failed.message == _(
        "The storage did not take the files. Please try again in a few minutes."
    )
    settings.STORAGES = before
    monkeypatch.setattr(checking, "YOUNG", -checking.YOUNG)
    assert checking.compare().orphaned == set()
    renditions.ask(Recording.objects.get())
    assert renditions.work(failed.pk) == Encoding.State.READY


@in_the_bucket
def test_player_is_told_to_ask_again_later(client, recording, silent):
    renditions.work(Encoding.objects.get().pk)
    address = Recording.objects.get().encoding.low_url
    silent()
    answer = client.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer["Cache-Control"] == "no-store"


def test_library_moves_to_the_bucket_and_back(bucket, recording, files, settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"
    add_captions(recording, ContentFile(VTT, name="a.vtt"))
    names = sorted(moving.everything(storages["disk"]))
    call_command("media_move", "disk", "bucket")
    assert sorted(moving.everything(storages["bucket"])) == names
    with storages["bucket"].open(recording.file.name) as there:
        assert there.read() == (files / "video.mp4").read_bytes()
    for name in names:
        storages["disk"].delete(name)
    call_command("media_move", "bucket", "disk")
    with storages["disk"].open(recording.file.name) as back:
        assert back.read() == (files / "video.mp4").read_bytes()


test_library_moves_to_the_bucket_and_back = pytest.mark.parametrize(
    "library", ["disk"], indirect=True
)(test_library_moves_to_the_bucket_and_back)


def test_move_that_was_stopped_goes_on(bucket, tmp_path):
    disk, there = storages["disk"], storages["bucket"]
    for name in ("recordings/a.mp4", "recordings/b.mp4", "pictures/c.jpg", "work/half.mp4"):
        disk.save(name, ContentFile(name.encode()))
    ledger = tmp_path / "ledger.txt"

    def stop(line):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        moving.move(disk, there, ledger, stop)
    there.save("recordings/b.mp4", ContentFile(b"half"))
    moved = moving.move(disk, there, ledger, str)
    assert (moved.copied, moved.skipped) == (2, 1)
    with there.open("recordings/b.mp4") as arrived:
        assert arrived.read() == b"recordings/b.mp4"
    assert moving.move(disk, there, ledger, str).copied == 0


def test_file_that_arrives_different_is_refused(bucket, tmp_path, monkeypatch):
    storages["disk"].save("recordings/a.mp4", ContentFile(b"right"))
    save = LibraryStorage._save
    monkeypatch.setattr(
        LibraryStorage, "_save", lambda self, name, file: save(self, name, ContentFile(b"wrong"))
    )
    with pytest.raises(moving.Different):
        moving.move(storages["disk"], storages["bucket"], tmp_path / "ledger.txt", str)
    assert not storages["bucket"].exists("recordings/a.mp4")


def test_move_says_what_is_wrong(settings):
    with pytest.raises(CommandError, match="the same"):
        call_command("media_move", "disk", "disk")
    with pytest.raises(CommandError, match="MEDIA_S3_BUCKET"):
        call_command("media_move", "disk", "bucket")


def test_playlist_with_addresses():
    playlist = '#EXTM3U\n#EXT-X-MAP:URI="a.m4s",BYTERANGE="9@0"\n#EXTINF:2,\na.m4s\nb.m3u8\n'
    assert with_addresses(playlist, lambda name: f"//{name}?x") == (
        '#EXTM3U\n#EXT-X-MAP:URI="//a.m4s?x",BYTERANGE="9@0"\n#EXTINF:2,\n//a.m4s?x\nb.m3u8\n'
    )


def test_ledger_forgets_a_line_that_was_cut_off(tmp_path):
    ledger = Path(tmp_path / "ledger.txt")
    ledger.write_text(f"{'a' * 64} 12 recordings/a b.mp4\n{'b' * 64} 7")
    assert moving.read(ledger) == {"recordings/a b.mp4": 12}
