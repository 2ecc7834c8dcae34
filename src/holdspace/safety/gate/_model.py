"""Asks the safety network, within its time, and remembers what it said of earlier turns."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from threading import Lock

from holdspace.models import SafetyPassage, SafetyReader, SafetyScores, shared_safety_reader
from holdspace.safety._assessment import Turn
from holdspace.safety.faults import count_fault
from holdspace.safety.gate._context import joined

BUDGET_S = 4.0  # while somebody waits; generous for a cold start; after it rules alone decide
LONGEST_CHARS = 16_000  # of a message that the network reads: its beginning and its end
EARLIER_TURNS = 6  # the client's last ones: read again when nothing is remembered of them
EARLIER_CHARS = 400
_REMEMBERED = 8192


class GateModel:
    """The network behind the gate. `open` may fail; the gate then goes on with its rules."""

    def __init__(self, network: SafetyReader | None = None, *, budget_s: float | None = BUDGET_S) -> None:
        """Args: budget_s: seconds for one answer, None for as many as it takes."""
        self._network = network
        self._budget_s = budget_s
        self._worker = ThreadPoolExecutor(max_workers=2, thread_name_prefix="safety")
        self._known: OrderedDict[bytes, SafetyScores] = OrderedDict()
        self._lock = Lock()

    @property
    def id(self) -> str:
        """Return the model id that assessments carry."""
        return self._network.model_id if self._network else "safety"

    def read(self, message: str, *, history: Sequence[Turn]) -> list[SafetyScores | None] | None:
        """Return what the network says of each turn of `history` and, last, of `message`.

        None for turns that are not the client's or too far back; None alone when the network failed.
        """
        try:
            return self._worker.submit(self._read, message, history).result(timeout=self._budget_s)
        except Exception as exc:
            count_fault(part="model", fault=exc)
        return None

    def open(self) -> None:
        """Load the network, so that the first message is not the one that waits for it."""
        try:
            self._opened().open()
        except Exception as exc:
            count_fault(part="model", fault=exc)

    def take_time(self) -> None:
        """From here on wait for the network however long it takes."""
        self._budget_s = None

    def _opened(self) -> SafetyReader:
        if self._network is None:
            self._network = shared_safety_reader()
        return self._network

    def _read(self, message: str, history: Sequence[Turn]) -> list[SafetyScores | None]:
        """Read each message once, after the turns before it; what was read when it was said is remembered."""
        turns = [*history, Turn("client", message)]
        found: list[SafetyScores | None] = [None] * len(turns)
        room = EARLIER_TURNS
        for index in range(len(turns) - 1, -1, -1):
            text, before = turns[index].text, joined(turns[:index])
            has_words = any(sign.isalnum() for sign in text)  # a face alone is left to the rules
            if turns[index].by not in ("client", "other") or not (has_words or (text.strip() and before)):
                continue
            found[index] = self._remembered(SafetyPassage(shortened(text), before))
            if index == len(history):
                found[index] = found[index] or self._ask(SafetyPassage(shortened(text), before))
            elif room:
                room -= 1
                found[index] = found[index] or self._ask(SafetyPassage(text[:EARLIER_CHARS], before))
        return found

    def _ask(self, passage: SafetyPassage) -> SafetyScores:
        scores = self._remembered(passage) or self._opened().read([passage])[0]
        with self._lock:
            self._known[_key(passage)] = scores
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)
        return scores

    def _remembered(self, passage: SafetyPassage) -> SafetyScores | None:
        with self._lock:
            return self._known.get(_key(passage))


def _key(passage: SafetyPassage) -> bytes:
    """Return a hash: the words themselves are not kept."""
    return hashlib.sha256(f"{passage.context}\x00{passage.text}".encode("utf-8", "replace")).digest()


def shortened(text: str) -> str:
    half = LONGEST_CHARS // 2
    return text if len(text) <= LONGEST_CHARS else f"{text[:half]}\n{text[-half:]}"


@lru_cache(maxsize=1)
def shared_model() -> GateModel:
    """Return the one model of this process; nothing is loaded before it is first asked."""
    return GateModel()


def take_time() -> None:
    """Let the gate of this process wait for its network: for files and sessions, where nobody is waiting."""
    shared_model().take_time()
