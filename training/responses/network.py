"""A sentence encoder and one linear layer over all that may be answered."""

from __future__ import annotations

from torch import Tensor, nn

from training.network import UnitEncoder

SCALE = 20.0


class ResponseNetwork(UnitEncoder):
    """The raw score of each answer, from the unit vector of a message."""

    def __init__(self, count: int, *, encoder: str = "minilm") -> None:
        super().__init__(encoder)
        self.head = nn.Linear(self.encoder.config.hidden_size, count)

    def forward(self, ids: Tensor, mask: Tensor, read: Tensor) -> Tensor:
        """Return raw scores, (batch, answers)."""
        scores: Tensor = self.head(self.dropout(SCALE * self.pooled(ids, mask, read)))
        return scores
