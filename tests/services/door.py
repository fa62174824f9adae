"""nginx under deploy/nginx.conf with this machine's ports and folders, for tests and benchmarks."""

import shutil
import signal
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.services.service import end, free_port, wait_for

CONFIGURATION = Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf"
KINDS = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")


def program() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


def configuration(folder: Path, media: Path, port: int, school: str, beside: str = "") -> Path:
    """`school` is its host and port; `beside`: further locations."""
    text = CONFIGURATION.read_text()
    protected = "        location /protected/ {"
    for committed, local in {
        "listen 80;": f"listen 127.0.0.1:{port};",
        "server web:8000;": f"server {school};",
        "/var/cache/nginx/": f"{folder}/",
        "/srv/media/": f"{media}/",
        "/dev/stdout": f"{folder}/access.log",
        "/dev/stderr": f"{folder}/error.log",
        protected: beside + protected,
    }.items():
        if committed not in text:
            raise RuntimeError(f"deploy/nginx.conf has no {committed}")
        text = text.replace(committed, local)
    temporary = "".join(f"    {kind}_temp_path {folder}/{kind};\n" for kind in KINDS)
    head = f"daemon off;\nuser root;\npid {folder}/pid;\n"
    path = folder / "nginx.conf"
    path.write_text(head + text.replace("http {\n", "http {\n" + temporary, 1))
    return path


@contextmanager
def nginx(program: str, folder: Path, media: Path, school: str, beside: str = "") -> Iterator[str]:
    """The address of a running one."""
    folder.mkdir()
    port = free_port()
    conf = configuration(folder, media, port, school, beside)
    log = folder / "output"
    with log.open("wb") as output:
        process = subprocess.Popen([program, "-c", conf], stdout=output, stderr=output)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: lives(address), process, log)
        yield address
    finally:
        end(process, signal.SIGTERM)


def lives(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/nginx-health", timeout=5) as answer:
            return answer.read() == b"ok\n"
    except urllib.error.URLError:
        return False
