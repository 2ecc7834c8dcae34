"""What a message is about: one linear layer on the encoder's pooled output and on the words themselves."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from holdspace.models._network import Passage, ReadingNetwork
from holdspace.models._package import PackageDamaged

if TYPE_CHECKING:
    from numpy.typing import NDArray

BUCKETS = 1 << 15
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def word_buckets(text: str) -> list[int]:
    """Return the buckets of the words and pairs of neighbouring words in `text`, each once."""
    words = [word.replace("’", "'") for word in _WORD.findall(text.lower())]
    grams = {*words, *(f"{a} {b}" for a, b in pairwise(words))}
    return sorted({zlib.crc32(gram.encode()) % BUCKETS for gram in grams})


class TopicHead:
    """Calculates the probability of each topic. Source: training/topic.py."""

    def __init__(
        self,
        network: ReadingNetwork,
        *,
        topics: Sequence[str],
        pooled: NDArray[np.float32],
        words: NDArray[np.float32],
        bias: NDArray[np.float32],
    ) -> None:
        self._network = network
        self.topics = tuple(topics)
        self._pooled, self._words, self._bias = pooled, words, bias

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the probability of each topic, (texts, topics), rows sum to 1. Raises: PackageDamaged."""
        pooled = self._network.pooled([Passage(text) for text in texts])
        out = unit_length(pooled) @ self._pooled.T + self._bias
        for row, text in enumerate(texts):
            found = word_buckets(text)
            if found:
                out[row] += self._words[:, found].sum(axis=1) / np.sqrt(len(found))
        out = np.exp(out - out.max(axis=1, keepdims=True))
        scaled: NDArray[np.float32] = out / out.sum(axis=1, keepdims=True)
        return scaled


def unit_length(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    scaled: NDArray[np.float32] = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)
    return scaled


@lru_cache(maxsize=2)
def topic_head(network: ReadingNetwork) -> TopicHead:
    """Return the head that ships, on `network`. Raises: PackageDamaged."""
    try:
        with files("holdspace.models").joinpath("topic/head.npz").open("rb") as file:
            stored = np.load(file)
            return TopicHead(
                network,
                topics=[str(name) for name in stored["topics"]],
                pooled=stored["pooled"].astype(np.float32),
                words=stored["words"].astype(np.float32),
                bias=stored["bias"],
            )
    except (OSError, ValueError, KeyError) as exc:
        raise PackageDamaged(file="topic/head.npz") from exc
