"""Export the network: `python -m training.situation.export --weights build/situation.pt --id situation.v1`.

Writes `src/holdspace/models/situation`: ONNX with int8 weights, as `training.export` does.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.export import write_package
from training.situation.examples import NONE, TONES
from training.situation.network import SituationNetwork


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--encoder", choices=["minilm", "e5"], default="minilm")
    parser.add_argument("--out", type=Path, default=Path("src/holdspace/models/situation"))
    parser.add_argument("--id", default="situation.v1")
    args = parser.parse_args()
    stored = torch.load(args.weights)
    themes = len(stored["themes"]) + 1
    network = SituationNetwork(len(stored["ids"]), tones=len(TONES), themes=themes, encoder=args.encoder)
    network.load_state_dict(stored["weights"])
    columns = [
        *stored["ids"],
        NONE,
        *(f"tone:{name}" for name in TONES),
        *(f"theme:{name}" for name in [*stored["themes"], NONE]),
    ]
    write_package(
        network, network.encoder.config, args.out, name=args.id, columns=columns, encoder=args.encoder
    )


if __name__ == "__main__":
    main()
