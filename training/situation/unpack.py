"""Turn the shipped network back into weights to train on from.

    python -m training.situation.unpack --out build/situation_shipped.pt

The matrices are the rounded ones.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from training.situation.examples import NONE

_MATRIX = re.compile(r"^/(encoder/.*)/MatMul$")


def unpacked(path: Path) -> dict[str, Tensor]:
    """Return the tensors of an exported network by the names of `SituationNetwork`."""
    graph = onnx.load(str(path)).graph
    held = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    whole: dict[str, np.ndarray] = {}
    for node in graph.node:
        if node.op_type == "DequantizeLinear":
            steps, scale = held[node.input[0]].astype(np.float32), held[node.input[1]]
            axis = next(one.i for one in node.attribute if one.name == "axis")
            whole[node.output[0]] = steps * np.expand_dims(scale, 1 - axis)
    names = {node.input[1]: found[1] for node in graph.node if (found := _MATRIX.match(node.name))}
    names["/Transpose_output_0"] = "ways"
    out = {name: value for name, value in held.items() if not name.startswith(("/", "onnx::"))}
    out = {name: value for name, value in out.items() if not name.endswith(("_int8", "_scale"))}
    for name, value in whole.items():
        if name == "/Transpose_output_0":
            out["ways"] = value.T
        elif name in names:  # MatMul has its inputs first
            out[names[name].replace("/", ".") + ".weight"] = value.T
        else:
            out[name] = value
    return {name: torch.from_numpy(np.ascontiguousarray(value)) for name, value in out.items()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--package", type=Path, default=Path("src/holdspace/models/situation"))
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    columns = json.loads((args.package / "model.json").read_text(encoding="utf-8"))["columns"]
    args.out.parent.mkdir(parents=True, exist_ok=True)
    weights = unpacked(args.package / "model.onnx")
    themes = [name.removeprefix("theme:") for name in columns if name.startswith("theme:")][:-1]
    torch.save({"ids": columns[: columns.index(NONE)], "themes": themes, "weights": weights}, args.out)


if __name__ == "__main__":
    main()
