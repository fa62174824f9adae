import socket
import struct
import threading

import pytest
from django.utils import translation

from media.scanning import Refused, scan

AWAY = "The file cannot be checked for viruses right now. Please try again later."
VIRUS = "The virus scanner refuses this file."


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "a b.mp4"
    path.write_bytes(b"film" * 100)
    return path


def refusal(path):
    with translation.override("en"), pytest.raises(Refused) as refused:
        scan(path)
    return str(refused.value)


def test_nobody_is_asked(file):
    assert scan(file) is None


def test_command_finds_nothing(file, settings):
    settings.MEDIA_SCAN_COMMAND = "test -s {}"
    assert scan(file) is None


@pytest.mark.parametrize(
    ("command", "words"),
    [("sh -c 'exit 1'", VIRUS), ("sh -c 'exit 2'", AWAY), ("/no/such/scanner {}", AWAY)],
)
def test_command_refuses(file, settings, command, words):
    settings.MEDIA_SCAN_COMMAND = command
    assert refusal(file) == words


@pytest.fixture
def clamd(settings, tmp_path, request):
    """Speaks INSTREAM on a socket, answers what the test says, keeps what it got."""
    answer, kind = request.param
    server = socket.socket(socket.AF_UNIX if kind == "unix" else socket.AF_INET)
    server.bind(str(tmp_path / "clamd") if kind == "unix" else ("127.0.0.1", 0))
    server.listen()
    got = []

    def serve():
        connection = server.accept()[0]
        with connection, connection.makefile("rb") as stream:
            got.append(stream.read(10))
            while length := struct.unpack("!I", stream.read(4))[0]:
                got.append(stream.read(length))
            connection.sendall(answer + b"\0")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    address = server.getsockname()
    settings.MEDIA_CLAMD = address if kind == "unix" else f"127.0.0.1:{address[1]}"
    yield got
    thread.join(5)
    server.close()


@pytest.mark.parametrize("clamd", [(b"stream: OK", "unix"), (b"stream: OK", "tcp")], indirect=True)
def test_clamd_finds_nothing(file, clamd):
    assert scan(file) is None
    assert clamd == [b"zINSTREAM\0", b"film" * 100]


@pytest.mark.parametrize("clamd", [(b"stream: Eicar-Signature FOUND", "unix")], indirect=True)
def test_clamd_finds_a_virus(file, clamd):
    assert refusal(file) == VIRUS


@pytest.mark.parametrize("clamd", [(b"INSTREAM size limit exceeded. ERROR", "unix")], indirect=True)
def test_clamd_gives_no_answer(file, clamd):
    assert refusal(file) == AWAY


def test_clamd_is_not_there(file, settings):
    settings.MEDIA_CLAMD = "127.0.0.1:9"
    assert refusal(file) == AWAY
