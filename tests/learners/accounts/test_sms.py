"""The http gateway against a real server; the console one; and the settings between them."""

import logging
import os
import subprocess
import sys

import pytest

from learners.accounts import sms
from learners.accounts.sms import SMSFailedError, send_code

PHONE, CODE = "+8613800138001", "012345"


def test_http_gateway_posts_phone_code_and_text_with_the_key(outbox):
    send_code(PHONE, CODE)
    (message,) = outbox
    assert (message["phone"], message["code"], sorted(message)) == (
        PHONE,
        CODE,
        ["code", "phone", "text"],
    )
    assert CODE in message["text"]
    assert (outbox.headers["Authorization"], outbox.headers["Content-Type"]) == (
        "Bearer key",
        "application/json",
    )
    assert outbox.path == "/send?sign=school"


@pytest.mark.parametrize("status", [301, 400, 500])
def test_http_gateway_that_refuses(outbox, caplog, status):
    outbox.status = status
    with pytest.raises(SMSFailedError, match=rf"^{status}$"):
        send_code(PHONE, CODE)
    assert caplog.messages == [f"SMS gateway answered {status}"]


def test_http_gateway_that_is_slow(outbox, monkeypatch):
    monkeypatch.setattr(sms, "TIMEOUT", 0.05)
    outbox.delay = 5
    with pytest.raises(SMSFailedError, match=r"^TimeoutError$"):
        send_code(PHONE, CODE)


def test_http_gateway_that_is_not_there(settings, caplog):
    settings.SMS_GATEWAY, settings.SMS_HTTP_URL = "http", "http://127.0.0.1:9"
    with pytest.raises(SMSFailedError, match=r"^ConnectionRefusedError$"):
        send_code(PHONE, CODE)
    assert [secret for secret in (PHONE, CODE) if secret in caplog.text] == []


def test_console_gateway_writes_the_code_beside_the_masked_phone(settings, caplog):
    settings.SMS_GATEWAY = "console"
    caplog.set_level(logging.INFO)
    send_code(PHONE, CODE)
    (line,) = caplog.messages
    assert (line.startswith("SMS to 138****8001: "), CODE in line) == (True, True)


def test_http_gateway_without_its_address_stops_the_start():
    environment = {**os.environ, "SMS_GATEWAY": "http", "SMS_HTTP_KEY": "key"}
    environment.pop("SMS_HTTP_URL", None)
    run = subprocess.run(
        [sys.executable, "-c", "import config.settings"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (run.returncode, "SMS_HTTP_URL" in run.stderr) == (1, True)
