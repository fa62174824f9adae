"""What the tests of signing in share: a gateway that keeps its messages, and the steps."""

import html
import json
import os
import re
import threading
import time
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.cache import cache

NEW_PHONE = "13800138099"


@pytest.fixture(autouse=True)
def own_surroundings(settings, tmp_path):
    """Limits count in a cache that no other run clears; statements do not depend on it."""
    own = {**settings.CACHES["default"], "LOCATION": str(tmp_path / "cache")}
    if settings.REDIS_URL:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
        own["LOCATION"] = f"{settings.REDIS_URL.rpartition('/')[0]}/{1 + int(worker)}"
    settings.CACHES = {"default": own}
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.db"
    cache.clear()


class Outbox(list):
    """The messages a real HTTP server received, newest last."""

    status = 200
    delay = 0.0
    headers = ()
    path = ""

    @property
    def code(self):
        return self[-1]["code"]


@pytest.fixture
def outbox(settings):
    """The http gateway, with a real server at the other end of the wire."""
    box = Outbox()
    waiting = threading.Event()

    class Gateway(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            box.headers, box.path = dict(self.headers), self.path
            box.append(json.loads(body))
            waiting.wait(box.delay)
            self.send_response(box.status)
            self.end_headers()

        def log_message(self, *args):
            pass

    server = HTTPServer(("127.0.0.1", 0), Gateway)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    settings.SMS_GATEWAY = "http"
    settings.SMS_HTTP_URL = f"http://127.0.0.1:{server.server_port}/send?sign=school"
    settings.SMS_HTTP_KEY = "key"
    yield box
    waiting.set()
    server.shutdown()
    thread.join()
    server.server_close()


def ask(client, phone, **data):
    return client.post("/account/sign-in/", {"phone": phone, "consent": "on", **data})


def enter(client, code, **data):
    return client.post("/account/code/", {"code": code, **data})


START = time.time


def errors_of(response):
    """The texts of the errors on a form page, in order."""
    found = re.findall(
        r'<ul class="errorlist[^>]*>(.*?)</ul>', response.content.decode(), flags=re.DOTALL
    )
    return [html.unescape(text) for ul in found for text in re.findall(r"<li>(.*?)</li>", ul)]


def signed_in_as(client):
    return client.session.get("_auth_user_id")


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def later(monkeypatch, seconds):
    """So many seconds after the test began, whatever was called before."""
    now = START() + seconds
    monkeypatch.setattr("time.time", lambda: now)
