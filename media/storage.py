"""The library in an S3 bucket, chosen by MEDIA_S3_BUCKET (config/settings.py).

The addresses that pages carry never change, for pages are held for hours: they point to
`/media/…`, and `delivery` answers with an address that is signed for a while. With a CDN in front
of the bucket (MEDIA_S3_CDN) they point there, without a signature.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import storages
from storages.backends.s3 import S3Storage

from media.kinds import CONTENT_TYPES, FOLDERS, suffix_of

FOREVER = "public, max-age=31536000, immutable"


class LibraryStorage(S3Storage):
    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """Stable. Documents stay behind Wagtail's rules of who may see them."""
        if settings.MEDIA_S3_CDN and name.split("/", maxsplit=1)[0] in FOLDERS:
            return f"{settings.MEDIA_S3_CDN.rstrip('/')}/{quote(name)}"
        return settings.MEDIA_URL + quote(name)

    def signed_url(self, name: str, method: str = "GET") -> str:
        """For browsers, from the address by which they reach the server, and for one method."""
        address: str = storages["signer"].url(name, http_method=method)  # type: ignore[call-arg]
        return address

    def get_object_parameters(self, name: str) -> dict[str, Any]:
        parameters = {**super().get_object_parameters(name), "CacheControl": FOREVER}
        if content_type := CONTENT_TYPES.get(suffix_of(name)):
            parameters["ContentType"] = content_type
        return parameters


def with_addresses(playlist: str, address: Callable[[str], str]) -> str:
    """A playlist whose files are named by `address`; other playlists stay beside this one."""

    def named(line: str) -> str:
        if line.startswith("#EXT-X-MAP:"):
            return re.sub(r'URI="([^"]+)"', lambda found: f'URI="{address(found[1])}"', line)
        if not line or line.startswith("#") or line.endswith(".m3u8"):
            return line
        return address(line)

    return "\n".join(named(line) for line in playlist.splitlines()) + "\n"
