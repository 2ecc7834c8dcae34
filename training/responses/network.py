"""A sentence encoder and one linear layer over all that may be answered."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812  -- the name torch's own documentation uses
from transformers import AutoModel

from training.network import encoder_folder

SCALE = 20.0


class ResponseNetwork(nn.Module):
    """The raw score of each answer, from the unit vector of a message."""

    def __init__(self, count: int, *, encoder: str = "minilm") -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            encoder_folder(encoder),
            add_pooling_layer=False,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        self.dropout = nn.Dropout(0.1)
        self.head = nn.Linear(self.encoder.config.hidden_size, count)

    def pooled(self, ids: Tensor, mask: Tensor, read: Tensor) -> Tensor:
        """Return unit vectors, (batch, width), of the tokens where `read` is 1."""
        hidden = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        weight = read.unsqueeze(-1).to(hidden.dtype)
        return F.normalize((hidden * weight).sum(1) / weight.sum(1), dim=-1)

    def forward(self, ids: Tensor, mask: Tensor, read: Tensor) -> Tensor:
        """Return raw scores, (batch, answers)."""
        scores: Tensor = self.head(self.dropout(SCALE * self.pooled(ids, mask, read)))
        return scores
