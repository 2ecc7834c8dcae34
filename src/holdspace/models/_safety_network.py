"""The safety networks: read a message or a sentence of a reply, after the words before it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from holdspace.models._network import usable_cores
from holdspace.models._package import ModelPackage, PackageDamaged
from holdspace.models._packed import EXTERNAL_FILE

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_TOKENS = 320  # of the message, as in training; longer ones are read in windows
WINDOW_STEP = 240
MOST_WINDOWS = 16  # 16,000 characters of words; what is no words has more pieces
MAX_BEFORE_TOKENS = 80  # the last ones, as in training; of the context as many as the package says
_START, _PAD, _END = 0, 1, 2


@dataclass(frozen=True, slots=True)
class SafetyPassage:
    """A message, and the turns before it joined as the network was trained on them.

    `before`: what stands before `text` in the same reply; it is seen, not judged.
    """

    text: str
    context: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class SafetyScores:
    """Of one passage: `probabilities` by column, calibrated; `weights` of (start, end) spans of the text.

    The weights are each token's share in the raw score of the package's alarm.
    """

    probabilities: dict[str, float]
    weights: tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, slots=True)
class _Window:
    """A stretch of a passage that fits: token ids, the first to pool, where its tokens are in the text."""

    passage: int
    ids: list[int]
    first: int
    places: list[tuple[int, int]]


class SafetyNetwork:
    """Nothing is loaded before `open` or the first `read`. Safe to share between threads."""

    def __init__(self, package: ModelPackage, *, threads: int | None = None) -> None:
        self.package = package
        self._threads = threads
        self._session: Any = None
        self._tokenizer: Any = None
        self._lock = threading.Lock()

    def open(self) -> None:
        """Load weights and tokenizer. Raises: PackageDamaged."""
        with self._lock:
            if self._session is not None:
                return
            import onnxruntime as ort
            from tokenizers import Tokenizer

            options = ort.SessionOptions()
            options.intra_op_num_threads = self._threads or usable_cores()
            options.inter_op_num_threads = 1
            # Threads that spin while they wait take the cores from the other talks.
            options.add_session_config_entry("session.intra_op.allow_spinning", "0")
            options.log_severity_level = 4  # its messages may name inputs
            try:
                tokenizer = Tokenizer.from_file(str(self.package.folder / "tokenizer.json"))
                tokenizer.no_padding()
                tokenizer.no_truncation()
                unpacked = self.package.unpacked()
                if unpacked is not None:
                    options.add_external_initializers_from_files_in_memory(
                        [EXTERNAL_FILE], [unpacked], [len(unpacked)]
                    )
                session = ort.InferenceSession(
                    self.package.weights, options, providers=["CPUExecutionProvider"]
                )
            except PackageDamaged:
                raise
            except Exception as exc:  # both libraries raise bare Exception
                raise PackageDamaged(file="tokenizer.json") from exc
            self.package.__dict__.pop("weights", None)  # the session has its own copy
            self._tokenizer, self._session = tokenizer, session

    def read(self, passages: Sequence[SafetyPassage]) -> list[SafetyScores]:
        """Return what is found in each passage; of a long one, the window most in danger.

        Raises: PackageDamaged.
        """
        self.open()
        alarm = self.package.alarm
        windows: list[_Window] = []
        for number, passage in enumerate(passages):
            said = self._tokenizer.encode(passage.text, add_special_tokens=False)
            lead = self._lead(passage, own=len(said.ids))
            for first in _starts(len(said.ids)):
                ids = said.ids[first : first + MAX_TOKENS]
                places = said.offsets[first : first + MAX_TOKENS]
                windows.append(_Window(number, [_START, *lead, *ids, _END], 1 + len(lead), places))
        best: list[SafetyScores | None] = [None] * len(passages)
        for batch in ([window] for window in windows):  # int8 scales are those of a whole batch
            scores, shares = self._run(batch)
            for row, window in enumerate(batch):
                last = len(window.ids) - 1
                found = self._scores(scores[row], shares[row, window.first : last], window.places)
                kept = best[window.passage]
                if kept is None or found.probabilities[alarm] > kept.probabilities[alarm]:
                    best[window.passage] = found
        return [found for found in best if found is not None]

    def _lead(self, passage: SafetyPassage, *, own: int) -> list[int]:
        """Return the tokens that are seen and not judged. Args: own: tokens of the text itself."""
        lead: list[int] = []
        room = self.package.context_tokens
        if self.package.room_tokens is not None:
            room = min(room, self.package.room_tokens - own)
        if passage.context and room > 0:
            heard = self._tokenizer.encode(passage.context, add_special_tokens=False).ids
            lead = [*heard[-room:], _END]
        if passage.before:
            said = self._tokenizer.encode(passage.before, add_special_tokens=False).ids
            lead += said[-MAX_BEFORE_TOKENS:]
        return lead

    def _run(self, batch: list[_Window]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        width = max(len(window.ids) for window in batch)
        ids = np.full((len(batch), width), _PAD, dtype=np.int64)
        mask = np.zeros_like(ids)
        read = np.zeros_like(ids)
        for row, window in enumerate(batch):
            count = len(window.ids)
            ids[row, :count] = window.ids
            mask[row, :count] = 1
            read[row, (window.first if window.first > 1 else 0) : count] = 1
        scores, shares = self._session.run(None, {"ids": ids, "mask": mask, "read": read})
        return scores, shares

    def _scores(
        self, row: NDArray[np.float32], shares: NDArray[np.float32], places: list[tuple[int, int]]
    ) -> SafetyScores:
        values = {}
        for name, score in zip(self.package.columns, row.tolist(), strict=True):
            pair = self.package.calibration[name]
            values[name] = float(1 / (1 + np.exp(-np.clip(pair.slope * score + pair.offset, -30, 30))))
        weights = tuple((a, b, float(w)) for (a, b), w in zip(places, shares.tolist(), strict=True))
        return SafetyScores(values, weights)


def _starts(count: int) -> list[int]:
    """Return where windows begin; one for an empty or short text, of very many the first and the last."""
    if count <= MAX_TOKENS:
        return [0]
    found = [*range(0, count - MAX_TOKENS, WINDOW_STEP), count - MAX_TOKENS]
    half = MOST_WINDOWS // 2
    return found if len(found) <= MOST_WINDOWS else [*found[:half], *found[-half:]]
