"""The real nginx under deploy/nginx.conf, in front of a small stand-in for the school."""

import re
import shutil
import signal
import subprocess
import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from tests.rules.tree import ROOT
from tests.services.service import end, free_port, wait_for

FILM = bytes(range(256)) * 40


class School(BaseHTTPRequestHandler):
    """Hands /media/… over to nginx as the school does; says back what it was asked."""

    def do_HEAD(self):
        self.do_GET()

    def do_GET(self):
        if "broken" in self.path:
            return self.connection.close()
        self.send_response(200)
        if self.path.startswith("/media/"):
            self.send_header("X-Accel-Redirect", self.path.replace("/media/", "/protected/"))
        self.send_header("Content-Type", "text/plain")
        self.end_headers()
        told = [self.path, self.headers["Host"], self.headers["X-Forwarded-For"]]
        if self.command != "HEAD":
            self.wfile.write(" ".join(told).encode())

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.do_GET()

    def log_message(self, *arguments):
        """Quiet."""


def configuration(folder, port, upstream):
    """The committed file with this machine's ports and folders."""
    text = (ROOT / "deploy/nginx.conf").read_text()
    for committed, local in {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "server web:8000;": f"server 127.0.0.1:{upstream};",
        "/var/cache/nginx/static": f"{folder}/static",
        "/srv/media/": f"{folder}/media/",
        "/dev/stdout": f"{folder}/access.log",
        "/dev/stderr": f"{folder}/error.log",
    }.items():
        assert committed in text
        text = text.replace(committed, local)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"    {kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    head = f"daemon off;\nuser root;\npid {folder}/pid;\n"
    path = folder / "nginx.conf"
    path.write_text(head + text.replace("http {\n", "http {\n" + temporary, 1))
    return path


def program():
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if not found:
        pytest.skip("the door: nginx is missing (apt-get install nginx)")
    return found


@pytest.fixture(scope="module")
def door(tmp_path_factory):
    """The address of a running nginx; its folder."""
    folder = tmp_path_factory.mktemp("nginx")
    (folder / "media").mkdir()
    (folder / "media" / "film.mp4").write_bytes(FILM)
    school = ThreadingHTTPServer(("127.0.0.1", 0), School)
    threading.Thread(target=school.serve_forever, daemon=True).start()
    port = free_port()
    conf = configuration(folder, port, school.server_address[1])
    log = folder / "output"
    with log.open("wb") as output:
        nginx = subprocess.Popen([program(), "-c", conf], stdout=output, stderr=output)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: answers(address), nginx, log)
        yield address, folder
    finally:
        end(nginx, signal.SIGTERM)
        school.shutdown()
        school.server_close()


def answers(address):
    try:
        return fetch(f"{address}/nginx-health") == (200, b"ok\n")
    except urllib.error.URLError:
        return False


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


def test_file_comes_from_nginx_once_the_school_agrees(door):
    address, _ = door
    assert fetch(f"{address}/media/film.mp4") == (200, FILM)
    assert fetch(f"{address}/media/film.mp4", Range="bytes=100-199") == (206, FILM[100:200])


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
def test_range_through_nginx(door, asked, status, content_range, part):
    address, _ = door
    got = told(f"{address}/media/film.mp4", Range=asked)
    assert got[:3] == (status, content_range, FILM[part])


def test_several_ranges_through_nginx(door):
    address, _ = door
    status, _range, body, facts = told(f"{address}/media/film.mp4", Range="bytes=0-1,5-9")
    kind, _equals, boundary = facts["Content-Type"].partition("; boundary=")
    assert (status, kind) == (206, "multipart/byteranges")
    parts = [part.split(b"\r\n\r\n", 1) for part in body.split(f"--{boundary}".encode())[1:-1]]
    assert [part[1].removesuffix(b"\r\n") for part in parts] == [FILM[0:2], FILM[5:10]]


def test_conditions_through_nginx(door):
    address, _ = door
    film = f"{address}/media/film.mp4"
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
