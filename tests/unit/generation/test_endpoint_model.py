"""An OpenAI-compatible endpoint: what it is asked, what it streams, and every way it can fail."""

from __future__ import annotations

import asyncio
import json
import logging
import time
import traceback

import httpx
import pytest

from holdspace.generation import (
    BadAnswer,
    EndpointModel,
    GenerationError,
    Limits,
    Message,
    ModelMissing,
    OutOfTime,
    Refused,
    UnclearSettings,
    Unreachable,
)

pytestmark = pytest.mark.unit

CANARY = "zaunkoenig"
HELLO = (Message("system", f"Be kind. {CANARY}"), Message("user", f"Hello {CANARY}"))
USUAL = Limits()
STREAM = {"Content-Type": "text/event-stream; charset=utf-8"}


def said(words, finish=None):
    return json.dumps({"choices": [{"delta": {"content": words}, "finish_reason": finish}]})


def events(*data):
    return "".join(f"data: {each}\n\n" for each in data).encode()


WHOLE = events(said("I hear"), said(" you."), said(None, "stop"), "[DONE]")


def model(answer, address="http://127.0.0.1:8080", **keywords):
    """A model whose endpoint gives `answer`: a response, a function, or the bytes of a stream."""

    def handle(request):
        if isinstance(answer, Exception):
            raise answer
        return httpx.Response(200, content=answer, headers=STREAM) if isinstance(answer, bytes) else answer

    taken = answer if callable(answer) else handle
    return EndpointModel(address, transport=httpx.MockTransport(taken), **keywords)


def reply(of, messages=HELLO, limits=USUAL):
    return list(of.stream(messages, limits=limits))


def test_stream_yields_the_pieces_of_the_reply():
    assert reply(model(WHOLE)) == ["I hear", " you."]


@pytest.mark.parametrize(
    "body",
    [
        events(said("I hear"), said(" you.", "stop")),  # no [DONE]
        events(said("I hear"), said(" you."), "[DONE]"),  # no reason to finish
        WHOLE.replace(b"\n", b"\r\n"),
        b": ping\n\n" + WHOLE,
        events('{"choices": []}') + WHOLE,
        events('{"choices": [{"delta": {"role": "assistant"}, "finish_reason": null}]}') + WHOLE,
        WHOLE + events("what comes after the end is not read"),
        WHOLE.replace(b"data: ", b"data:"),
    ],
)
def test_stream_takes_the_forms_that_servers_write(body):
    assert "".join(reply(model(body))) == "I hear you."


def test_stream_asks_as_the_limits_say():
    asked = []

    def answer(request):
        asked.append(request)
        return httpx.Response(200, content=WHOLE, headers=STREAM)

    limits = Limits(max_tokens=7, temperature=0.1, seed=3)
    list(model(answer, name="small", key="sk-1").stream([Message("user", "Grüße 🙂")], limits=limits))

    (request,) = asked
    assert str(request.url) == "http://127.0.0.1:8080/v1/chat/completions"
    assert request.headers["authorization"] == "Bearer sk-1"
    assert json.loads(request.content) == {
        "model": "small",
        "messages": [{"role": "user", "content": "Grüße 🙂"}],
        "max_tokens": 7,
        "temperature": 0.1,
        "seed": 3,
        "stream": True,
    }


def test_stream_sends_no_key_and_no_seed_where_there_is_none():
    asked = []

    def answer(request):
        asked.append(request)
        return httpx.Response(200, content=WHOLE, headers=STREAM)

    reply(model(answer))

    assert "authorization" not in asked[0].headers
    assert "seed" not in json.loads(asked[0].content)


def test_nothing_is_asked_before_the_first_piece():
    asked = []

    model(lambda request: asked.append(request)).stream(HELLO, limits=Limits())

    assert asked == []


@pytest.mark.parametrize(
    ("address", "asks"),
    [
        ("http://localhost:11434", "http://localhost:11434/v1/chat/completions"),
        ("http://localhost:11434/", "http://localhost:11434/v1/chat/completions"),
        ("http://localhost:11434/v1", "http://localhost:11434/v1/chat/completions"),
        ("http://localhost:11434/v1/", "http://localhost:11434/v1/chat/completions"),
        ("https://h.example/api/v1/chat/completions", "https://h.example/api/v1/chat/completions"),
        (" https://h.example/openai ", "https://h.example/openai/v1/chat/completions"),
    ],
)
def test_address_may_end_with_v1_or_not(address, asks):
    asked = []

    def answer(request):
        asked.append(str(request.url))
        return httpx.Response(200, content=WHOLE, headers=STREAM)

    reply(model(answer, address))

    assert asked == [asks]


@pytest.mark.parametrize(
    ("address", "is_remote"),
    [
        ("http://localhost:1", False),
        ("http://LOCALHOST:1", False),
        ("http://127.0.0.1:1", False),
        ("http://127.8.8.8:1", False),
        ("http://[::1]:1", False),
        ("http://0.0.0.0:1", True),
        ("http://192.168.0.7:1", True),
        ("http://[fe80::1]:1", True),
        ("http://ollama:11434", True),
        ("http://localhost.example", True),
        ("http://127.0.0.1.example", True),
        ("https://api.example/v1", True),
    ],
)
def test_only_loopback_is_not_remote(address, is_remote):
    assert EndpointModel(address).is_remote is is_remote


@pytest.mark.parametrize(
    "address",
    ["", "localhost:8080", "ftp://localhost", "http://", "http://a b", "http://[", "http://x:99999999",
     "http://x:0", "http://x:port", "http://x\ny",
    "http://me:secret@localhost", "http://localhost/v1?key=secret", "http://localhost/#secret"],
)  # fmt: skip
def test_address_that_is_none_is_refused_and_not_quoted(address):
    with pytest.raises(UnclearSettings) as caught:
        EndpointModel(address)

    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("key", ["two\nlines", "schlüssel", "\x00"])
def test_key_that_is_none_is_refused_and_not_quoted(key):
    with pytest.raises(UnclearSettings) as caught:
        EndpointModel("http://localhost", key=key)

    assert key not in str(caught.value)


def test_neither_model_nor_message_shows_secrets():
    assert repr(EndpointModel("http://localhost:1", name="small", key="sk-1")) == (
        "EndpointModel('small@localhost:1')"
    )
    assert repr(Message("user", CANARY)) == "Message(role='user')"


FAULTS = [
    (httpx.ConnectError(CANARY), Unreachable, True),
    (httpx.ReadError(CANARY), Unreachable, True),
    (httpx.RemoteProtocolError(CANARY), Unreachable, True),
    (OSError(CANARY), Unreachable, True),
    (httpx.Response(500, text=CANARY), Unreachable, True),
    (httpx.Response(503, text=CANARY), Unreachable, True),
    (httpx.Response(302, headers={"Location": f"http://{CANARY}.example"}), Refused, False),
    (httpx.Response(400, text=CANARY), Refused, False),
    (httpx.Response(401, text=CANARY), Refused, False),
    (httpx.Response(418, text=CANARY), Refused, False),
    (httpx.Response(429, text=CANARY), Refused, True),
    (httpx.Response(404, text=CANARY), ModelMissing, False),
    (httpx.Response(200, text=CANARY), BadAnswer, True),
    (httpx.Response(200, json={"choices": [{"message": {"content": CANARY}}]}), BadAnswer, True),
    (httpx.Response(200, headers=STREAM), BadAnswer, True),
    (events("[DONE]"), BadAnswer, True),
    (events(said(None, "stop"), "[DONE]"), BadAnswer, True),
    (events(said(CANARY)), BadAnswer, True),
    (events(said("Well"), CANARY), BadAnswer, True),
    (b"data:\n\n" + events("[DONE]"), BadAnswer, True),
    (events(said("Well"), f'{{"error": {{"message": "{CANARY}"}}}}'), BadAnswer, True),
    (events(said("Well"), f'["{CANARY}"]'), BadAnswer, True),
    (events(said("Well"), f'{{"choices": "{CANARY}"}}'), BadAnswer, True),
    (events(said("Well"), f'{{"choices": [{{"delta": "{CANARY}"}}]}}'), BadAnswer, True),
    (events(said([CANARY])), BadAnswer, True),
    (events("[" * 100_000), BadAnswer, True),
    (f"data: {said(CANARY)}".encode(), BadAnswer, True),
    (b"\xff\xfe\x00" + CANARY.encode(), BadAnswer, True),
]


@pytest.mark.parametrize(("answer", "kind", "retryable"), FAULTS)
def test_fault_has_its_kind_and_holds_no_words(answer, kind, retryable, caplog):
    caplog.set_level(logging.DEBUG)
    messages = [*HELLO, Message("user", f"{CANARY} \ud800")]

    with pytest.raises(kind) as caught:
        reply(model(answer), messages=messages)

    fault = caught.value
    assert fault.retryable is retryable
    assert str(fault).startswith(f"{fault.code} ")
    assert (fault.__cause__, fault.__context__) == (None, None)
    shown = "".join(traceback.TracebackException.from_exception(fault, capture_locals=False).format())
    assert CANARY not in shown + repr(fault) + repr(vars(fault)) + caplog.text


def test_words_before_a_fault_are_still_given():
    pieces = model(events(said("I hear"), "broken")).stream(HELLO, limits=Limits())

    assert next(pieces) == "I hear"
    with pytest.raises(BadAnswer):
        next(pieces)


async def _drip(*blocks, then_forever=b"", every_s=0.005):
    for block in blocks:
        yield block
    while True:
        await asyncio.sleep(every_s)
        yield then_forever


@pytest.mark.parametrize(
    ("body", "phase"),
    [
        (lambda: _drip(then_forever=b": still here\n\n"), "first_words"),
        (lambda: _drip(then_forever=events(said(""))), "first_words"),
        (lambda: _drip(then_forever=events(said("\n"))), "first_words"),
        (lambda: _drip(events(said("Well")), then_forever=b": still here\n\n"), "whole"),
        (lambda: _drip(events(said("Well")), then_forever=b"never a line's end"), "whole"),
        (lambda: _drip(then_forever=events(said("on and on "))), "whole"),
        (lambda: _drip(every_s=60), "first_words"),
        (lambda: _drip(events(said("Well")), every_s=60), "whole"),
    ],
)
def test_limit_of_time_holds_whatever_the_server_sends(body, phase):
    endpoint = model(lambda request: httpx.Response(200, content=body(), headers=STREAM))

    # Where words begin they have time enough to, also on a busy machine.
    limits = Limits(first_words_s=0.03) if phase == "first_words" else Limits(whole_s=0.3)

    with pytest.raises(OutOfTime) as caught:
        reply(endpoint, limits=limits)

    assert caught.value.phase == phase
    assert caught.value.__context__ is None or caught.value.__suppress_context__


def test_limit_of_time_holds_while_the_server_keeps_its_headers():
    async def never(request):
        await asyncio.sleep(60)

    with pytest.raises(OutOfTime) as caught:
        reply(model(never), limits=Limits(first_words_s=0.03))

    assert caught.value.phase == "first_words"


def test_whole_reply_in_time_is_given_to_a_slow_reader():
    pieces = model(WHOLE).stream(HELLO, limits=Limits(whole_s=0.4))

    got = [next(pieces)]
    time.sleep(0.5)
    got.extend(pieces)

    assert got == ["I hear", " you."]


def test_endless_reply_ends_for_a_slow_reader_too():
    endless = _drip(then_forever=events(said("on ")))
    endpoint = model(lambda request: httpx.Response(200, content=endless, headers=STREAM))
    pieces = endpoint.stream(HELLO, limits=Limits(whole_s=0.2))
    next(pieces)
    time.sleep(0.3)

    with pytest.raises(OutOfTime, match="finish"):
        list(pieces)


class Watched(httpx.AsyncByteStream):
    """A stream without an end that knows if it was closed."""

    def __init__(self):
        self.is_closed = False

    async def __aiter__(self):
        yield events(said("I hear"))
        await asyncio.sleep(60)

    async def aclose(self):
        self.is_closed = True


def test_closing_the_generator_closes_the_stream():
    body = Watched()
    pieces = model(lambda request: httpx.Response(200, stream=body, headers=STREAM)).stream(
        HELLO, limits=Limits()
    )
    next(pieces)
    assert not body.is_closed

    pieces.close()

    assert body.is_closed


def test_limit_of_time_closes_the_stream():
    body = Watched()
    endpoint = model(lambda request: httpx.Response(200, stream=body, headers=STREAM))

    with pytest.raises(OutOfTime):
        reply(endpoint, limits=Limits(whole_s=0.3))

    assert body.is_closed


def test_stream_works_where_an_event_loop_runs():
    async def caller():
        return reply(model(WHOLE))

    assert asyncio.run(caller()) == ["I hear", " you."]


def test_every_error_has_its_own_code():
    kinds = GenerationError.__subclasses__()

    codes = {kind.code for kind in kinds}

    assert len(codes) == len(kinds)
    assert "G000" not in codes
