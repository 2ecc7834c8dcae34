"""The crisis model in torch: multilingual-e5-small, mean pooling over the message, one linear layer."""

from __future__ import annotations

from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from transformers import AutoModel

from training.crisis.columns import NAMES

START, PAD, END = 0, 1, 2
MAX_TOKENS = 320
MAX_CONTEXT_TOKENS = 48  # the last ones


class CrisisNetwork(nn.Module):
    """Encoder and one linear layer over all columns of `training.crisis.columns`."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(folder, add_pooling_layer=False)
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(self.encoder.config.hidden_size, len(NAMES))

    def forward(self, ids: Tensor, mask: Tensor, read: Tensor) -> Tensor:
        """Return raw scores, (batch, columns). `read` is 1 at the tokens to pool, 0 elsewhere."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = read.unsqueeze(-1).to(hidden.dtype)
        scores: Tensor = self.head(self.dropout((hidden * weight).sum(1) / weight.sum(1)))
        return scores


def encode(
    tokens: Tokenizer, texts: list[tuple[str, str]], *, room: int | None = None
) -> list[tuple[list[int], int]]:
    """Return (token ids, index of the first token read) for each (message, context).

    Form: <s> message </s>, or <s> context </s> message </s> where only the message is pooled. `room`: tokens
    of message and context together, as `room_tokens` of the package.
    """
    said = tokens.encode_batch([text for text, _ in texts], add_special_tokens=False)
    before = tokens.encode_batch([context for _, context in texts], add_special_tokens=False)
    out = []
    for now, then in zip(said, before, strict=True):
        left = MAX_CONTEXT_TOKENS if room is None else min(MAX_CONTEXT_TOKENS, room - len(now.ids))
        context = [*then.ids[-left:], END] if then.ids and left > 0 else []
        out.append(([START, *context, *now.ids[:MAX_TOKENS], END], 1 + len(context) if context else 0))
    return out


def collate(batch: list[tuple[list[int], int]]) -> tuple[Tensor, Tensor, Tensor]:
    width = max(len(ids) for ids, _ in batch)
    ids = torch.full((len(batch), width), PAD, dtype=torch.long)
    mask = torch.zeros((len(batch), width), dtype=torch.long)
    read = torch.zeros((len(batch), width), dtype=torch.long)
    for row, (tokens, first) in enumerate(batch):
        ids[row, : len(tokens)] = torch.tensor(tokens)
        mask[row, : len(tokens)] = 1
        read[row, first : len(tokens)] = 1
    return ids, mask, read


def mean_weights(paths: list[Path]) -> dict[str, Tensor]:
    """Return the mean of the weights of several files (a soup: Wortsman et al. 2022)."""
    states = [torch.load(path) for path in paths]
    return {
        name: torch.stack([state[name] for state in states]).mean(0)
        if states[0][name].is_floating_point()
        else states[0][name]
        for name in states[0]
    }
