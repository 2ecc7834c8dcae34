"""Train what ships: forward passes with matrices rounded to 4 bits (quantisation-aware training)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy

import torch
from torch import Tensor, nn

from holdspace.models._packed import BLOCK
from training.crisis.network import CrisisNetwork
from training.crisis.packing import SMALLEST, round_to_4_bits

EVERY = 8  # steps between two roundings; in between the last differences are used


def rounded(values: Tensor) -> Tensor:
    """Return `values` as `holdspace.models._packed.pack` stores them."""
    blocks = values.reshape(-1, BLOCK)
    highest, lowest = blocks.amax(1, keepdim=True), blocks.amin(1, keepdim=True)
    scales = (torch.where(highest > -lowest, highest, lowest) / -8).half().float()
    divisor = torch.where(scales == 0, torch.ones_like(scales), scales)
    return (blocks / divisor).round_().clamp_(-8, 7).mul_(scales).reshape(values.shape)


def as_shipped(network: CrisisNetwork, *, four_bit: bool) -> CrisisNetwork:
    """Return the network as it is exported; one trained with rounding is only good when it is rounded."""
    if not four_bit:
        return network
    copy = deepcopy(network)
    round_to_4_bits(copy.encoder)
    return copy


class FourBits:
    """The trained matrices of `network`, rounded for a while; gradients are those of the rounded ones.

    Source: Bengio et al. 2013, arXiv 1308.3432 (straight-through estimator).
    """

    def __init__(self, network: nn.Module, *, on: bool) -> None:
        self._matrices = [
            p
            for p in network.parameters()
            if on and p.requires_grad and p.ndim == 2 and p.numel() >= SMALLEST and p.shape[1] % BLOCK == 0
        ]
        self._step = 0
        self._whole = [torch.empty_like(matrix) for matrix in self._matrices]
        self._differences = [torch.empty_like(matrix) for matrix in self._matrices]

    @contextmanager
    @torch.no_grad()
    def rounded(self) -> Iterator[None]:
        for matrix, kept, difference in zip(self._matrices, self._whole, self._differences, strict=True):
            kept.copy_(matrix)
            if self._step % EVERY == 0:
                torch.sub(rounded(kept), kept, out=difference)
            matrix.add_(difference)
        self._step += 1
        try:
            with torch.enable_grad():
                yield
        finally:
            for matrix, kept in zip(self._matrices, self._whole, strict=True):
                matrix.copy_(kept)
