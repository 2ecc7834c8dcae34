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

BUDGET_S = 4.0  # generous for a cold start; after it rules alone decide
CONTEXT_CHARS = 1200
LONGEST_CHARS = 16_000  # of a message that the network reads: its beginning and its end
EARLIER_TURNS = 6  # client turns that are looked at again when nothing is remembered of them
EARLIER_CHARS = 400
_REMEMBERED = 8192


class GateModel:
    """The network behind the gate. `open` may fail; the gate then goes on with its rules."""

    def __init__(self, network: SafetyReader | None = None, *, budget_s: float = BUDGET_S) -> None:
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

    def read_ahead(self, messages: Sequence[tuple[str, Sequence[Turn]]]) -> None:
        """Read many messages, each after its turns, in one go, so that `read` has their answers ready."""
        try:
            network = self._opened()
            passages = [SafetyPassage(shortened(text)) for text, _history in messages]
            for passage, scores in zip(passages, network.read(passages), strict=True):
                self._remember(passage, scores)
        except Exception as exc:
            count_fault(part="model", fault=exc)

    def _opened(self) -> SafetyReader:
        if self._network is None:
            self._network = shared_safety_reader()
        return self._network

    def _read(self, message: str, history: Sequence[Turn]) -> list[SafetyScores | None]:
        """Read each earlier message by itself, and the last one after the turns before it."""
        network = self._opened()
        found: list[SafetyScores | None] = [None] * (len(history) + 1)
        wanted: dict[int, SafetyPassage] = {}
        room = EARLIER_TURNS
        for index in range(len(history) - 1, -1, -1):
            turn = history[index]
            if turn.by not in ("client", "other") or not turn.text.strip():
                continue
            found[index] = self._remembered(SafetyPassage(shortened(turn.text)))
            if found[index] is None and room:
                room -= 1
                wanted[index] = SafetyPassage(turn.text[:EARLIER_CHARS])
        for (index, passage), scores in zip(
            wanted.items(), network.read([*wanted.values()]) if wanted else [], strict=True
        ):
            found[index] = scores
            self._remember(passage, scores)
        passage = SafetyPassage(shortened(message), joined(history))
        last = self._remembered(passage) or network.read([passage])[0]
        self._remember(passage, last)
        found[-1] = last
        return found

    def _remembered(self, passage: SafetyPassage) -> SafetyScores | None:
        with self._lock:
            return self._known.get(_key(passage))

    def _remember(self, passage: SafetyPassage, scores: SafetyScores) -> None:
        with self._lock:
            self._known[_key(passage)] = scores
            if len(self._known) > _REMEMBERED:
                self._known.popitem(last=False)


def _key(passage: SafetyPassage) -> bytes:
    """Return a hash: the words themselves are not kept."""
    return hashlib.sha256(f"{passage.context}\x00{passage.text}".encode("utf-8", "replace")).digest()


def joined(history: Sequence[Turn]) -> str:
    """Return the turns before a message as the network was trained on them, the last CONTEXT_CHARS."""
    signs = ((">" if turn.by in ("client", "other") else "<") + " " + turn.text for turn in history[-20:])
    return " ".join(signs)[-CONTEXT_CHARS:]


def shortened(text: str) -> str:
    half = LONGEST_CHARS // 2
    return text if len(text) <= LONGEST_CHARS else f"{text[:half]}\n{text[-half:]}"


@lru_cache(maxsize=1)
def shared_model() -> GateModel:
    """Return the one model of this process; nothing is loaded before it is first asked."""
    return GateModel()
