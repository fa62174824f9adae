import pytest

from learners.stories.formats import kind_of


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "JPEG"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "WEBP"),
        (b"\x00\x00\x00\x18ftypheic\x00\x00", "HEIC"),
        (b"\x00\x00\x00\x18ftypmif1\x00\x00", "HEIC"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00", ""),
        (b"RIFF\x24\x00\x00\x00WAVEfmt ", ""),
        (b"GIF89a\x01\x00", ""),
        (b"<svg xmlns=", ""),
        (b"", ""),
    ],
)
def test_kind_is_told_by_the_first_bytes(head, kind):
    assert kind_of(head) == kind
