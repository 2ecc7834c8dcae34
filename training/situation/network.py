"""A sentence encoder and one direction for each situation; how near a message is to it is its score.

Beside it linear layers tell how a message is meant (tone) and what it is about for the person (theme).
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  -- the name torch's own documentation uses

from training.network import UnitEncoder

SCALE = 20.0


class SituationNetwork(UnitEncoder):
    """SCALE times the cosine between message and situation, one score for none, then tones and themes."""

    def __init__(self, count: int, *, tones: int, themes: int, encoder: str = "minilm") -> None:
        super().__init__(encoder)
        self.ways = nn.Parameter(torch.zeros(count, self.encoder.config.hidden_size))
        self.none = nn.Parameter(torch.tensor(8.0))
        self.tone = nn.Linear(self.encoder.config.hidden_size, tones)
        self.theme = nn.Linear(self.encoder.config.hidden_size, themes)

    def forward(self, ids: Tensor, mask: Tensor, read: Tensor) -> Tensor:
        """Return raw scores, (batch, situations + 1 + tones + themes)."""
        return self.scores(self.dropout(self.pooled(ids, mask, read)))

    def scores(self, pooled: Tensor) -> Tensor:
        """Return the scores of unit vectors."""
        near = SCALE * pooled @ F.normalize(self.ways, dim=-1).T
        none = self.none + torch.zeros_like(near[:, :1])
        return torch.cat([near, none, self.tone(SCALE * pooled), self.theme(SCALE * pooled)], dim=1)
