import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import translation

from media.captions import MOST_BYTES, check_webvtt, validate_webvtt

CUE = "00:01.000 --> 00:04.000\n"


@pytest.mark.parametrize(
    "text",
    [
        f"WEBVTT\n\n{CUE}你好\n",
        f"WEBVTT - 手机与孩子\r\n\r\n1\r\n{CUE.strip()}\r\n你好\r\n",
        f"WEBVTT\nKind: captions\n\nNOTE by us\n\n{CUE}<v 妈妈>你好</v> <b>R&amp;B</b>\n",
        f"WEBVTT\n\n{CUE}一\n\n00:00:04.000 --> 00:00:05.500 align:start line:90%\n二\n",
        f"WEBVTT\n\nREGION\nid:a\n\n{CUE}<00:02.000><c.loud>字</c>\n",
        f"WEBVTT\n\n{CUE}同时\n\n{CUE}同时\n",
        "WEBVTT\n\n100:00:01.000 --> 100:00:02.000\n很晚",
    ],
)
def test_captions_in_order_are_accepted(text):
    check_webvtt(text)


TAGS = "Line 4: only caption tags such as <b>, <i>, <v Name> may stand."
TIMES = "Line 3: expected a time such as 00:01.000 --> 00:04.000."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The file is not WebVTT: its first line must be WEBVTT."),
        (f"1\n{CUE}你好", "The file is not WebVTT: its first line must be WEBVTT."),
        (f"WEBVTTX\n\n{CUE}你好", "The file is not WebVTT: its first line must be WEBVTT."),
        ("WEBVTT\n", "The file has no captions."),
        ("WEBVTT\n\nNOTE nothing\n", "The file has no captions."),
        (f"WEBVTT\n\n{CUE}<script>alert(1)</script>", TAGS),
        (f"WEBVTT\n\n{CUE}<img src=x onerror=alert(1)>", TAGS),
        (f"WEBVTT\n\n{CUE}<b onclick=x", TAGS),
        (f"WEBVTT\n\n{CUE}a --> b", TAGS),
        ("WEBVTT\n\n00:00:01,000 --> 00:00:04,000\nSubRip", TIMES),
        ("WEBVTT\n\n00:99.000 --> 01:00.000\n", TIMES),
        (f"WEBVTT\n\n{CUE.strip()} onclick:x\n", TIMES),
        ("WEBVTT\n\nSTYLE\n::cue { background: url(x) }\n", TIMES.replace("3", "4")),
        ("WEBVTT\n\nonly text\n", TIMES.replace("3", "4")),
        ("WEBVTT\n\n00:04.000 --> 00:01.000\n", "Line 3: the caption ends before it begins."),
        (
            f"WEBVTT\n\n{CUE}后\n\n00:00.500 --> 00:00.900\n前",
            "Line 6: the caption begins before the one above it.",
        ),
    ],
)
def test_captions_that_are_wrong_name_the_line(text, message):
    with translation.override("en"), pytest.raises(ValidationError) as error:
        check_webvtt(text)
    assert error.value.messages == [message]


def test_captions_too_large_or_not_utf8_are_refused():
    with translation.override("en"):
        with pytest.raises(ValidationError, match="one megabyte"):
            validate_webvtt(ContentFile(b"WEBVTT" + b" " * MOST_BYTES))
        with pytest.raises(ValidationError, match="UTF-8"):
            validate_webvtt(ContentFile(f"WEBVTT\n\n{CUE}你好".encode("gb18030")))


def test_captions_with_byte_order_mark_are_accepted():
    validate_webvtt(ContentFile(f"\ufeffWEBVTT\n\n{CUE}你好".encode()))
