"""Train the network of situations: `python -m training.situation.train --out build/situation.pt`.

Each situation begins at the mean of its examples (prototypes, Snell et al. 2017); encoder and directions are then
trained together. `--held` leaves every sixth example of a situation out and prints how many of them are told.
"""

from __future__ import annotations

import argparse
import random
import time
from copy import deepcopy
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.network import collate, encode, tokenizer
from training.situation import examples as source
from training.situation.examples import NONE, Example
from training.situation.network import SCALE, SituationNetwork
from training.train import PAD, batches

HEAD_RATE = 10  # times the rate of the encoder

def gather(args: argparse.Namespace) -> list[Example]:
    files = sorted((args.corpora / "situations/en").glob("*.txt"))
    found = [one for path in files for one in source.read(path)]
    found += source.catalogue()
    for path in sorted((args.corpora / "situations/en").glob("coded*.tsv")):
        found += source.coded(path)
    return list(dict.fromkeys(found))


def loss_of(scores: Tensor, told: Tensor, is_not: Tensor) -> Tensor:
    """Return cross entropy: what is told shares the probability, what is known not to be told has none of it."""
    log = torch.log_softmax(scores, dim=1)
    right = torch.logsumexp(log.masked_fill(told == 0, -1e4), dim=1)
    wrong = (log.exp() * is_not).sum(1).clamp(max=1 - 1e-4)
    return -(right * (told.sum(1) > 0)).mean() - torch.log1p(-wrong).mean()


@torch.no_grad()
def vectors(network: SituationNetwork, encoded: list[tuple[list[int], int]], pad: int) -> Tensor:
    network.eval()
    out = torch.zeros(len(encoded), network.encoder.config.hidden_size)
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i][0]))
    for start in range(0, len(order), 64):
        rows = order[start : start + 64]
        out[rows] = network.pooled(*collate([encoded[i] for i in rows], pad=pad)).float()
    network.train()
    return out


@torch.no_grad()
def probabilities(network: SituationNetwork, encoded: list[tuple[list[int], int]], pad: int) -> np.ndarray:
    """Return probabilities, (messages, situations + 1)."""
    near = SCALE * vectors(network, encoded, pad) @ torch.nn.functional.normalize(network.ways, dim=-1).T
    scores = torch.cat([near, network.none.expand(len(near), 1)], dim=1)
    found: np.ndarray = torch.softmax(scores, dim=1).numpy()
    return found


def targets(examples: list[Example], ids: list[str]) -> tuple[Tensor, Tensor]:
    """Return 1 where an example tells a situation, and 1 where it is known not to; (examples, situations + 1)."""
    place = {name: column for column, name in enumerate([*ids, NONE])}
    told, is_not = (torch.zeros(len(examples), len(place)) for _ in range(2))
    for row, one in enumerate(examples):
        told[row, [place[name] for name in one.told]] = 1
        is_not[row, [place[name] for name in one.is_not]] = 1
    return told, is_not


def train(args: argparse.Namespace) -> None:
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    found = gather(args)
    ids = sorted({name for one in found for name in one.told} - {NONE})
    counts: dict[str, int] = {}
    kept, held = [], []
    for one in found:
        first = one.told[0] if one.told else ""
        counts[first] = counts.get(first, 0) + 1
        (held if args.held and first and counts[first] % 6 == 0 else kept).append(one)
    print(f"{len(ids)} situations, {len(kept)} examples, {len(held)} held", flush=True)
    tokens, pad = tokenizer(args.encoder), PAD[args.encoder]
    network = SituationNetwork(len(ids), encoder=args.encoder)

    def encoded_of(some: list[Example]) -> list[tuple[list[int], int]]:
        return encode(tokens, [(one.text, one.before) for one in some])

    told, is_not = targets(kept, ids)
    network.ways.data = directions(told, vectors(network, encoded_of(kept), pad))
    head = [network.ways, network.none]
    body = [weight for name, weight in network.named_parameters() if name not in ("ways", "none")]
    adam = torch.optim.AdamW(
        [{"params": body, "lr": args.rate}, {"params": head, "lr": HEAD_RATE * args.rate, "weight_decay": 0.0}]
    )
    steps = args.epochs * -(-len(kept) // args.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * max(0.02, 1 - step / steps)
    )
    average, step, began = deepcopy(network), 0, time.monotonic()
    told_held, _ = targets(held, ids)
    for epoch in range(args.epochs):
        encoded = encoded_of(source.varied(kept, rng=rng))
        for rows in batches([len(tokens_) for tokens_, _ in encoded], args.batch, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=args.bf16):
                scores = network(*collate([encoded[i] for i in rows], pad=pad))
            loss = loss_of(scores.float(), told[rows], is_not[rows])
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            adam.step()
            schedule.step()
            adam.zero_grad()
            step += 1
            keep = min(0.995, step / (step + 20))
            for old, new in zip(average.parameters(), network.parameters(), strict=True):
                old.data.mul_(keep).add_(new.data, alpha=1 - keep)
            if step % 50 == 0:
                print(f"{step}/{steps} loss {loss.item():.3f} {time.monotonic() - began:.0f} s", flush=True)
        torch.save({"ids": ids, "weights": average.state_dict()}, args.out)
        if held:
            print(f"epoch {epoch} {watch(probabilities(average, encoded_of(held), pad), told_held)}", flush=True)


def directions(told: Tensor, found: Tensor) -> Tensor:
    """Return the mean of the examples of each situation, as unit vectors."""
    return torch.nn.functional.normalize(told[:, :-1].T @ found, dim=-1)


def watch(found: np.ndarray, told: Tensor) -> str:
    """Return how many held-out messages are told rightly, and how many of the sure ones."""
    gold = told.numpy()
    best = found[:, :-1].argmax(1)
    right = gold[np.arange(len(gold)), best] == 1
    sure = found[:, :-1].max(1)
    order = np.argsort(-found[:, :-1], axis=1)[:, :3]
    top3 = np.take_along_axis(gold, order, 1).max(1).mean()
    parts = [f"{(sure >= cut).mean():.2f} sure {right[sure >= cut].mean():.3f}" for cut in (0.5, 0.7, 0.9)]
    return f"right {right.mean():.3f}, in three {top3:.3f}; " + "; ".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, default=Path("corpora"))
    parser.add_argument("--encoder", choices=["minilm", "mpnet"], default="minilm")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=6e-5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held", action="store_true")
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    train(args)


if __name__ == "__main__":
    main()
