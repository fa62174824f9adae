import pytest

from media.captions import check_webvtt
from media.transcripts import from_srt, is_srt, transcript

SRT = (
    "1\r\n00:00:01,000 --> 00:00:02,500\r\n<font color='red'>大家好。</font>\r\n\r\n"
    "2\r\n0:00:03,5 --> 0:00:04,000 \r\n{\\an8}今天讲手机。\r\n"
)


def test_srt_becomes_webvtt_that_passes_its_check():
    vtt = from_srt(SRT)
    check_webvtt(vtt)
    assert vtt == (
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.500\n大家好。\n\n"
        "2\n00:00:03.500 --> 00:00:04.000\n今天讲手机。\n"
    )


@pytest.mark.parametrize(
    ("text", "srt"), [(SRT, True), ("\n" + SRT, True), (from_srt(SRT), False), ("你好", False)]
)
def test_srt_is_recognised(text, srt):
    assert is_srt(text) is srt


def test_transcript_joins_captions_to_paragraphs():
    vtt = (
        "\ufeffWEBVTT\n\nNOTE 编者\n\n1\n00:00.000 --> 00:02.000\n<v 林教授>大家好，\n欢迎</v>\n\n"
        "00:02.500 --> 00:03.000\n来到家长学校。\n\n00:05.500 --> 00:06.000\nGood &amp; kind\n\n"
        "00:06.500 --> 00:07.000\nwords.\n\n没有时间\n也没有\n"
    )
    assert transcript(vtt) == "大家好， 欢迎来到家长学校。\n\nGood & kind words."


def test_transcript_parts_after_a_long_paragraph():
    long = "字" * 200 + "。"
    vtt = f"WEBVTT\n\n00:00.000 --> 00:02.000\n{long}\n\n00:02.000 --> 00:03.000\n下一段\n"
    assert transcript(vtt) == f"{long}\n\n下一段"


def test_transcript_of_nothing():
    assert transcript("WEBVTT\n\n孤行\n") == ""
