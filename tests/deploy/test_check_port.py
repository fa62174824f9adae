import socket

import pytest

from deploy.check_port import obstacle


def test_free_port_has_no_obstacle():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert obstacle("127.0.0.1", str(port)) == ""


def test_busy_port_is_told_with_another_one():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        port = server.getsockname()[1]
        assert obstacle("127.0.0.1", str(port)) == (
            f"The school cannot listen on 127.0.0.1, port {port}: Address already in use.\n"
            f"Perhaps it runs already. Another port: make run PORT={port + 1}"
        )


def test_address_of_another_machine_is_told():
    assert obstacle("192.0.2.1", "8000") == (
        "The school cannot listen on 192.0.2.1, port 8000: Cannot assign requested address."
    )


@pytest.mark.parametrize("port", ["", "0", "65536", "-1", "eighty"])
def test_nonsense_port_is_told(port):
    assert obstacle("127.0.0.1", port) == (f"PORT={port} is not a port number between 1 and 65535.")
