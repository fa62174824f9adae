"""Says whether the school can listen at an address: python check_port.py HOST PORT."""

import errno
import socket
import sys


def obstacle(host: str, port: str) -> str:
    """Why nothing can listen there, in plain words; empty when it can."""
    if not (port.isdecimal() and 0 < int(port) < 65536):
        return f"PORT={port} is not a port number between 1 and 65535."
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, int(port)))
        except PermissionError:
            return f"Port {port} needs administrator rights. Choose one above 1024: PORT=8000"
        except OSError as error:
            words = f"The school cannot listen on {host}, port {port}: {error.strerror or error}."
            if error.errno == errno.EADDRINUSE:
                words += f"\nPerhaps it runs already. Another port: make run PORT={int(port) + 1}"
            return words
    return ""


if __name__ == "__main__":
    sys.exit(obstacle(sys.argv[1], sys.argv[2]) or None)
