"""Which addresses a text may lead to: http(s) on the usual ports, and never a machine of our own.

A link is tried by our server: one to a private address would let an expert look into the network
that the school stands in (OWASP, server-side request forgery).
"""

from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

PORTS = {"http": 80, "https": 443}
NAT64 = "64:ff9b::"


def target(url: str) -> tuple[str, str, int] | None:
    """Scheme, host and port to ask; None for what is not to be tried."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in PORTS or not parts.hostname or parts.username is not None:
        return None
    usual = PORTS[parts.scheme]
    return (parts.scheme, parts.hostname, usual) if port in (None, usual) else None


def is_public(address: str) -> bool:
    """Of an address as numbers, as a resolver gives it."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = _inside(found)
    return inner.is_global and not inner.is_multicast


def _inside(found: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address that an IPv6 one stands for."""
    if isinstance(found, IPv4Address):
        return found
    if found.exploded.startswith(IPv6Address(NAT64).exploded[:29]):
        return IPv4Address(int(found) & 0xFFFFFFFF)
    return found.ipv4_mapped or found.sixtofour or found
