"""At most so many requests are worked on at once, though there are more threads: those are for
answers on their way to slow readers, which cost no work and would otherwise hold up everybody."""

import threading
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def in_turn(application: Application, at_once: int) -> Application:
    turns = threading.BoundedSemaphore(at_once)

    def waiting(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        with turns:
            return application(environ, start_response)

    return waiting
