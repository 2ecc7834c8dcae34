"""How well each file of weights tells crises: `python -m training.crisis.seeds build/crisis/[1-5].pt`.

Area under the ROC curve and sensitivity at 95 % specificity for crisis, of the network alone, on the test
half of the held-out part of `corpora/crisis` (of its English messages with `--english`).
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from training.crisis import sources
from training.crisis.columns import INDEX
from training.crisis.network import CrisisNetwork
from training.crisis.rounding import as_shipped
from training.crisis.train import predict


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--encoder", type=Path, default=Path("build/crisis/e5"))
    parser.add_argument("--held", type=Path, default=Path("corpora/crisis/f.jsonl"))
    parser.add_argument("--english", action="store_true")
    parser.add_argument("--four-bit", action="store_true", help="round the weights as they ship")
    args = parser.parse_args()
    items = sources.read_items(args.held)[1::2]
    if args.english:
        items = [item for item in items if item.get("lang", "en") == "en"]
    texts = [(str(item["text"]), sources.joined_of(item)) for item in items]
    gold = np.array([item["level"] == "crisis" for item in items])
    tokens = Tokenizer.from_file(str(args.encoder / "tokenizer.json"))
    print(f"{len(items)} {'English ' if args.english else ''}messages of the test half")
    areas, found = [], []
    for path in args.weights:
        network = CrisisNetwork(args.encoder)
        network.load_state_dict(torch.load(path))
        network = as_shipped(network, four_bit=args.four_bit)
        encoder = "mpnet" if args.english else "e5"
        scores = predict(network, tokens, texts, encoder=encoder)[:, INDEX["level:crisis"]]
        order = np.argsort(np.argsort(scores))
        areas.append((order[gold].mean() - (gold.sum() - 1) / 2) / (~gold).sum())
        found.append((scores[gold] > np.quantile(scores[~gold], 0.95)).mean())
        print(f"{path.name}: AUC {areas[-1]:.3f}, sensitivity at 95 % specificity {found[-1]:.3f}")
    if len(areas) > 1:
        print(f"mean AUC {np.mean(areas):.3f} (sd {np.std(areas, ddof=1):.3f}), "
              f"mean sensitivity {np.mean(found):.3f} (sd {np.std(found, ddof=1):.3f})")  # fmt: skip


if __name__ == "__main__":
    main()
