"""Any server that speaks OpenAI's chat completions: Ollama, llama.cpp, vLLM, hosted."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import AsyncGenerator, Generator, Sequence
from http import HTTPStatus
from typing import Any

import httpx
from httpx_sse import EventSource, ServerSentEvent, SSEError, aconnect_sse

from holdspace.generation._errors import (
    BadAnswer,
    GenerationError,
    ModelMissing,
    Refused,
    UnclearSettings,
    Unreachable,
)
from holdspace.generation._in_time import in_time
from holdspace.generation._model import Limits, Message

PATH = "/v1/chat/completions"
LAST = "[DONE]"
LAST_PORT = 65535


class EndpointModel:
    """A language model behind an OpenAI-compatible address.

    Args:    address: the base address, with or without `/v1`.
             name: the model's name there; servers with one model take any.
             key: the API key, where one is needed.
             transport: what carries the requests, for tests.
    Raises:  UnclearSettings: the address or the key cannot be used.
    """

    def __init__(
        self,
        address: str,
        *,
        name: str = "default",
        key: str | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        base = _base_of(address)
        if key is not None and not (key.isascii() and key.isprintable()):
            raise UnclearSettings("The key of the language model has signs that no key has. Copy it again.")
        self.id = f"{name}@{base.netloc.decode('ascii')}"
        self.is_remote = not _is_loopback(base.host)
        self._url = base
        self._name = name
        self._key = key
        self._transport = transport

    def __repr__(self) -> str:
        return f"EndpointModel({self.id!r})"

    def stream(self, messages: Sequence[Message], *, limits: Limits) -> Generator[str, None, None]:
        """Yield the reply piece by piece.

        Raises: Unreachable, Refused, ModelMissing, BadAnswer; OutOfTime past a limit of `limits`.
        """
        return in_time(self._pieces(messages, limits), limits=limits)

    async def _pieces(self, messages: Sequence[Message], limits: Limits) -> AsyncGenerator[str, None]:
        # Raised after the `except`, so that no error holds httpx's one: its request has all that was said.
        fault: GenerationError
        try:
            async with (
                self._client() as client,
                aconnect_sse(client, "POST", str(self._url), **self._request(messages, limits)) as source,
            ):
                self._check_status(source.response.status_code)
                async for piece in self._said(source):
                    yield piece
            return
        except SSEError:
            fault = BadAnswer(model_id=self.id, problem="is not a stream of events")
        except (httpx.HTTPError, httpx.StreamError, OSError) as exc:
            fault = Unreachable(model_id=self.id, cause=type(exc).__name__)
        raise fault

    def _client(self) -> httpx.AsyncClient:
        # No proxy from the environment for what stays on this machine, and no redirects to elsewhere.
        return httpx.AsyncClient(
            transport=self._transport,
            trust_env=self.is_remote,
            timeout=None,  # noqa: S113 -- httpx's are for each read; `in_time` keeps the limits
            follow_redirects=False,
        )

    def _request(self, messages: Sequence[Message], limits: Limits) -> dict[str, Any]:
        asked: dict[str, Any] = {
            "model": self._name,
            "messages": [{"role": message.role, "content": message.content} for message in messages],
            "max_tokens": limits.max_tokens,
            "temperature": limits.temperature,
            "stream": True,
        }
        if limits.seed is not None:
            asked["seed"] = limits.seed
        headers = {"Content-Type": "application/json"}
        if self._key:
            headers["Authorization"] = f"Bearer {self._key}"
        return {"content": json.dumps(asked).encode("ascii"), "headers": headers}

    def _check_status(self, status: int) -> None:
        if status == HTTPStatus.OK:
            return
        if status == HTTPStatus.NOT_FOUND:
            raise ModelMissing(
                f"The endpoint of {self.id} knows no such model, or has no chat completions at this address. "
                "Check HOLDSPACE_MODEL_NAME and HOLDSPACE_MODEL_URL."
            )
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise Unreachable(model_id=self.id, cause=f"HTTP status {status}")
        raise Refused(model_id=self.id, status=status)

    async def _said(self, source: EventSource) -> AsyncGenerator[str, None]:
        has_words = is_whole = False
        async for event in source.aiter_sse():
            if event.data == LAST:
                is_whole = True
                break
            piece, is_last = self._piece_of(event)
            is_whole = is_whole or is_last
            if piece:
                has_words = True
                yield piece
        if not is_whole:
            raise BadAnswer(model_id=self.id, problem="broke off before its end")
        if not has_words:
            raise BadAnswer(model_id=self.id, problem="has no words")

    def _piece_of(self, event: ServerSentEvent) -> tuple[str, bool]:
        """Return the words of an event, and whether it is the last that has any."""
        found = _choice(event.data)
        if found is None:
            raise BadAnswer(model_id=self.id, problem="has an event that is no part of a chat completion")
        return found


def _choice(data: str) -> tuple[str, bool] | None:
    if not data:
        return "", False  # a sign of life
    try:
        found = json.loads(data)
        choices = found["choices"]
        if not choices:
            return "", False  # only figures on use
        words = choices[0]["delta"].get("content") or ""
        is_last = choices[0].get("finish_reason") is not None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return (words, is_last) if isinstance(words, str) else None


def _base_of(address: str) -> httpx.URL:
    """Return where chat completions are asked for, whether or not `address` ends with /v1."""
    try:
        url = httpx.URL(address.strip())
    except (httpx.InvalidURL, ValueError):
        url = httpx.URL("")
    # httpx takes any host and port: "%" stands for signs that no host has.
    is_place = bool(url.host) and "%" not in url.host and (url.port is None or 0 < url.port <= LAST_PORT)
    if url.scheme not in {"http", "https"} or not is_place:
        raise UnclearSettings(
            "The address of the language model is no web address. Write it like http://127.0.0.1:11434/v1."
        )
    if url.userinfo or url.query or url.fragment:
        raise UnclearSettings(
            "The address of the language model has a name, password or question in it. "
            "Give only the address, and the key through HOLDSPACE_MODEL_KEY_FILE."
        )
    path = url.path.rstrip("/").removesuffix("/chat/completions").removesuffix("/v1")
    return url.copy_with(path=path + PATH)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
