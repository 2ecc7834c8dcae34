"""Fit signals and dangers of a trained network anew, on posts and on lines of talks; the levels stay.

    python -m training.crisis.signals --weights build/crisis/safety_english.pt --out build/crisis/signals.pt
    python -m training.crisis.signals --encoder e5 --no-lines --groups signal danger --weights ... --out ...

The encoder stays; each column is a logistic regression on its output (a linear probe, Alain and Bengio 2016).
The kinds of danger of lines in talks stand in `corpora/talks/kinds.tsv`: file, line, letters; every fifth
talk is left out and prints how often the likeliest kind is the coded one, before and after.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from training.crisis import sources, talks
from training.crisis.columns import DANGERS, SIGNALS, span
from training.crisis.kinds import HELD_EVERY, KINDS, kinds, signals_of
from training.crisis.network import CrisisNetwork, collate, encode
from training.crisis.rounding import as_shipped
from training.crisis.train import ROOM_TOKENS

PENALTY = 1e-2
EVENED = 0.5
LONGEST, WITH_SIGNAL, WITHOUT = 35, 5000, 1200  # words of a post; posts that have a signal and that have none
Row = tuple[str, str, np.ndarray, str]  # message, words before, target, letter


FOLDERS = ("", "twins/", "talks/", "dangers/", "wide/", "tongues/", "asked/")


def posts(folder: Path, *, english: bool) -> Iterator[Row]:
    """Yield the messages of the parts that trained the network, English ones or all others."""
    for path in sorted(path for part in FOLDERS for path in folder.glob(f"{part}*.jsonl")):
        if path.stem.startswith("held") or path.stem == "f":
            continue
        for item in sources.read_items(path):
            if (item.get("lang", "en") == "en") == english and "level" in item:
                yield str(item["text"]), sources.joined_of(item), sources.coded_target(item), ""


def coded_lines(folder: Path) -> Iterator[tuple[bool, Row]]:
    """Yield the coded lines of talks, and whether they are left out of the fit."""
    for path in sorted(folder.glob("*.txt")):
        known = kinds(path)
        for place, script in enumerate(talks.scripts(path)):
            if not any(number in known for number in script.numbers):
                continue
            told = talks.played(script)
            for number, (_, message, before) in zip(script.numbers, told, strict=True):
                letters = known.get(number, "")
                if letters[:1] in KINDS:
                    yield place % HELD_EVERY == 0, (message, before, signals_of(letters), letters)


@torch.no_grad()
def features(
    network: CrisisNetwork, tokens: Tokenizer, rows: list[Row], *, room: int | None, bf16: bool
) -> Tensor:
    """Return the encoder's output of each message, (messages, width)."""
    network.eval()
    encoded = encode(tokens, [(text, before) for text, before, _, _ in rows], room=room)
    order = sorted(range(len(encoded)), key=lambda i: len(encoded[i][0]))
    out = torch.zeros(len(encoded), network.encoder.config.hidden_size)
    for start in range(0, len(order), 32):
        chosen = order[start : start + 32]
        ids, mask, read = collate([encoded[i] for i in chosen])
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
            hidden = network.encoder(input_ids=ids, attention_mask=mask).last_hidden_state.float()
        weight = read.unsqueeze(-1).float()
        out[chosen] = (hidden * weight).sum(1) / weight.sum(1)
        if start % 3200 == 0:
            print(f"{start}/{len(order)}", flush=True)
    return out


def fit(found: Tensor, targets: Tensor, weight: Tensor, bias: Tensor) -> tuple[Tensor, Tensor]:
    """Return weights and biases of columns, begun at those that are there; features are standardised."""
    mean, spread = found.mean(0), found.std(0) + 1e-6
    scaled, first = (found - mean) / spread, (weight * spread).clone()
    now, offset = first.clone().requires_grad_(), (bias + weight @ mean).clone().requires_grad_()
    known = ~torch.isnan(targets)
    filled = torch.where(known, targets, torch.zeros_like(targets))
    adam = torch.optim.Adam([now, offset], lr=2e-2)
    for _ in range(300):
        scores = scaled @ now.T + offset
        each = torch.nn.functional.binary_cross_entropy_with_logits(scores, filled, reduction="none")
        loss = (each * known).sum(1).mean() + PENALTY * ((now - first) ** 2).sum()
        adam.zero_grad()
        loss.backward()
        adam.step()
    weight = now.detach() / spread
    return weight, offset.detach() - weight @ mean


def evened(bias: Tensor, targets: Tensor) -> Tensor:
    """Return biases of dangers, moved half-way to equal shares: most messages tell of one's own death.

    Logit adjustment (Menon et al. 2021, arXiv 2007.07314), since they only compare with each other.
    """
    known = targets[~torch.isnan(targets[:, 0])]
    return bias - EVENED * torch.log(known.mean(0))


def right(scores: np.ndarray, letters: list[str]) -> str:
    """Return how often the kind whose signals are likeliest is the coded one, all and by kind."""
    place = {name: column for column, name in enumerate(SIGNALS)}
    named = [kind for kind in KINDS if kind not in "yb"]
    best = np.stack(
        [
            scores[:, [place[s] for s in KINDS[k] if s != "immediate_danger"][: 7 if k == "s" else 2]].max(1)
            for k in named
        ],
        1,
    )
    found = np.array(named)[best.argmax(1)]
    is_right = [kind in coded for kind, coded in zip(found, letters, strict=True)]
    parts = [f"all {np.mean(is_right):.3f} of {len(letters)}"]
    for kind in named:
        rows = [hit for hit, coded in zip(is_right, letters, strict=True) if coded[0] == kind]
        parts.append(f"{kind} {np.mean(rows):.2f} of {len(rows)}" if rows else f"{kind} -")
    return ", ".join(parts)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--encoder", choices=["e5", "mpnet"], default="mpnet")
    parser.add_argument("--build", type=Path, default=Path("build/crisis"))
    parser.add_argument("--groups", nargs="+", choices=["signal", "danger"], default=["signal"])
    parser.add_argument("--fit", action=argparse.BooleanOptionalAction, default=True, help="not only evened")
    parser.add_argument("--lines", action=argparse.BooleanOptionalAction, default=True, help="of talks, too")
    parser.add_argument("--corpora", type=Path, default=Path("corpora"))
    parser.add_argument("--times", type=int, default=2, help="how often a line of a talk counts besides once")
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    network = CrisisNetwork(args.build / args.encoder)
    network.load_state_dict(torch.load(args.weights))
    tokens = Tokenizer.from_file(str(args.build / args.encoder / "tokenizer.json"))
    lines = list(coded_lines(args.corpora / "talks")) if args.lines else []
    kept = [row for is_held, row in lines if not is_held]
    held = [row for is_held, row in lines if is_held]
    told = posts(args.corpora / "crisis", english=args.encoder == "mpnet")
    some, rng = [row for row in told if len(row[0].split()) <= LONGEST], random.Random(1)
    signalled = [row for row in some if np.nansum(row[2][span("signal")]) > 0]
    others = [row for row in some if np.nansum(row[2][span("signal")]) == 0]
    rows = [
        *rng.sample(signalled, min(WITH_SIGNAL, len(signalled))),
        *rng.sample(others, min(WITHOUT, len(others))),
        *kept,
        *held,
    ]
    print(f"{len(rows) - len(lines)} posts, {len(kept)} lines, {len(held)} held", flush=True)
    part = torch.cat([torch.arange(span(group).start, span(group).stop) for group in args.groups])
    targets = torch.from_numpy(np.stack([row[2] for row in rows]))[:, part]
    first = len(rows) - len(held)
    again = torch.arange(first - len(kept), first)
    training = torch.cat([torch.arange(first), *[again] * args.times])
    weight, bias = network.head.weight.data[part], network.head.bias.data[part]
    if args.fit:
        shipped = as_shipped(network, four_bit=args.encoder == "mpnet")
        found = features(shipped, tokens, rows, room=ROOM_TOKENS[args.encoder], bf16=args.bf16)
        weight, bias = fit(found[training], targets[training], weight, bias)
    if "danger" in args.groups:
        columns = slice(-len(DANGERS), None)
        bias[columns] = evened(bias[columns], targets[:, columns])
    if held and args.fit:
        letters, signals = [row[3] for row in held], slice(0, len(SIGNALS))
        for name, w, b in (
            ("before", network.head.weight.data[part], network.head.bias.data[part]),
            ("after", weight, bias),
        ):
            print(name, right((found[first:] @ w.T + b)[:, signals].numpy(), letters), flush=True)
    network.head.weight.data[part], network.head.bias.data[part] = weight, bias
    torch.save(network.state_dict(), args.out)


if __name__ == "__main__":
    main()
