"""nginx under deploy/nginx.conf in front of the school, and the same files from nginx alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services import door

BARE = "        location /bare/ {{\n            alias {0}/;\n        }}\n\n"


@contextmanager
def nginx(program: str, folder: Path, media: Path, school: str) -> Iterator[str]:
    host = school.removeprefix("http://")
    with door.nginx(program, folder, media, host, BARE.format(media)) as address:
        yield address
