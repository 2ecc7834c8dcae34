"""The reading network: passages in, one row of raw scores each out, in one pass for all heads."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from holdspace.models._package import ModelPackage, PackageDamaged

if TYPE_CHECKING:
    from numpy.typing import NDArray

MAX_TOKENS = 254  # of the passage itself; the encoder has 512 positions and cost grows with the square
MAX_BEFORE_TOKENS = 24  # as in training
BATCH_TOKENS = 1024  # padded tokens a pass: larger is not faster on two cores and takes more memory
POOLED = "/network/Div_output_0"  # the output of the graph before its heads
WIDTH = 384
_BEGIN, _END = ("[CLS]", "<s>"), ("[SEP]", "</s>")  # as the tokenizers of BERT and of XLM-R name them


@dataclass(frozen=True, slots=True)
class Passage:
    """Words to read, and the words before them where these are needed to understand them."""

    text: str
    before: str = ""


class ReadingNetwork:
    """Nothing is loaded before `open` or the first `scores`."""

    def __init__(self, package: ModelPackage, *, threads: int | None = None) -> None:
        self.package = package
        self._threads = threads
        self._session: Any = None
        self._tokenizer: Any = None

    def open(self) -> None:
        """Load weights and tokenizer. Raises: PackageDamaged."""
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
        # Memory is given back between batches of different shape instead of being kept for the largest one.
        options.enable_cpu_mem_arena = False
        # The int8 weights become float32 once, here, and not in every pass: seven times faster on a message.
        options.add_session_config_entry("session.disable_quant_qdq", "1")
        try:
            self._tokenizer = Tokenizer.from_file(str(self.package.folder / "tokenizer.json"))
        except Exception as exc:  # tokenizers raises bare Exception
            raise PackageDamaged(file="tokenizer.json") from exc
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._begin, self._end = (self._id_of(names) for names in (_BEGIN, _END))
        self._session = ort.InferenceSession(
            self.package.weights, options, providers=["CPUExecutionProvider"]
        )
        self.package.__dict__.pop("weights", None)  # the session has its own copy

    def scores(
        self, passages: Sequence[Passage], *, on_progress: Callable[[float], None] | None = None
    ) -> NDArray[np.float32]:
        """Return raw scores, (passages, columns), whatever the order or company of the passages.

        Args: on_progress: called with the share of the tokens done, in [0, 1].
        Raises: PackageDamaged.
        """
        return self._run(passages, "scores", on_progress=on_progress)

    def pooled(self, passages: Sequence[Passage]) -> NDArray[np.float32]:
        """Return what the encoder makes of each passage before any head, (passages, width).

        Raises: PackageDamaged.
        """
        return self._run(passages, POOLED)

    def _run(
        self,
        passages: Sequence[Passage],
        output: str,
        *,
        on_progress: Callable[[float], None] | None = None,
    ) -> NDArray[np.float32]:
        self.open()
        unique = {passage: row for row, passage in enumerate(dict.fromkeys(passages))}
        encoded = self._encode(list(unique))
        width = WIDTH if output == POOLED else len(self.package.columns)
        out = np.zeros((len(unique), width), dtype=np.float32)
        total, done = max(1, sum(len(ids) for ids, _ in encoded)), 0
        for rows in _batches([len(ids) for ids, _ in encoded]):
            out[rows] = self._session.run([output], _padded([encoded[row] for row in rows]))[0]
            done += sum(len(encoded[row][0]) for row in rows)
            if on_progress is not None:
                on_progress(done / total)
        return out[[unique[passage] for passage in passages]]

    def _encode(self, passages: list[Passage]) -> list[tuple[list[int], int]]:
        """Return (token ids, index of the first token to pool) of each passage."""
        said = self._tokenizer.encode_batch_fast([p.text for p in passages], add_special_tokens=False)
        with_before = [row for row, passage in enumerate(passages) if passage.before]
        before = self._tokenizer.encode_batch_fast(
            [passages[row].before for row in with_before], add_special_tokens=False
        )
        context = {
            row: found.ids[-MAX_BEFORE_TOKENS:] for row, found in zip(with_before, before, strict=True)
        }
        out = []
        for row, found in enumerate(said):
            lead = [*context[row], self._end] if context.get(row) else []
            ids = [self._begin, *lead, *found.ids[:MAX_TOKENS], self._end]
            out.append((ids, 1 + len(lead) if lead else 0))
        return out

    def _id_of(self, names: Sequence[str]) -> int:
        """Return the id of the first of these pieces that there is. Raises: PackageDamaged."""
        found = (self._tokenizer.token_to_id(name) for name in names)
        number: int | None = next((one for one in found if one is not None), None)
        if number is None:
            raise PackageDamaged(file="tokenizer.json")
        return number


def usable_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _batches(lengths: list[int]) -> Iterator[list[int]]:
    """Yield rows of nearly equal length, at most BATCH_TOKENS padded tokens together."""
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[row] > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch


def _padded(batch: list[tuple[list[int], int]]) -> dict[str, NDArray[np.int64]]:
    width = max(len(ids) for ids, _ in batch)
    ids = np.zeros((len(batch), width), dtype=np.int64)
    mask = np.zeros_like(ids)
    read = np.zeros_like(ids)
    for row, (tokens, first) in enumerate(batch):
        ids[row, : len(tokens)] = tokens
        mask[row, : len(tokens)] = 1
        read[row, first : len(tokens)] = 1
    return {"ids": ids, "mask": mask, "read": read}
