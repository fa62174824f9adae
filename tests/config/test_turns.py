"""More threads than turns: at most so many work at once, and a failure gives its turn back."""

import threading

import pytest

from config.turns import in_turn


def test_no_more_than_its_turns_are_worked_on_at_once():
    entered, leave = threading.Semaphore(0), threading.Event()
    inside, most = [], []

    def school(environ, start_response):
        inside.append(environ)
        most.append(len(inside))
        entered.release()
        leave.wait(10)
        inside.remove(environ)
        return [b"page"]

    application = in_turn(school, 2)
    threads = [threading.Thread(target=application, args=[{"n": n}, None]) for n in range(4)]
    for thread in threads:
        thread.start()
    assert [entered.acquire(timeout=10) for _turn in range(2)] == [True, True]
    assert entered.acquire(timeout=0.2) is False
    leave.set()
    for thread in threads:
        thread.join(10)
    assert (len(most), max(most)) == (4, 2)


def test_failing_request_gives_its_turn_back():
    def school(environ, start_response):
        if environ:
            raise ValueError
        return [b"page"]

    application = in_turn(school, 1)
    with pytest.raises(ValueError):
        application({"broken": True}, None)
    assert application({}, None) == [b"page"]
