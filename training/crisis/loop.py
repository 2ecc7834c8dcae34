"""The loop that trains the networks of gate and guard: rounded steps, averaged weights."""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable
from copy import deepcopy

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812  -- the name torch's own documentation uses

from training.crisis.columns import NAMES
from training.crisis.network import CrisisNetwork, collate
from training.crisis.rounding import FourBits, as_shipped

CHECKPOINT = 100  # steps
POOL = 64  # batches that are sorted by length together


def fit(
    network: CrisisNetwork,
    encoded: list[tuple[list[int], int]],
    targets: Tensor,
    *,
    weights: Tensor,
    frozen: int,
    args: argparse.Namespace,
    rng: random.Random,
    watch: Callable[[CrisisNetwork], str],
) -> None:
    """Train `network` and write its averaged weights to `args.out` after each epoch.

    Args: encoded: token ids and the first one read; targets: (texts, columns), NaN where nothing is known;
    weights: of the columns; frozen: layers that stay; watch: what to print of the weights as they ship.
    Reads epochs, batch, rate, four_bit, bf16 and out of `args`.
    """
    adam = optimiser(network, args.rate, frozen)
    lengths = [len(ids) for ids, _ in encoded]
    steps = args.epochs * len(batches(lengths, args.batch, random.Random(0)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * max(0.02, 1 - step / steps)
    )
    average, packed = deepcopy(network), FourBits(network, on=args.four_bit)
    step, began = 0, time.monotonic()
    print(f"{len(encoded)} examples, {steps} steps", flush=True)
    for epoch in range(args.epochs):
        for rows in batches(lengths, args.batch, rng):
            with packed.rounded():
                with torch.autocast("cpu", dtype=torch.bfloat16, enabled=args.bf16):
                    scores = network(*collate([encoded[i] for i in rows]))
                loss = loss_of(scores.float(), targets[rows], weights)
                loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            adam.step()
            schedule.step()
            adam.zero_grad()
            step += 1
            if step % 5 == 0:
                blend(average, network, keep=min(0.98, step / (step + 50)))
            if step % 50 == 0:
                print(f"{step}/{steps} loss {loss.item():.3f} {time.monotonic() - began:.0f} s", flush=True)
            if step % CHECKPOINT == 0:
                torch.save(average.state_dict(), args.out)
        torch.save(average.state_dict(), args.out)
        print(f"epoch {epoch} {watch(as_shipped(average, four_bit=args.four_bit))}", flush=True)


def batches(lengths: list[int], size: int, rng: random.Random) -> list[list[int]]:
    """Return random batches of texts of nearly equal length."""
    order = list(range(len(lengths)))
    rng.shuffle(order)
    out = []
    for start in range(0, len(order), size * POOL):
        chunk = sorted(order[start : start + size * POOL], key=lambda i: lengths[i])
        out += [chunk[i : i + size] for i in range(0, len(chunk), size)]
    rng.shuffle(out)
    return out


def loss_of(scores: torch.Tensor, target: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Cross entropy on every known column, mean a text."""
    known = ~torch.isnan(target)
    filled = torch.where(known, target, torch.zeros_like(target))
    each = F.binary_cross_entropy_with_logits(scores, filled, reduction="none")
    return (each * known * weights).sum() / len(scores)


def optimiser(network: CrisisNetwork, rate: float, frozen: int) -> torch.optim.AdamW:
    """AdamW; embeddings and the first layers stay, lower layers learn more slowly (Howard and Ruder 2018)."""
    network.encoder.embeddings.requires_grad_(False)
    layers = network.encoder.encoder.layer
    for layer in layers[:frozen]:
        layer.requires_grad_(False)
    groups = [{"params": list(network.head.parameters()), "lr": rate * 10}]
    for depth, layer in enumerate(layers[frozen:]):
        up = len(layers) - frozen - 1 - depth
        groups.append({"params": list(layer.parameters()), "lr": rate * 0.93**up})
    return torch.optim.AdamW(groups, weight_decay=0.01)


@torch.no_grad()
def blend(average: CrisisNetwork, network: CrisisNetwork, *, keep: float) -> None:
    """Move the running average of the weights (Polyak and Juditsky 1992) towards the network."""
    for mine, theirs in zip(average.parameters(), network.parameters(), strict=True):
        if theirs.requires_grad:
            mine.lerp_(theirs, 1 - keep)


@torch.no_grad()
def predicted(network: CrisisNetwork, encoded: list[tuple[list[int], int]]) -> np.ndarray:
    """Return raw scores, (texts, columns)."""
    network.eval()
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i][0]))
    out = np.zeros((len(encoded), len(NAMES)), dtype=np.float32)
    for start in range(0, len(order), 32):
        rows = order[start : start + 32]
        out[rows] = network(*collate([encoded[i] for i in rows])).float().numpy()
    network.train()
    return out
