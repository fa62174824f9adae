import pytest

from media.tus import Malformed, looks_like_recording, metadata, number


def test_number():
    assert number({"Upload-Length": "2147483648"}, "Upload-Length") == 2147483648


@pytest.mark.parametrize("text", [None, "", "-1", "1.5", "１", "9" * 17])
def test_wrong_number(text):
    headers = {} if text is None else {"Upload-Length": text}
    with pytest.raises(Malformed):
        number(headers, "Upload-Length")


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("", {}),
        ("filename 56uL6KeE55+pLm1wNA==,relative", {"filename": "立规矩.mp4", "relative": ""}),
    ],
)
def test_metadata(header, found):
    assert metadata(header) == found


@pytest.mark.parametrize("header", ["filename ***", "filename /w=="])
def test_wrong_metadata(header):
    with pytest.raises(Malformed):
        metadata(header)


@pytest.mark.parametrize(
    ("head", "known"),
    [
        (b"\0\0\0\x20ftypisom", True),
        (b"\0\0\0\x08wide\0\0\0\0", True),
        (b"\x1aE\xdf\xa3\x9fB\x86", True),
        (b"ID3\x04\0\0\0\0\0\0\0\0", True),
        (b"\xff\xfb\x90\x00" + bytes(8), True),
        (b"RIFF\0\0\0\0WAVE", True),
        (b"RIFF\0\0\0\0AVI ", False),
        (b"PK\x03\x04" + bytes(12), False),
        (b"#EXTM3U\n#EXT-X-", False),
        (b"<svg onload=aler", False),
        (b"\xff", False),
        (b"", False),
    ],
)
def test_recordings_are_known_by_their_first_bytes(head, known):
    assert looks_like_recording(head) is known
