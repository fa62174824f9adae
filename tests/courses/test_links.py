"""Links are tried over real HTTP, and never against a private address."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import urlsplit

import pytest
from wagtail.rich_text import RichText

from courses import links
from courses.models import CheckedLink

ANSWERS = {
    "/fine": (200, ""),
    "/locked": (403, ""),
    "/gone": (404, ""),
    "/ill": (503, ""),
    "/onward": (302, "/fine"),
    "/onward-to-nothing": (301, "/gone"),
    "/round": (302, "/round"),
    "/inward": (302, "http://10.0.0.1/"),
}


class Answering(BaseHTTPRequestHandler):
    def do_GET(self):
        status, onward = ANSWERS[self.path]
        self.send_response(status)
        if onward:
            self.send_header("Location", onward)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


@pytest.fixture
def server(monkeypatch):
    """A server of our own; asking it takes leave, as it is on a private address and port."""
    running = HTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=running.serve_forever)
    thread.start()

    def any_port(url):
        parts = urlsplit(url)
        return parts.scheme, parts.hostname, parts.port or 80

    monkeypatch.setattr(links, "target", any_port)
    yield f"http://127.0.0.1:{running.server_port}"
    running.shutdown()
    thread.join()
    running.server_close()


def loopback(address):
    return address == "127.0.0.1"


@pytest.mark.parametrize(
    ("path", "state"),
    [
        ("/fine", "fine"),
        ("/locked", "fine"),
        ("/gone", "broken"),
        ("/ill", "silent"),
        ("/onward", "fine"),
        ("/onward-to-nothing", "broken"),
        ("/round", "broken"),
        ("/inward", "refused"),
    ],
)
def test_link_is_tried(server, path, state):
    assert links.state_of(server + path, loopback) == state


def test_link_to_nobody_is_silent(server):
    with_nobody = HTTPServer(("127.0.0.1", 0), Answering)
    port = with_nobody.server_port
    with_nobody.server_close()
    assert links.state_of(f"http://127.0.0.1:{port}/", loopback) == "silent"


@pytest.mark.parametrize("url", ["http://127.0.0.1/", "http://localhost/", "ftp://127.0.0.1/"])
def test_private_address_is_never_asked(url):
    assert links.state_of(url) == "refused"


@pytest.mark.django_db
def test_what_was_fine_today_is_not_tried_again(server):
    fine, gone = f"{server}/fine", f"{server}/gone"
    assert links.check([fine, gone, fine], loopback) == 2
    assert links.check([fine, gone], loopback) == 1
    assert links.states_of([fine, gone, "http://other/"]) == {fine: "fine", gone: "broken"}
    assert CheckedLink.objects.count() == 2


class Block:
    def __init__(self, value):
        self.value = value


def test_links_of_a_text_are_found_once_each():
    text = RichText(
        '<p><a href="https://a.example/?x=1&amp;y=2">一</a><a href="https://a.example/?x=1&amp;y=2">'
        '二</a><a linktype="page" id="3">三</a><a href="mailto:a@b.example">四</a></p>'
    )
    assert links.links_in([Block(text), Block("https://b.example/")]) == [
        "https://a.example/?x=1&y=2"
    ]
