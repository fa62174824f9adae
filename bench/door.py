"""nginx under deploy/nginx.conf in front of the school, and the same files from nginx alone."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.load import answers
from tests.services.service import end, free_port, wait_for

BARE = "        location /bare/ {{\n            alias {0}/;\n        }}\n\n"


def configuration(folder: Path, media: Path, port: int, school: str) -> Path:
    """The committed file with this machine's ports and folders, and the floor beside it."""
    root = Path("deploy/nginx.conf").read_text()
    for committed, local in {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "server web:8000;": f"server {school.removeprefix('http://')};",
        "/var/cache/nginx/static": f"{folder}/static",
        "/srv/media/": f"{media}/",
        "/dev/stdout": f"{folder}/access.log",
        "/dev/stderr": f"{folder}/error.log",
        "        location /protected/ {": BARE.format(media) + "        location /protected/ {",
    }.items():
        if committed not in root:
            raise RuntimeError(f"deploy/nginx.conf has no {committed}")
        root = root.replace(committed, local)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"    {kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    path = folder / "nginx.conf"
    head = f"daemon off;\nuser root;\npid {folder}/pid;\n"
    path.write_text(head + root.replace("http {\n", "http {\n" + temporary, 1))
    return path


@contextmanager
def nginx(program: str, folder: Path, media: Path, school: str) -> Iterator[str]:
    folder.mkdir()
    port = free_port()
    conf = configuration(folder, media, port, school)
    log = folder / "output"
    with log.open("wb") as output:
        process = subprocess.Popen([program, "-c", conf], stdout=output, stderr=output)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: answers(f"{address}/nginx-health"), process, log)
        yield address
    finally:
        end(process, signal.SIGTERM)
