"""The school itself behind the real nginx: who gets which file, and for how long."""

import http.client
import re
import threading
import time
from urllib.parse import quote
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.test import Client

from learners.stories import photos
from media.kinds import CONTENT_TYPES
from tests.learners.stories.conftest import content_of, jpeg, story_of
from tests.services import door as doors

pytestmark = pytest.mark.django_db(transaction=True)
WORD_S = 5
"""As long as nginx keeps what the school said (deploy/nginx.conf)."""
STREAM = "renditions/0f0e0d0c0b0a09080706050403020100/240.m4s"
BODY = bytes(range(256)) * 500
BUCKET = {
    "BACKEND": "media.storage.LibraryStorage",
    "OPTIONS": {
        "bucket_name": "library",
        "endpoint_url": "http://127.0.0.1:9",
        "region_name": "us-east-1",
        "access_key": "school",
        "secret_key": "school",
    },
}


class Quiet(WSGIRequestHandler):
    def log_message(self, *arguments):
        """Quiet."""


@pytest.fixture
def school(transactional_db, settings):
    """Its host and port. Not pytest-django's: that one sends files of /media/ itself."""
    settings.MEDIA_ACCEL_PREFIX = "/protected/"
    server = make_server("127.0.0.1", 0, WSGIHandler(), handler_class=Quiet)

    def serve():
        server.serve_forever()
        connections.close_all()

    thread = threading.Thread(target=serve)
    thread.start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def door(school, settings, tmp_path):
    program = doors.program() or pytest.skip("the door: nginx is missing (apt-get install nginx)")
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    with doors.nginx(program, tmp_path / "nginx", settings.MEDIA_ROOT, school) as address:
        yield address


def get(address, method="GET", **headers):
    """Status, body, headers; redirects are not followed."""
    host, slash, path = address.removeprefix("http://").partition("/")
    connection = http.client.HTTPConnection(host, timeout=10)
    try:
        connection.request(method, slash + path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(), answer.headers
    finally:
        connection.close()


def cookie_of(user):
    client = Client()
    client.force_login(user)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def put(name, body=BODY):
    return default_storage.save(name, ContentFile(body))


def test_nginx_knows_the_kinds_of_the_school():
    text = doors.CONFIGURATION.read_text()
    block = re.search(r"types \{\n(.*?)\}", text, re.DOTALL)[1]
    known = {}
    for kind, *suffixes in (
        line.strip(" ;").split() for line in block.splitlines() if line.strip()
    ):
        known |= {f".{suffix}": kind for suffix in suffixes}
    assert known == {suffix: kind.split(";")[0] for suffix, kind in CONTENT_TYPES.items()}
    assert {kind for kind in CONTENT_TYPES.values() if ";" in kind} == {"text/vtt; charset=utf-8"}
    assert "charset utf-8;" in text
    assert "charset_types text/vtt;" in text


def test_word_of_the_school_holds_for_five_seconds():
    assert f"proxy_cache_valid 204 403 {WORD_S}s;" in doors.CONFIGURATION.read_text()


@pytest.mark.parametrize(
    ("name", "kind", "age"),
    [
        (STREAM, "video/mp4", "public, max-age=31536000, immutable"),
        ("captions/words.vtt", "text/vtt; charset=utf-8", "public, max-age=3600"),
        ("images/cover.WEBP", "image/webp", "public, max-age=3600"),
        ("images/封面.jpg", "image/jpeg", "public, max-age=3600"),
    ],
)
def test_nginx_says_of_a_file_what_the_school_says(door, name, kind, age):
    put(name)
    address = f"{door}/media/{quote(name)}"
    status, body, facts = get(address)
    assert (status, body, facts["Content-Type"], facts["Cache-Control"]) == (200, BODY, kind, age)
    assert facts["X-Content-Type-Options"] == "nosniff"
    status, body, facts = get(address, Range="bytes=1000-1999")
    assert (status, body, facts["Content-Type"]) == (206, BODY[1000:2000], kind)
    status, body, facts = get(address, method="HEAD")
    assert (status, body, facts["Content-Length"]) == (200, b"", str(len(BODY)))


def test_unknown_kind_is_only_downloaded(door):
    put("pictures/a.svg", b"<svg/>")
    status, _body, facts = get(f"{door}/media/pictures/a.svg")
    assert (status, facts["Content-Type"]) == (200, "application/octet-stream")
    assert (facts["Content-Disposition"], facts["X-Content-Type-Options"]) == (
        "attachment",
        "nosniff",
    )
    assert facts["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(
    "path",
    [
        "stories/secret.jpg",
        "%73tories/secret.jpg",
        "recordings/../stories/secret.jpg",
        "recordings/..%2fstories/secret.jpg",
        "recordings/%2e%2e/stories/secret.jpg",
        "recordings//../stories/secret.jpg",
        "/stories/secret.jpg",
        "may-send/stories/secret.jpg",
        "documents/secret.jpg",
        "secret.jpg",
        "recordings/film.mp4%0a",
        "recordings/film.mp4%00",
        "recordings/film.mp4/",
        "recordings/",
        "",
    ],
)
def test_nothing_else_on_the_disk_is_sent(door, path):
    for name in ("stories/secret.jpg", "documents/secret.jpg", "secret.jpg", "recordings/film.mp4"):
        put(name)
    assert get(f"{door}/media/recordings/film.mp4")[:2] == (200, BODY)
    status, body, _facts = get(f"{door}/media/{path}")
    assert (status in (400, 403, 404), BODY in body) == (True, False)


@pytest.fixture
def photo(chen_jing):
    return photos.add(story_of(chen_jing), ContentFile(jpeg(), name="a.jpg"))


def test_yes_to_a_mother_is_no_yes_to_a_stranger(door, photo, chen_jing, li_wei):
    address = f"{door}/learn/stories/{photo.story_id}/photos/{photo.pk}/"
    picture = content_of(photo.file.name)
    for _again in range(2):
        status, body, facts = get(address, Cookie=cookie_of(chen_jing))
        assert (status, body, facts["Cache-Control"]) == (200, picture, "private, no-store")
        assert facts["X-Content-Type-Options"] == "nosniff"
        status, body, _facts = get(address, Cookie=cookie_of(li_wei))
        assert (status, picture in body) == (404, False)
        assert picture not in get(address)[1]
        for cookie in (cookie_of(chen_jing), "a=b"):
            for prefix in ("media", "protected", "media/may-send"):
                status, body, _facts = get(f"{door}/{prefix}/{photo.file.name}", Cookie=cookie)
                assert (status in (403, 404), picture in body) == (True, False)


def test_deleted_file_is_gone_at_once(door):
    put(STREAM)
    assert get(f"{door}/media/{STREAM}")[:2] == (200, BODY)
    default_storage.delete(STREAM)
    status, body, facts = get(f"{door}/media/{STREAM}")
    assert (status, BODY in body, "Cache-Control" in facts) == (404, False, False)
    put(STREAM, BODY[::-1])
    assert get(f"{door}/media/{STREAM}")[:2] == (200, BODY[::-1])


def test_what_the_school_takes_back_is_sent_no_longer(door, monkeypatch):
    put(STREAM)
    assert get(f"{door}/media/{STREAM}")[0] == 200
    monkeypatch.setattr("media.delivery.FOLDERS", set())
    time.sleep(WORD_S + 1)
    status, body, _facts = get(f"{door}/media/{STREAM}")
    assert (status, BODY in body) == (404, False)


def test_nginx_without_the_disk_lets_the_school_answer(door, settings):
    """As with MEDIA_S3_BUCKET: what lies on the disk is not what the school means."""
    put(STREAM)
    signer = {**BUCKET, "BACKEND": "storages.backends.s3.S3Storage"}
    settings.STORAGES = {**settings.STORAGES, "default": BUCKET, "signer": signer}
    status, body, facts = get(f"{door}/media/{STREAM}")
    assert (status, body) == (302, b"")
    assert facts["Location"].startswith(f"http://127.0.0.1:9/library/{STREAM}?")
