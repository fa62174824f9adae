"""Which addresses our server may ask."""

import pytest

from courses.public_address import is_public, target


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("https://example.org/a?b=1", ("https", "example.org", 443)),
        ("http://example.org", ("http", "example.org", 80)),
        ("http://example.org:80/", ("http", "example.org", 80)),
        ("http://[::1]/", ("http", "::1", 80)),
        ("http://example.org:8080/", None),
        ("https://example.org:80/", None),
        ("http://example.org:x/", None),
        ("http://somebody@example.org/", None),
        ("ftp://example.org/", None),
        ("file:///etc/passwd", None),
        ("http:///path", None),
        ("javascript:alert(1)", None),
        ("http://[broken/", None),
    ],
)
def test_target(url, asked):
    assert target(url) == asked


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1:248:1893:25c8:1946", True),
        ("127.0.0.1", False),
        ("10.1.2.3", False),
        ("172.16.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),  # noqa: S104
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:93.184.216.34", True),
        ("2002:0a00:0001::", False),
        ("64:ff9b::a00:1", False),
        ("64:ff9b::5db8:d822", True),
        ("example.org", False),
    ],
)
def test_is_public(address, public):
    assert is_public(address) is public
