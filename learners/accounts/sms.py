"""How a code reaches a phone: `console` for trying the school out, `http` for a real gateway.

The `http` gateway receives POST {"phone": E.164, "code", "text"}, without a code for reminders,
with `Authorization: Bearer SMS_HTTP_KEY` and answers 2xx within five seconds.
"""

import json
import logging
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from learners.accounts.phone import mask_phone

TIMEOUT = 5
logger = logging.getLogger(__name__)


class SMSFailedError(Exception):
    """The gateway did not take the message; neither phone nor code is in its text."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    message = _("The message could not be sent just now. Please try again in a minute.")


def shows_codes() -> bool:
    """Whether the page may show the code itself: nobody's phone would receive it."""
    return settings.SMS_GATEWAY == "console"


def send_code(phone: str, code: str) -> None:
    """Blocks for at most a few seconds; raises SMSFailedError."""
    with override("zh-hans"):
        text = gettext(
            "[Parent School] Your code is {code}, valid for 5 minutes. Tell it to nobody."
        ).format(code=code)
    if shows_codes():
        logger.info("SMS to %s: %s", mask_phone(phone), text)
    else:
        _post({"phone": phone, "code": code, "text": text})


def send_text(phone: str, text: str) -> None:
    """Any other message; blocks for at most a few seconds; raises SMSFailedError."""
    if shows_codes():
        logger.info("SMS to %s: %s", mask_phone(phone), text)
    else:
        _post({"phone": phone, "text": text})


def _post(message: dict[str, str]) -> None:
    address = urlsplit(settings.SMS_HTTP_URL)
    kind = HTTPSConnection if address.scheme == "https" else HTTPConnection
    connection = kind(address.netloc, timeout=TIMEOUT)
    path = f"{address.path or '/'}{'?' if address.query else ''}{address.query}"
    headers = {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {settings.SMS_HTTP_KEY}",
    }
    try:
        connection.request("POST", path, json.dumps(message).encode(), headers)
        status = connection.getresponse().status
    except (OSError, HTTPException) as error:
        logger.warning("SMS gateway unreachable: %s", type(error).__name__)
        raise SMSFailedError(type(error).__name__) from None
    finally:
        connection.close()
    if not 200 <= status < 300:
        logger.warning("SMS gateway answered %s", status)
        raise SMSFailedError(str(status))
