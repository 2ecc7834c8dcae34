"""Train the guard's network from the weights of the English gate, which knows danger already.

python -m training.guard.train --start build/crisis/base5.pt --out build/guard/1.pt
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from holdspace.models import english_share
from training.crisis.columns import INDEX, NAMES, span
from training.crisis.loop import fit, predicted
from training.crisis.network import END, MAX_TOKENS, START, CrisisNetwork
from training.guard import examples
from training.guard.examples import Example

CONTEXT_TOKENS = 96
BEFORE_TOKENS = 80
FROZEN_LAYERS = 1
PARTS = "a b d f danger beliefs bond ordinary long short assistants brief allowed"


def encode(tokens: Tokenizer, found: list[Example]) -> list[tuple[list[int], int]]:
    """Return (token ids, index of the first token read) as `holdspace.models.SafetyNetwork` makes them."""

    def ids(texts: list[str]) -> list[list[int]]:
        return [e.ids for e in tokens.encode_batch(texts, add_special_tokens=False)]

    said = ids([e.passage.text for e in found])
    heard = ids([e.passage.context for e in found])
    before = ids([e.passage.before for e in found])
    out = []
    for now, then, earlier in zip(said, heard, before, strict=True):
        lead = [*then[-CONTEXT_TOKENS:], END] if then else []
        lead += earlier[-BEFORE_TOKENS:]
        out.append(([START, *lead, *now[:MAX_TOKENS], END], 1 + len(lead) if lead else 0))
    return out


def gather(args: argparse.Namespace, rng: random.Random) -> list[Example]:
    known = [
        *english(args.corpora, args.parts),
        *examples.therapists(args.data, count=args.therapists, rng=rng),
    ]
    return [*english(args.corpora, args.fresh), *rng.sample(known, int(args.share * len(known)))]


def english(corpora: Path, parts: list[str]) -> list[Example]:
    """Return the sentences and wholes of these parts that are in English."""
    items = [item for part in parts for item in examples.read_items(corpora / f"{part}.jsonl")]
    found = [example for item in items for example in examples.of_item(item)]
    return [example for example in found if english_share(example.passage.text) > 0]


def column_weights() -> torch.Tensor:
    """Return the weight of each column: whether it is unsafe counts most, which rule it breaks teaches."""
    weights = torch.zeros(len(NAMES))
    weights[INDEX["reply:unsafe"]] = 4.0
    weights[span("rule")] = 0.6
    return weights


def watch(network: CrisisNetwork, tokens: Tokenizer, args: argparse.Namespace) -> str:
    """Return how many bad replies of the development half are found while 3 % of the good ones are."""
    items = [item for part in args.held for item in examples.read_items(args.corpora / f"{part}.jsonl")[0::2]]
    found = [examples.of_item(item) for item in items]
    every = predicted(network, encode(tokens, [e for reply in found for e in reply]))
    scores = iter(every[:, INDEX["reply:unsafe"]])
    worst, whole, bad = [], [], []
    for reply in found:
        values = [next(scores) for _ in reply]
        worst.append(max(values[:-1]))
        whole.append(values[-1])
        bad.append(reply[-1].target[INDEX["reply:unsafe"]] > 0)
    gold = np.array(bad)
    said = []
    for name, of in (
        ("sentence", np.array(worst)),
        ("whole", np.array(whole)),
        ("both", np.array(worst) + whole),
    ):
        cut = np.quantile(of[~gold], 0.97)
        pairs = (of[gold][:, None] > of[~gold]).mean()
        said.append(f"{name}: AUC {pairs:.3f}, caught {(of[gold] > cut).mean():.3f}")
    return f"{len(gold)} held-out replies; " + "; ".join(said)


def train(args: argparse.Namespace) -> None:
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    network = CrisisNetwork(args.encoder)
    network.load_state_dict(torch.load(args.start))
    tokens = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    found = gather(args, rng)
    encoded = encode(tokens, found)
    targets = torch.from_numpy(np.stack([e.target for e in found]))
    fit(
        network,
        encoded,
        targets,
        weights=column_weights(),
        frozen=FROZEN_LAYERS,
        args=args,
        rng=rng,
        watch=lambda trained: watch(trained, tokens, args),
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--corpora", type=Path, default=Path("corpora/replies"))
    parser.add_argument("--encoder", type=Path, default=Path("build/crisis/mpnet"))
    parser.add_argument("--parts", nargs="*", default=PARTS.split())
    parser.add_argument(
        "--fresh", nargs="*", default=[], help="parts of which all is read, whatever the share"
    )
    parser.add_argument(
        "--held", nargs="*", default=["c", "e", "held", "held_more", "held_fresh", "held_tester"]
    )
    parser.add_argument(
        "--therapists", type=int, default=250, help="questions whose answers are read as safe"
    )
    parser.add_argument("--share", type=float, default=1.0, help="of sentences and whole replies")
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--four-bit", action="store_true", help="round matrices to 4 bits in forward passes")
    parser.add_argument("--bf16", action="store_true", help="compute in bfloat16 (AVX512-BF16 or AMX)")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    train(args)


if __name__ == "__main__":
    main()
