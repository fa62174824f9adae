"""The real nginx under deploy/nginx.conf, in front of a small stand-in for the school."""

import re
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.services import door as doors

FILM = bytes(range(256)) * 40
AGE = "public, max-age=31536000, immutable"
HANDED_ON, SENT = "/media/film.mp4", "/media/recordings/film.mp4"
"""The first is handed over each time, of the second nginx keeps the school's word."""


class School(BaseHTTPRequestHandler):
    """Lets nginx send what lies in recordings, hands other files of /media/… over one by one; says
    back what it was asked."""

    asked: list[str] = []

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        if "broken" in self.path:
            return self.connection.close()
        self.asked.append(self.path)
        if self.path.startswith("/media/may-send/"):
            return self.answer_nginx(self.path.removeprefix("/media/may-send/"))
        self.send_response(404 if "nowhere" in self.path else 200)
        if self.path.startswith("/media/"):
            self.send_header("X-Accel-Redirect", self.path.replace("/media/", "/protected/"))
            self.send_header("Content-Security-Policy", "sandbox")
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        told = [self.path, self.headers["Host"], self.headers["X-Forwarded-For"]]
        if self.command != "HEAD":
            self.wfile.write(" ".join(told).encode())

    def answer_nginx(self, name):
        known = {"Cookie", "Authorization", "Range"} & set(self.headers)
        self.send_response(204 if name.startswith("recordings/") and not known else 403)
        self.send_header("Cache-Control", AGE)
        self.send_header("Content-Type", "video/mp4")
        self.end_headers()

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *arguments):
        """Quiet."""


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    """The address of a running nginx; its folder."""
    program = doors.program() or pytest.skip("the door: nginx is missing (apt-get install nginx)")
    folder = tmp_path_factory.mktemp("nginx")
    (folder / "media" / "recordings").mkdir(parents=True)
    for path in (HANDED_ON, SENT):
        (folder / path.removeprefix("/")).write_bytes(FILM)
    school = ThreadingHTTPServer(("127.0.0.1", 0), School)
    threading.Thread(target=school.serve_forever, daemon=True).start()
    host = f"127.0.0.1:{school.server_address[1]}"
    try:
        with doors.nginx(program, folder / "nginx", folder / "media", host) as address:
            yield address, folder / "nginx"
    finally:
        school.shutdown()
        school.server_close()


def fetch(address, data=None, **headers):
    request = urllib.request.Request(address, data=data, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, b""


def test_school_hears_who_asks_and_for_what(door):
    address, _ = door
    host = address.removeprefix("http://")
    assert fetch(f"{address}/search/?q=x") == (200, f"/search/?q=x {host} 127.0.0.1".encode())


def test_school_is_asked_for_each_part_that_it_hands_on(door):
    address, _ = door
    School.asked.clear()
    assert fetch(f"{address}{HANDED_ON}") == (200, FILM)
    assert fetch(f"{address}{HANDED_ON}", Range="bytes=100-199") == (206, FILM[100:200])
    assert School.asked.count(HANDED_ON) == 2


def test_school_is_asked_once_for_all_parts_that_nginx_sends(door):
    address, _ = door
    School.asked.clear()
    for first in range(0, 1000, 100):
        part = fetch(f"{address}{SENT}?{first}", Range=f"bytes={first}-{first + 99}", Cookie="a=b")
        assert part == (206, FILM[first : first + 100])
    assert School.asked.count(SENT.replace("/media/", "/media/may-send/")) <= 1
    assert SENT not in School.asked


def test_what_is_said_of_a_file_does_not_depend_on_who_sends_it(door):
    address, _ = door
    names = ("Content-Type", "Cache-Control", "Content-Security-Policy", "X-Content-Type-Options")
    for path, expected in {
        SENT: ["video/mp4", AGE, None, "nosniff"],
        HANDED_ON: ["text/plain", None, "sandbox", "nosniff"],
    }.items():
        facts = told(f"{address}{path}")[3]
        assert [facts[name] for name in names] == expected


def told(address, method="GET", **headers):
    """Status, Content-Range, length, body."""
    request = urllib.request.Request(address, headers=headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=5) as answer:
            facts, status, body = answer.headers, answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            facts, status, body = error.headers, error.code, b""
    return status, facts["Content-Range"], body, facts


@pytest.mark.parametrize(
    ("asked", "status", "content_range", "part"),
    [
        ("bytes=0-0", 206, "bytes 0-0/10240", slice(0, 1)),
        ("bytes=100-199", 206, "bytes 100-199/10240", slice(100, 200)),
        ("bytes=10000-", 206, "bytes 10000-10239/10240", slice(10000, None)),
        ("bytes=10000-99999", 206, "bytes 10000-10239/10240", slice(10000, None)),
        ("bytes=-24", 206, "bytes 10216-10239/10240", slice(-24, None)),
        ("bytes=-99999", 206, "bytes 0-10239/10240", slice(None)),
        ("bytes=10240-", 416, "bytes */10240", slice(0)),
        ("bytes=99999-100000", 416, "bytes */10240", slice(0)),
        ("items=0-5", 200, None, slice(None)),
        ("bytes=9-5", 416, "bytes */10240", slice(0)),
    ],
)
@pytest.mark.parametrize("path", [HANDED_ON, SENT])
def test_range_through_nginx(door, path, asked, status, content_range, part):
    address, _ = door
    got = told(f"{address}{path}", Range=asked)
    assert got[:3] == (status, content_range, FILM[part])


@pytest.mark.parametrize("path", [HANDED_ON, SENT])
def test_several_ranges_through_nginx(door, path):
    address, _ = door
    status, _range, body, facts = told(f"{address}{path}", Range="bytes=0-1,5-9")
    kind, _equals, boundary = facts["Content-Type"].partition("; boundary=")
    assert (status, kind) == (206, "multipart/byteranges")
    parts = [part.split(b"\r\n\r\n", 1) for part in body.split(f"--{boundary}".encode())[1:-1]]
    assert [part[1].removesuffix(b"\r\n") for part in parts] == [FILM[0:2], FILM[5:10]]


@pytest.mark.parametrize("path", [HANDED_ON, SENT])
def test_conditions_through_nginx(door, path):
    address, _ = door
    film = f"{address}{path}"
    status, _range, body, facts = told(film, method="HEAD")
    assert (status, body, facts["Content-Length"]) == (200, b"", "10240")
    assert facts["Accept-Ranges"] == "bytes"
    tag, date = facts["ETag"], facts["Last-Modified"]
    part = ("bytes 0-9/10240", FILM[:10])
    for condition, answer in {
        tag: (206, *part),
        date: (206, *part),
        '"other"': (200, None, FILM),
        "Sat, 01 Jan 2000 00:00:00 GMT": (200, None, FILM),
    }.items():
        assert told(film, Range="bytes=0-9", **{"If-Range": condition})[:3] == answer
    assert told(film, **{"If-None-Match": tag})[0] == 304
    assert told(film, **{"If-Modified-Since": date})[0] == 304
    assert told(film, **{"If-None-Match": '"other"'})[0] == 200


def test_file_is_not_to_be_had_without_the_school(door):
    address, _ = door
    assert fetch(f"{address}/protected/film.mp4") == (404, b"")


def test_only_editors_send_much(door):
    address, _ = door
    assert fetch(f"{address}/learn/progress/", data=b"x" * 2_000_000)[0] == 413
    assert fetch(f"{address}/admin/media/", data=b"x" * 2_000_000)[0] == 200


@pytest.mark.parametrize("path", ["/search/", "/api/search/", "/api/search/suggest/"])
def test_log_of_errors_holds_no_search_words(door, path):
    address, folder = door
    assert [fetch(f"{address}{path}?q=broken-worry")[0], fetch(f"{address}/broken")[0]] == [502] * 2
    log = (folder / "error.log").read_text()
    assert ("GET /broken " in log, "broken-worry" in log) == (True, False)


def test_log_holds_no_search_words(door):
    address, folder = door
    fetch(f"{address}/search/?q=secret-worry")
    log = (folder / "access.log").read_text()
    assert re.findall(r"GET (/search/\S*) 200", log)[-1] == "/search/"
    assert "secret-worry" not in log
