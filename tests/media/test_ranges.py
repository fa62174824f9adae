import pytest

from media.ranges import OPEN_ENDED_AT_MOST, Slice, Unsatisfiable, parse


@pytest.mark.parametrize(
    ("header", "size", "expected"),
    [
        ("bytes=0-0", 1000, Slice(0, 0)),
        ("bytes=0-499", 1000, Slice(0, 499)),
        ("BYTES= 5-9 ", 1000, Slice(5, 9)),
        ("bytes=999-5000", 1000, Slice(999, 999)),
        ("bytes=500-", 1000, Slice(500, 999)),
        ("bytes=-1", 1000, Slice(999, 999)),
        ("bytes=-5000", 1000, Slice(0, 999)),
        ("bytes=0-", 10**9, Slice(0, OPEN_ENDED_AT_MOST - 1)),
        ("bytes=0-999999999", 10**9, Slice(0, 10**9 - 1)),
        ("bytes=9-5", 1000, None),
        ("bytes=0-1,5-9", 1000, None),
        ("bytes=-", 1000, None),
        ("bytes=", 1000, None),
        ("bytes=a-b", 1000, None),
        ("bytes=--5", 1000, None),
        ("bytes=0x0-5", 1000, None),
        ("bytes=٠-٩", 1000, None),
        ("lines=0-5", 1000, None),
        ("0-5", 1000, None),
        ("", 1000, None),
        ("bytes=" + "9" * 100 + "-", 1000, None),
    ],
)
def test_range(header, size, expected):
    assert parse(header, size) == expected


@pytest.mark.parametrize(
    ("header", "size"),
    [("bytes=1000-", 1000), ("bytes=1000-2000", 1000), ("bytes=-0", 1000), ("bytes=0-", 0)],
)
def test_range_beyond_the_end(header, size):
    with pytest.raises(Unsatisfiable):
        parse(header, size)


def test_slice_counts_both_of_its_ends():
    assert (Slice(0, 0).length, Slice(500, 999).length) == (1, 500)
