"""Limits of time against real sockets: servers on loopback that are silent, slow or endless."""

from __future__ import annotations

import socket
import time
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from holdspace.generation import EndpointModel, Limits, Message, OutOfTime, Unreachable

pytestmark = pytest.mark.model

HELLO = [Message("user", "Hello")]
HEADERS = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"
WORDS = b'data: {"choices": [{"delta": {"content": "I hear you."}, "finish_reason": null}]}\n\n'
LAST = b"data: [DONE]\n\n"
LATE_S = 0.5  # how much later than its limit the error may come on a busy machine


@contextmanager
def server(*, sends=b"", then=b"", every_s=0.01):
    """Yield the address of a server that sends, goes on with `then`, and an event: its caller hung up."""
    has_hung_up = Event()
    listener = socket.create_server(("127.0.0.1", 0))

    def serve():
        connection, _ = listener.accept()
        with connection:
            connection.recv(65536)
            connection.settimeout(every_s)
            connection.sendall(sends)
            until = time.monotonic() + 5
            while time.monotonic() < until:
                try:
                    if then:
                        connection.sendall(then)
                    if connection.recv(65536) == b"":
                        break
                except TimeoutError:
                    continue
                except OSError:
                    break
            else:
                return
            has_hung_up.set()

    thread = Thread(target=serve, daemon=True)
    thread.start()
    with listener:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", has_hung_up
        thread.join(6)


@pytest.mark.parametrize(
    ("behaviour", "phase", "limit_s"),
    [
        ({}, "first_words", 0.4),
        ({"then": b"H"}, "first_words", 0.4),
        ({"sends": HEADERS}, "first_words", 0.4),
        ({"sends": HEADERS, "then": b": ping\n\n"}, "first_words", 0.4),
        ({"sends": HEADERS + WORDS}, "whole", 0.7),
        ({"sends": HEADERS, "then": WORDS}, "whole", 0.7),
    ],
)
def test_limit_holds_and_the_line_is_closed(behaviour, phase, limit_s):
    with server(**behaviour) as (address, has_hung_up):
        began = time.monotonic()

        with pytest.raises(OutOfTime) as caught:
            list(EndpointModel(address).stream(HELLO, limits=Limits(first_words_s=0.4, whole_s=0.7)))

        assert caught.value.phase == phase
        assert limit_s <= time.monotonic() - began < limit_s + LATE_S
        assert has_hung_up.wait(2)


def test_closing_early_hangs_up():
    with server(sends=HEADERS + WORDS) as (address, has_hung_up):
        pieces = EndpointModel(address).stream(HELLO, limits=Limits())
        assert next(pieces) == "I hear you."

        pieces.close()

        assert has_hung_up.wait(2)


def test_reply_comes_over_a_socket():
    with server(sends=HEADERS + WORDS + LAST) as (address, _):
        assert list(EndpointModel(address).stream(HELLO, limits=Limits())) == ["I hear you."]


def test_nobody_there_is_unreachable():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]

    with pytest.raises(Unreachable, match="ConnectError"):
        list(EndpointModel(f"http://127.0.0.1:{port}").stream(HELLO, limits=Limits()))
