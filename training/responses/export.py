"""Export the network: `python -m training.responses.export --weights build/responses.pt --id responses.v1`.

Writes `src/holdspace/models/responses`: ONNX with int8 weights, as `training.export` does. What a crisis
reply takes up is read by the gate's network (`training.responses.gate`); here those columns only taught.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import torch

from training.export import write_package
from training.responses.network import ResponseNetwork

SERVED = ("say", "ask")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("src/holdspace/models/responses"))
    parser.add_argument("--id", default="responses.v1")
    args = parser.parse_args()
    stored = torch.load(args.weights)
    network = ResponseNetwork(len(stored["names"]))
    network.load_state_dict(stored["weights"])
    names = [name for name in stored["names"] if name.split(":")[0] in SERVED]
    kept = torch.tensor([stored["names"].index(name) for name in names])
    head = torch.nn.Linear(network.head.in_features, len(names))
    head.weight.data, head.bias.data = network.head.weight.data[kept], network.head.bias.data[kept]
    network.head = head
    write_package(network, network.encoder.config, args.out, name=args.id, columns=names)


if __name__ == "__main__":
    main()
