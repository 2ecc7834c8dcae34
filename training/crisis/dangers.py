"""Fit which danger it is as one regression over all of them: `python -m training.crisis.dangers`.

    python -m training.crisis.dangers --encoder e5 --weights build/crisis/every6.pt --out build/crisis/x.pt

The encoder and all other columns stay. A multinomial logistic regression on what the encoder makes of each
crisis whose danger is coded (Alain and Bengio 2016): rare dangers never win in columns fitted one by one.
Prints how often the likeliest is the coded one in the development halves of the held-out sets.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F  # noqa: N812  -- the name torch's own documentation uses

from training.crisis import sources
from training.crisis.columns import DANGERS, span
from training.crisis.network import CrisisNetwork
from training.crisis.rounding import as_shipped
from training.crisis.signals import Row, features, posts
from training.crisis.train import ROOM_TOKENS

STRENGTH = 0.03  # of the fit: the inverse of the penalty, as in scikit-learn
STEPS = 300
HELD = {
    "e5": ("held_six", "held_languages", "held_tongues", "held_medical_languages"),
    "mpnet": ("held_dangers", "held_checker", "held_people"),
}


def held_rows(folder: Path, encoder: str) -> list[Row]:
    """Return the crises of the development halves that have a danger."""
    found = [item for name in HELD[encoder] for item in sources.read_items(folder / f"{name}.jsonl")[0::2]]
    rows = [(str(i["text"]), sources.joined_of(i), sources.coded_target(i), "") for i in found]
    return [row for row in rows if not np.isnan(row[2][span("danger")][0])]


def coded(rows: list[Row]) -> Tensor:
    """Return the place of each row's danger among `DANGERS`."""
    return torch.tensor([int(row[2][span("danger")].argmax()) for row in rows])


def fit(found: Tensor, gold: Tensor) -> tuple[Tensor, Tensor]:
    """Return weights (dangers, width) and biases of the regression; features are standardised for it."""
    mean, spread = found.mean(0), found.std(0) + 1e-6
    scaled = (found - mean) / spread
    weight = torch.zeros(len(DANGERS), found.shape[1], requires_grad=True)
    bias = torch.zeros(len(DANGERS), requires_grad=True)
    solver = torch.optim.LBFGS([weight, bias], max_iter=STEPS, line_search_fn="strong_wolfe")

    def step() -> Tensor:
        solver.zero_grad()
        penalty = (weight**2).sum() / (2 * STRENGTH * len(gold))
        loss = F.cross_entropy(scaled @ weight.T + bias, gold) + penalty
        loss.backward()
        return loss

    solver.step(step)
    scaled_weight = weight.detach() / spread
    return scaled_weight, bias.detach() - scaled_weight @ mean


def right(scores: Tensor, gold: Tensor) -> str:
    hit = scores.argmax(1) == gold
    each = (
        f"{name} {int(hit[gold == place].sum())}/{int((gold == place).sum())}"
        for place, name in enumerate(DANGERS)
    )
    return f"{hit.float().mean():.3f} of {len(gold)}: {', '.join(each)}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--encoder", choices=["e5", "mpnet"], default="mpnet")
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--build", type=Path, default=Path("build/crisis"))
    parser.add_argument("--corpora", type=Path, default=Path("corpora"))
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    folder = args.build / args.encoder
    network = CrisisNetwork(folder)
    network.load_state_dict(torch.load(args.weights))
    tokens = Tokenizer.from_file(str(folder / "tokenizer.json"))
    rows = [
        row
        for row in posts(args.corpora / "crisis", english=args.encoder == "mpnet")
        if not np.isnan(row[2][span("danger")][0])
    ]
    held = held_rows(args.corpora / "crisis", args.encoder)
    shipped = as_shipped(network, four_bit=args.encoder == "mpnet")
    found = features(shipped, tokens, [*rows, *held], room=ROOM_TOKENS[args.encoder], bf16=args.bf16)
    weight, bias = fit(found[: len(rows)], coded(rows))
    part = span("danger")
    for name, w, b in (
        ("before", network.head.weight.data[part], network.head.bias.data[part]),
        ("after", weight, bias),
    ):
        print(name, right(found[len(rows) :] @ w.T + b, coded(held)), flush=True)
    network.head.weight.data[part], network.head.bias.data[part] = weight, bias
    torch.save(network.state_dict(), args.out)


if __name__ == "__main__":
    main()
