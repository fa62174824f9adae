import os
import threading

import pytest
from django.utils.http import http_date

from media import delivery
from media.delivery import CHUNK

NAME = "0123456789abcdef0123456789abcdef"
MODIFIED = 1_750_000_000
BODY = bytes(range(256)) * 4


@pytest.fixture
def put(settings):
    def put(path, body=BODY):
        file = settings.MEDIA_ROOT / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)
        os.utime(file, (MODIFIED, MODIFIED))
        return file

    return put


@pytest.fixture
def get(client, put, db):
    put(f"recordings/{NAME}.mp4")

    def get(path=f"/media/recordings/{NAME}.mp4", method="get", **headers):
        answer = getattr(client, method)(
            path, headers={key.replace("_", "-"): value for key, value in headers.items()}
        )
        answer.body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        return answer

    return get


ETAG = f'"{MODIFIED * 10**9:x}-400"'


def test_whole_file(get):
    answer = get()
    assert (answer.status_code, answer.body) == (200, BODY)
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Content-Length"] == "1024"
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["ETag"] == ETAG
    assert answer["Last-Modified"] == http_date(MODIFIED)
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Vary" not in answer
    assert not answer.cookies


@pytest.mark.parametrize(
    ("asked", "content_range", "body"),
    [
        ("bytes=0-0", "bytes 0-0/1024", BODY[:1]),
        ("bytes=0-1023", "bytes 0-1023/1024", BODY),
        ("bytes=100-199", "bytes 100-199/1024", BODY[100:200]),
        ("bytes=1000-9999", "bytes 1000-1023/1024", BODY[1000:]),
        ("bytes=1000-", "bytes 1000-1023/1024", BODY[1000:]),
        ("bytes=-24", "bytes 1000-1023/1024", BODY[1000:]),
        ("bytes=-9999", "bytes 0-1023/1024", BODY),
    ],
)
def test_part(get, asked, content_range, body):
    answer = get(Range=asked)
    assert (answer.status_code, answer["Content-Range"], answer.body) == (206, content_range, body)
    assert answer["Content-Length"] == str(len(body))
    assert answer["ETag"] == ETAG


@pytest.mark.parametrize(
    "asked", ["bytes=0-1,5-9", "bytes=9-5", "bytes=x", "items=0-5", "bytes=-", ""]
)
def test_range_that_is_not_understood_gets_the_whole(get, asked):
    answer = get(Range=asked)
    assert (answer.status_code, answer.body) == (200, BODY)
    assert "Content-Range" not in answer


@pytest.mark.parametrize("asked", ["bytes=1024-", "bytes=5000-6000", "bytes=-0"])
def test_range_beyond_the_end(get, asked):
    answer = get(Range=asked)
    assert (answer.status_code, answer["Content-Range"]) == (416, "bytes */1024")
    assert answer.body == b""


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        (ETAG, 206),
        (http_date(MODIFIED), 206),
        ('"other"', 200),
        (f"W/{ETAG}", 200),
        (http_date(MODIFIED + 1), 200),
        (http_date(MODIFIED - 1), 200),
        ("nonsense", 200),
    ],
)
def test_if_range(get, condition, status):
    answer = get(Range="bytes=0-9", If_Range=condition)
    assert (answer.status_code, answer.body) == (status, BODY[:10] if status == 206 else BODY)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If_None_Match": ETAG}, 304),
        ({"If_None_Match": f'"a", W/{ETAG}'}, 304),
        ({"If_None_Match": "*"}, 304),
        ({"If_None_Match": '"other"'}, 200),
        ({"If_Modified_Since": http_date(MODIFIED)}, 304),
        ({"If_Modified_Since": http_date(MODIFIED - 1)}, 200),
        ({"If_None_Match": '"other"', "If_Modified_Since": http_date(MODIFIED)}, 200),
        ({"If_None_Match": ETAG, "Range": "bytes=0-9"}, 304),
        ({"If_Match": '"other"'}, 412),
        ({"If_Unmodified_Since": http_date(MODIFIED - 1)}, 412),
    ],
)
def test_conditions(get, headers, status):
    answer = get(**headers)
    assert (answer.status_code, answer.body) == (status, BODY if status == 200 else b"")
    if status == 304:
        assert answer["ETag"] == ETAG


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-9"}])
def test_head(get, headers):
    answer = get(method="head", **headers)
    assert (answer.status_code, answer.body) == (200, b"")
    assert answer["Content-Length"] == "1024"
    assert answer["Accept-Ranges"] == "bytes"


@pytest.mark.parametrize("method", ["post", "put", "delete", "options"])
def test_other_methods(get, method):
    assert get(method=method).status_code == 405


def test_open_range_of_a_film_ends_early(get, put):
    with put("recordings/film.mp4").open("wb") as film:
        film.truncate(10**9)
    answer = get("/media/recordings/film.mp4", Range="bytes=1000-")
    assert answer["Content-Range"] == f"bytes 1000-{1000 + 512 * 1024 - 1}/1000000000"
    assert len(answer.body) == 512 * 1024


def test_film_is_read_in_small_pieces(client, put, db):
    with put("recordings/film.mp4").open("wb") as film:
        film.truncate(10**9)
    answer = client.get("/media/recordings/film.mp4")
    pieces = iter(answer.streaming_content)
    assert len(next(pieces)) == CHUNK
    answer._iterator.close()


def test_long_answers_beyond_the_threads_for_them_are_asked_for_again(client, put, db, monkeypatch):
    monkeypatch.setattr(delivery, "STREAMS", threading.BoundedSemaphore(1))
    with put("recordings/film.mp4").open("wb") as film:
        film.truncate(10**9)
    first = client.get("/media/recordings/film.mp4")
    refused = client.get("/media/recordings/film.mp4")
    assert (first.status_code, refused.status_code, refused["Retry-After"]) == (200, 503, "5")
    assert refused["Cache-Control"] == "no-store"
    part = client.get("/media/recordings/film.mp4", headers={"Range": "bytes=0-9"})
    assert (part.status_code, len(part.content)) == (206, 10)
    first.close()
    first.close()
    again = client.get("/media/recordings/film.mp4")
    assert again.status_code == 200
    again.close()


def test_empty_file(get, put):
    put("recordings/empty.mp4", b"")
    whole = get("/media/recordings/empty.mp4")
    assert (whole.status_code, whole["Content-Length"], whole.body) == (200, "0", b"")
    assert get("/media/recordings/empty.mp4", Range="bytes=0-").status_code == 416


@pytest.mark.parametrize(
    ("name", "content_type"),
    [
        ("a.mp4", "video/mp4"),
        ("a.m4a", "audio/mp4"),
        ("a.vtt", "text/vtt; charset=utf-8"),
        ("a.WEBP", "image/webp"),
    ],
)
def test_content_type(get, put, name, content_type):
    put(f"captions/{name}")
    answer = get(f"/media/captions/{name}")
    assert answer["Content-Type"] == content_type
    assert answer["Cache-Control"] == "public, max-age=3600"
    assert "Content-Disposition" not in answer


@pytest.mark.parametrize("name", ["a.svg", "a.html", "a.js", "a.xml", "a", "a.mp4.html"])
def test_what_could_run_is_only_downloaded(get, put, name):
    put(f"pictures/{name}", b"<script>alert(1)</script>")
    answer = get(f"/media/pictures/{name}")
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"] == "attachment"
    assert answer["Content-Security-Policy"] == "sandbox"


@pytest.mark.parametrize(
    "path",
    [
        "../secret.mp4",
        "recordings/../../secret.mp4",
        "recordings/%2e%2e/%2e%2e/secret.mp4",
        "recordings/..%2f..%2fsecret.mp4",
        "recordings//../../secret.mp4",
        "/etc/passwd",
        "recordings/%00.mp4",
        "recordings/link.mp4",
        "recordings/linked/secret.mp4",
        "recordings/to-document.mp4",
        "recordings/../documents/private.pdf",
        "documents/private.pdf",
        "secret.mp4",
        "recordings",
        "recordings/",
        "recordings/..",
        "recordings/missing.mp4",
        "recordings/" + "a" * 300 + ".mp4",
    ],
)
def test_nothing_else_on_the_disk_is_delivered(get, put, settings, path):
    root = settings.MEDIA_ROOT
    secret = put("../secret.mp4")
    put("secret.mp4")
    put("documents/private.pdf")
    (root / "recordings/link.mp4").symlink_to(secret)
    (root / "recordings/linked").symlink_to(secret.parent)
    (root / "recordings/to-document.mp4").symlink_to(root / "documents/private.pdf")
    answer = get(f"/media/{path}")
    assert answer.status_code == (400 if "%00" in path else 404)
    assert BODY not in answer.body


def test_nginx_sends_the_file_when_it_is_there(get, settings):
    settings.MEDIA_ACCEL_PREFIX = "/inside/"
    answer = get(Range="bytes=0-9")
    assert (answer.status_code, answer.body) == (200, b"")
    assert answer["X-Accel-Redirect"] == f"/inside/recordings/{NAME}.mp4"
    assert answer["Content-Type"] == "video/mp4"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert get("/media/recordings/missing.mp4").status_code == 404


def test_nginx_may_send_what_everybody_may_have(get, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = get(f"/media/may-send/recordings/{NAME}.mp4")
    assert (answer.status_code, answer.body) == (204, b"")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not answer.cookies


@pytest.mark.parametrize(
    "path",
    [
        "documents/private.pdf",
        "recordings/../documents/private.mp4",
        "recordings/to-document.mp4",
        "recordings/missing.mp4",
        "pictures/a.svg",
        "stories/a.jpg",
        "recordings",
    ],
)
def test_nginx_may_not_send_what_the_school_looks_at_itself(get, put, settings, path, caplog):
    for name in ("documents/private.pdf", "documents/private.mp4", "pictures/a.svg"):
        put(name)
    put("stories/a.jpg")
    root = settings.MEDIA_ROOT
    (root / "recordings/to-document.mp4").symlink_to(root / "documents/private.mp4")
    answer = get(f"/media/may-send/{path}")
    assert (answer.status_code, answer.body, caplog.messages) == (403, b"", [])


def test_nginx_may_send_nothing_while_the_library_is_in_a_bucket(get, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "media.storage.LibraryStorage", "OPTIONS": {"bucket_name": "x"}},
    }
    assert get(f"/media/may-send/recordings/{NAME}.mp4").status_code == 403
