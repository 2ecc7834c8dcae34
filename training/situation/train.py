"""Train the network of situations: `python -m training.situation.train --out build/situation.pt`.

Each situation begins at the mean of its examples (prototypes, Snell et al. 2017); encoder and directions are
then trained together. `--held` leaves every sixth coded line of a talk out and prints how many are right.
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
from training.situation.examples import NONE, TONES, Example
from training.situation.network import SituationNetwork
from training.train import PAD, batches

HEAD_RATE = 10  # times the rate of the encoder


def gather(args: argparse.Namespace) -> list[Example]:
    files = sorted((args.corpora / "situations/en").glob("*.txt"))
    found = [one for path in files for one in source.read(path)]
    found += source.catalogue()
    coded: list[Example] = []
    for path in sorted((args.corpora / "situations/en").glob("coded*.tsv")):
        coded += source.coded(path)
    known = list(dict.fromkeys(found))
    return [*random.Random(args.seed).sample(known, int(args.share * len(known))), *coded]


def loss_of(scores: Tensor, told: Tensor, is_not: Tensor, tones: Tensor) -> Tensor:
    """Return cross entropy: what is told shares the probability, what is known not to be told has none."""
    log = torch.log_softmax(scores[:, : told.shape[1]], dim=1)
    right = torch.logsumexp(log.masked_fill(told == 0, -1e4), dim=1)
    wrong = (log.exp() * is_not).sum(1).clamp(max=1 - 1e-4)
    tone = torch.log_softmax(scores[:, told.shape[1] :], dim=1)
    meant = torch.logsumexp(tone.masked_fill(tones == 0, -1e4), dim=1)
    return -(
        (right * (told.sum(1) > 0)).mean() + (meant * (tones.sum(1) > 0)).mean() + torch.log1p(-wrong).mean()
    )


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
def probabilities(
    network: SituationNetwork, encoded: list[tuple[list[int], int]], pad: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return probabilities, (messages, situations + 1) and (messages, tones)."""
    scores = network.scores(vectors(network, encoded, pad))
    split = len(network.ways) + 1
    return torch.softmax(scores[:, :split], dim=1).numpy(), torch.softmax(scores[:, split:], dim=1).numpy()


def targets(examples: list[Example], ids: list[str]) -> tuple[Tensor, Tensor, Tensor]:
    """Return 1 where an example tells a situation, where it is known not to, and where it has a tone."""
    place = {name: column for column, name in enumerate([*ids, NONE])}
    told, is_not = (torch.zeros(len(examples), len(place)) for _ in range(2))
    tones = torch.zeros(len(examples), len(TONES))
    for row, one in enumerate(examples):
        told[row, [place[name] for name in one.told]] = 1
        is_not[row, [place[name] for name in one.is_not]] = 1
        tones[row, [TONES.index(name) for name in one.tones]] = 1
    return told, is_not, tones


def train(args: argparse.Namespace) -> None:
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    found = gather(args)
    ids = sorted({name for one in found for name in one.told} - {NONE})
    coded = [one for one in found if one.tones]
    held = coded[::6] if args.held else []
    kept = [one for one in found if not one.tones] + [
        one for n, one in enumerate(coded) if n % 6 or not args.held
    ]
    kept += [one for one in kept if one.tones] * (args.coded_times - 1)
    print(f"{len(ids)} situations, {len(kept)} examples, {len(held)} held", flush=True)
    tokens, pad = tokenizer(args.encoder), PAD[args.encoder]
    network = SituationNetwork(len(ids), tones=len(TONES), encoder=args.encoder)

    def encoded_of(some: list[Example]) -> list[tuple[list[int], int]]:
        return encode(tokens, [(one.text, one.before) for one in some])

    told, is_not, tones = targets(kept, ids)
    if args.start:
        stored = torch.load(args.start)
        assert stored["ids"] == ids, "not the same situations"
        network.load_state_dict(stored["weights"], strict=False)
    else:
        network.ways.data = directions(told, vectors(network, encoded_of(kept), pad))
    # Half of the weights, which 30,000 examples would not move well.
    network.encoder.embeddings.requires_grad_(False)
    head = [network.ways, network.none, *network.tone.parameters()]
    body = [weight for weight in network.encoder.parameters() if weight.requires_grad]
    adam = torch.optim.AdamW(
        [
            {"params": body, "lr": args.rate},
            {"params": head, "lr": HEAD_RATE * args.rate, "weight_decay": 0.0},
        ]
    )
    steps = args.epochs * -(-len(kept) // args.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * max(0.02, 1 - step / steps)
    )
    average, step, began = deepcopy(network), 0, time.monotonic()
    told_held, _, tones_held = targets(held, ids)
    for epoch in range(args.epochs):
        encoded = encoded_of(source.varied(kept, rng=rng))
        for rows in batches([len(tokens_) for tokens_, _ in encoded], args.batch, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=args.bf16):
                scores = network(*collate([encoded[i] for i in rows], pad=pad))
            loss = loss_of(scores.float(), told[rows], is_not[rows], tones[rows])
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
        torch.save({"ids": ids, "weights": average.state_dict()}, args.out)
        if held:
            found_now, meant = probabilities(average, encoded_of(held), pad)
            print(
                f"epoch {epoch} {watch(found_now, told_held)}; tones {watch_tones(meant, tones_held)}",
                flush=True,
            )


def blend(average: SituationNetwork, network: SituationNetwork, *, keep: float) -> None:
    for old, new in zip(average.parameters(), network.parameters(), strict=True):
        if new.requires_grad:
            old.data.mul_(keep).add_(new.data, alpha=1 - keep)


def directions(told: Tensor, found: Tensor) -> Tensor:
    """Return the mean of the examples of each situation, as unit vectors."""
    return torch.nn.functional.normalize(told[:, :-1].T @ found, dim=-1)


def watch(found: np.ndarray, told: Tensor) -> str:
    """Return how many held-out messages are told rightly, and how many of the sure ones."""
    known = told.numpy().sum(1) > 0
    found, gold = found[known], told.numpy()[known]
    best = found[:, :-1].argmax(1)
    right = gold[np.arange(len(gold)), best] == 1
    sure = found[:, :-1].max(1)
    order = np.argsort(-found[:, :-1], axis=1)[:, :3]
    top3 = np.take_along_axis(gold, order, 1).max(1).mean()
    parts = [f"{(sure >= cut).mean():.2f} sure {right[sure >= cut].mean():.3f}" for cut in (0.5, 0.7, 0.9)]
    return f"right {right.mean():.3f}, in three {top3:.3f}; " + "; ".join(parts)


def watch_tones(found: np.ndarray, tones: Tensor) -> str:
    """Return how many tones are read rightly, and how many of the sure ones."""
    known = tones.numpy().sum(1) > 0
    found, gold = found[known], tones.numpy()[known]
    if not len(found):
        return "none held"
    right, sure = gold[np.arange(len(gold)), found.argmax(1)] == 1, found.max(1)
    parts = [f"{(sure >= cut).mean():.2f} sure {right[sure >= cut].mean():.3f}" for cut in (0.5, 0.6, 0.7)]
    return f"right {right.mean():.3f}; " + "; ".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, default=Path("corpora"))
    parser.add_argument("--encoder", choices=["minilm", "mpnet"], default="minilm")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=96)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--coded-times", type=int, default=1, help="how often coded lines of talks are shown")
    parser.add_argument("--share", type=float, default=1.0, help="of the other examples")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--held", action="store_true")
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    train(args)


if __name__ == "__main__":
    main()
