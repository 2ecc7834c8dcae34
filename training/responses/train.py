"""Train the network that chooses short answers: `python -m training.responses.train --out build/1.pt`.

Several answers may be right for a message: each has a probability of its own (binary cross entropy). `--held`
leaves talk writers out and prints how often what it would say had been chosen.
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

from training.crisis.noise import noisy
from training.network import collate, encode, tokenizer
from training.responses.examples import GROUPS, Example, examples
from training.responses.network import ResponseNetwork
from training.train import PAD, batches

HEAD_RATE = 20  # times the rate of the encoder
FEWEST = 12  # choices of an answer by which it is learnt


def columns(found: list[Example]) -> list[str]:
    """Return `group:answer` of everything that was chosen often enough, in the order of the groups."""
    counts: dict[str, int] = {}
    for one in found:
        for group, some in one.chosen.items():
            for name in some:
                counts[f"{group}:{name}"] = counts.get(f"{group}:{name}", 0) + 1
    kept = [name for name, count in counts.items() if count >= FEWEST]
    return sorted(kept, key=lambda name: (GROUPS.index(name.split(":")[0]), name))


def targets(found: list[Example], names: list[str]) -> Tensor:
    """Return (examples, answers): 1 where chosen, 0 where not, NaN where that is not known.

    It is not known of another group, nor of an answer that was chosen for none of a writer's lines: not every
    reader had it on the list.
    """
    place = {name: column for column, name in enumerate(names)}
    groups = [name.split(":")[0] for name in names]
    used = {(one.writer, f"{group}:{n}") for one in found for group, some in one.chosen.items() for n in some}
    out = torch.full((len(found), len(names)), float("nan"))
    for row, one in enumerate(found):
        for group, some in one.chosen.items():
            of = [n for n, name in enumerate(names) if groups[n] == group and (one.writer, name) in used]
            out[row, of] = 0.0
            out[row, [place[f"{group}:{n}"] for n in some if f"{group}:{n}" in place]] = 1.0
    return out


def loss_of(scores: Tensor, gold: Tensor) -> Tensor:
    known = ~gold.isnan()
    return torch.nn.functional.binary_cross_entropy_with_logits(scores[known], gold[known]) * 20


@torch.no_grad()
def probabilities(network: ResponseNetwork, encoded: list[tuple[list[int], int]], pad: int) -> np.ndarray:
    """Return the probability of each answer, (messages, answers)."""
    network.eval()
    out = torch.zeros(len(encoded), network.head.out_features)
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i][0]))
    for start in range(0, len(order), 64):
        rows = order[start : start + 64]
        out[rows] = torch.sigmoid(network(*collate([encoded[i] for i in rows], pad=pad)))
    network.train()
    return out.numpy()


def watch(found: np.ndarray, gold: np.ndarray, names: list[str]) -> str:
    """Return, group by group, how often the likeliest answer had been chosen, of all and of the sure ones."""
    parts = []
    for group in GROUPS:
        some = [n for n, name in enumerate(names) if name.startswith(f"{group}:")]
        if not some:
            continue
        known = ~np.isnan(gold[:, some]).all(1)
        if not known.any():
            continue
        p, g = found[known][:, some], gold[known][:, some]
        right, sure = g[np.arange(len(g)), p.argmax(1)] == 1, p.max(1)
        cuts = "; ".join(
            f"{cut}: {(sure >= cut).mean():.2f} of them {right[sure >= cut].mean():.2f}"
            for cut in (0.3, 0.4, 0.5, 0.6)
        )
        parts.append(f"\n  {group} n {len(g)} right {right.mean():.3f}; from {cuts}")
    return "".join(parts)


def train(args: argparse.Namespace) -> None:
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    found = examples(args.corpora / "talks")
    held = [one for one in found if one.writer in args.held]
    kept = [one for one in found if one.writer not in (*args.held, *args.out_of_it)]
    names = columns(kept)
    print(f"{len(names)} answers, {len(kept)} examples, {len(held)} held", flush=True)
    tokens, pad = tokenizer(args.encoder), PAD[args.encoder]
    network = ResponseNetwork(len(names), encoder=args.encoder)
    if args.start:
        stored = torch.load(args.start)["weights"]
        encoder = {name: value for name, value in stored.items() if name.startswith("encoder.")}
        print(network.load_state_dict(encoder, strict=False).unexpected_keys, flush=True)
    gold = targets(kept, names)
    with torch.no_grad():
        share = gold.nanmean(0).clamp(1e-4, 1 - 1e-4)
        network.head.bias.copy_(torch.log(share / (1 - share)))
        network.head.weight.mul_(0.1)
    network.encoder.embeddings.requires_grad_(False)
    network.encoder.encoder.layer[: args.frozen].requires_grad_(False)
    head = list(network.head.parameters())
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
    encoded_held = encode(tokens, [(one.text, one.before) for one in held])
    gold_held = targets(held, names).numpy()
    for epoch in range(args.epochs):
        said = [noisy(one.text, rng=rng) if rng.random() < args.noise else one.text for one in kept]
        before = ["" if rng.random() < args.alone else one.before for one in kept]
        encoded = encode(tokens, list(zip(said, before, strict=True)))
        for rows in batches([len(ids) for ids, _ in encoded], args.batch, rng):
            loss = loss_of(network(*collate([encoded[i] for i in rows], pad=pad)), gold[rows])
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            adam.step()
            schedule.step()
            adam.zero_grad()
            step += 1
            if step % 5 == 0:
                keep = min(0.98, step / (step + 50))
                for old, new in zip(average.parameters(), network.parameters(), strict=True):
                    old.data.mul_(keep).add_(new.data, alpha=1 - keep)
            if step % 50 == 0:
                print(f"{step}/{steps} loss {loss.item():.3f} {time.monotonic() - began:.0f} s", flush=True)
        torch.save({"names": names, "weights": average.state_dict()}, args.out)
        if held:
            print(
                f"epoch {epoch}{watch(probabilities(average, encoded_held, pad), gold_held, names)}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, default=Path("corpora"))
    parser.add_argument("--encoder", choices=["minilm", "mpnet", "e5"], default="minilm")
    parser.add_argument("--start", type=Path, help="weights of training.situation to begin with")
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--batch", type=int, default=48)
    parser.add_argument("--rate", type=float, default=1e-4)
    parser.add_argument("--frozen", type=int, default=0, help="lower layers that stay as they are")
    parser.add_argument("--noise", type=float, default=0.15, help="share of messages with slips")
    parser.add_argument("--alone", type=float, default=0.2, help="share without what was written before")
    parser.add_argument("--held", nargs="*", default=[], help="writers left out and measured")
    parser.add_argument("--out-of-it", nargs="*", default=["days_h"], help="writers left out")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    train(args)


if __name__ == "__main__":
    main()
