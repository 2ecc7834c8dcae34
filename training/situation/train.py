"""Train the network of situations: `python -m training.situation.train --out build/situation.pt`.

Each situation begins at the mean of its examples (prototypes, Snell et al. 2017); encoder and directions are
then trained together, with tones and themes as further tasks. `--held` leaves every sixth coded line of
a talk out and prints how many are right.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Collection
from copy import deepcopy
from dataclasses import dataclass
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


def gather(args: argparse.Namespace, learnt: Collection[str]) -> list[Example]:
    """Return coded lines, what tells situations not `learnt`, and a share of what tells the others."""
    known: dict[Example, None] = {}
    coded: list[Example] = []
    for language in args.languages:
        folder = args.corpora / "situations" / language
        for path in sorted(folder.glob("*.txt")):
            known |= dict.fromkeys(source.read(path))
        known |= dict.fromkeys(source.catalogue(language))
        coded += source.themed(folder / "themed.tsv", list(source.coded(folder / "coded.tsv")))
    found = frozenset(learnt)
    old = [one for one in known if not learnt or found.issuperset((*one.told, *one.is_not))]
    new = [one for one in known if learnt and not found.issuperset((*one.told, *one.is_not))]
    return [*random.Random(args.seed).sample(old, int(args.share * len(old))), *new, *coded]


@dataclass(frozen=True, slots=True)
class Targets:
    """Of each example, 1 where it is so: (examples, situations + 1), tones, (examples, themes + 1)."""

    told: Tensor
    is_not: Tensor
    tones: Tensor
    themes: Tensor

    def rows(self, rows: list[int]) -> Targets:
        return Targets(self.told[rows], self.is_not[rows], self.tones[rows], self.themes[rows])


def shared(scores: Tensor, right: Tensor) -> Tensor:
    """Return cross entropy where all that is right shares the probability; 0 where nothing is known."""
    log = torch.log_softmax(scores, dim=1)
    found = -torch.logsumexp(log.masked_fill(right == 0, -1e4), dim=1)
    return (found * (right.sum(1) > 0)).mean()


def loss_of(scores: Tensor, gold: Targets) -> Tensor:
    """Return the loss of all tasks; what is known not to be told has no probability."""
    parts = scores.split([gold.told.shape[1], gold.tones.shape[1], gold.themes.shape[1]], dim=1)
    taken = (torch.softmax(parts[0], dim=1) * gold.is_not).sum(1).clamp(max=1 - 1e-4)
    loss = shared(parts[0], gold.told) + shared(parts[1], gold.tones) + shared(parts[2], gold.themes)
    return loss - torch.log1p(-taken).mean()


@torch.no_grad()
def vectors(network: SituationNetwork, encoded: list[tuple[list[int], int]], pad: int) -> Tensor:
    network.eval()
    out = torch.zeros(len(encoded), network.encoder.config.hidden_size)
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i][0]))
    for start in range(0, len(order), 64):
        rows = order[start : start + 64]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            out[rows] = network.pooled(*collate([encoded[i] for i in rows], pad=pad)).float()
    network.train()
    return out


@torch.no_grad()
def probabilities(
    network: SituationNetwork, encoded: list[tuple[list[int], int]], pad: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return probabilities, (messages, situations + 1), (messages, tones) and (messages, themes + 1)."""
    scores = network.scores(vectors(network, encoded, pad))
    sizes = [len(network.ways) + 1, network.tone.out_features, network.theme.out_features]
    told, tones, themes = (torch.softmax(part, dim=1).numpy() for part in scores.split(sizes, dim=1))
    return told, tones, themes


def targets(examples: list[Example], ids: list[str], themes: list[str]) -> Targets:
    """Return what is so of each example. Args: ids, themes: the columns, without NONE."""

    def ones(columns: list[str], of: Callable[[Example], tuple[str, ...]]) -> Tensor:
        place = {name: column for column, name in enumerate(columns)}
        out = torch.zeros(len(examples), len(columns))
        for row, one in enumerate(examples):
            out[row, [place[name] for name in of(one) if name in place]] = 1
        return out

    return Targets(
        ones([*ids, NONE], lambda one: one.told),
        ones([*ids, NONE], lambda one: one.is_not),
        ones(list(TONES), lambda one: one.tones),
        ones([*themes, NONE], lambda one: one.themes),
    )


def train(args: argparse.Namespace) -> None:
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    stored = torch.load(args.start) if args.start else {"ids": [], "weights": {}}
    anew = {one.told[0] for path in args.anew for one in source.read(path) if one.told}
    found = gather(args, [name for name in stored["ids"] if name not in anew])
    ids = sorted({name for one in found for name in one.told} - {NONE} | set(stored["ids"]))
    coded = [one for one in found if one.tones]
    held = coded[::6] if args.held else []
    kept = [one for one in found if not one.tones] + [
        one for n, one in enumerate(coded) if n % 6 or not args.held
    ]
    kept += [one for one in kept if one.tones] * (args.coded_times - 1)
    print(f"{len(ids)} situations, {len(kept)} examples, {len(held)} held", flush=True)
    tokens, pad = tokenizer(args.encoder), PAD[args.encoder]
    themes = source.themes()
    network = SituationNetwork(len(ids), tones=len(TONES), themes=len(themes) + 1, encoder=args.encoder)

    def encoded_of(some: list[Example]) -> list[tuple[list[int], int]]:
        return encode(tokens, [(one.text, one.before) for one in some])

    gold = targets(kept, ids, themes)
    ways = stored["weights"].pop("ways", None)
    network.load_state_dict(stored["weights"], strict=False)
    new = [name for name in ids if name not in stored["ids"]]
    of_new = [row for row, one in enumerate(kept) if set(one.told) & set(new)]
    if new:
        found_new = vectors(network, encoded_of([kept[row] for row in of_new]), pad)
        network.ways.data = directions(gold.told[of_new], found_new)
    for row, name in enumerate(ids):
        if name in stored["ids"]:
            network.ways.data[row] = ways[stored["ids"].index(name)]
    print(f"{len(new)} situations are new", flush=True)
    # Half of the weights, which 30,000 examples would not move well.
    network.encoder.embeddings.requires_grad_(False)
    network.encoder.encoder.layer[: args.frozen].requires_grad_(False)
    head = [weight for name, weight in network.named_parameters() if not name.startswith("encoder.")]
    body = [weight for weight in network.encoder.parameters() if weight.requires_grad]
    adam = torch.optim.AdamW(
        [
            {"params": body, "lr": args.rate},
            {"params": head, "lr": HEAD_RATE * args.rate, "weight_decay": 0.0},
        ]
    )
    steps = args.steps or args.epochs * -(-len(kept) // args.batch)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        adam, lambda step: min(1.0, (step + 1) / (0.06 * steps)) * max(0.02, 1 - step / steps)
    )
    average, step, began = deepcopy(network), 0, time.monotonic()
    gold_held = targets(held, ids, themes)
    for epoch in range(args.epochs):
        encoded = encoded_of(source.varied(kept, rng=rng))
        for rows in batches([len(tokens_) for tokens_, _ in encoded], args.batch, rng):
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=args.bf16):
                scores = network(*collate([encoded[i] for i in rows], pad=pad))
            loss = loss_of(scores.float(), gold.rows(rows))
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
            if step == steps:
                break
        torch.save({"ids": ids, "themes": themes, "weights": average.state_dict()}, args.out)
        if held:
            found_now, meant, about = probabilities(average, encoded_of(held), pad)
            tones = watch_tones(meant, gold_held.tones)
            print(
                f"epoch {epoch} {watch(found_now, gold_held.told)}; tones {tones}"
                f"; themes {watch(about, gold_held.themes)}",
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
    """Return how many held-out messages are told rightly, and of the sure ones; the last column is none."""
    known = told.numpy().sum(1) > 0
    found, gold = found[known], told.numpy()[known]
    best = found[:, :-1].argmax(1)
    right = gold[np.arange(len(gold)), best] == 1
    sure = found[:, :-1].max(1)
    order = np.argsort(-found[:, :-1], axis=1)[:, :3]
    top3 = np.take_along_axis(gold, order, 1).max(1).mean()
    parts = [
        f"{(sure >= cut).mean():.2f} sure {right[sure >= cut].mean():.3f}"
        for cut in (0.3, 0.4, 0.5, 0.7, 0.9)
    ]
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
    parser.add_argument("--encoder", choices=["minilm", "mpnet", "e5"], default="minilm")
    parser.add_argument(
        "--anew", type=Path, nargs="*", default=[], help="files whose messages are all shown, learnt or not"
    )
    parser.add_argument("--languages", nargs="+", default=["en"])
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--steps", type=int, help="in place of whole epochs; at most one epoch")
    parser.add_argument("--batch", type=int, default=96)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--start", type=Path, help="weights to go on from")
    parser.add_argument("--frozen", type=int, default=0, help="lower layers that stay as they are")
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
