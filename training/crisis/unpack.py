"""Turn shipped safety weights back into weights to train on from.

    python -m training.crisis.unpack src/holdspace/models/safety --encoder build/crisis/e5 \\
        --out build/crisis/every2.pt

Writes the encoder's folder (config, tokenizer) to `--encoder` and a state of `CrisisNetwork` to `--out`,
whose matrices are the rounded ones.
"""

from __future__ import annotations

import argparse
import re
import shutil
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch import Tensor

from holdspace.models._packed import from_npz
from holdspace.safety.crisis_reply import SHAPES
from training.crisis import e5, mpnet
from training.crisis.columns import DANGERS, INDEX, NAMES, span
from training.crisis.network import CrisisNetwork

_MATRIX = re.compile(r"^/(encoder/.*)/MatMul_quant$")


def unpacked(folder: Path) -> dict[str, Tensor]:
    """Return the tensors of a shipped network by the names of `CrisisNetwork`."""
    model = onnx.load(str(folder / "model.onnx"), load_external_data=False)
    held = {t.name: t for t in model.graph.initializer}
    four_bit = (
        {t.name: t.values() for t in from_npz((folder / "packed.npz").read_bytes())}
        if (folder / "packed.npz").exists()
        else {}
    )

    def values(name: str) -> np.ndarray:
        if name in four_bit:
            return four_bit[name]
        found = numpy_helper.to_array(held[name])
        if not name.endswith("_quantized"):
            return found
        scale = numpy_helper.to_array(held[name.replace("_quantized", "_scale")])
        zero = numpy_helper.to_array(held[name.replace("_quantized", "_zero_point")]).astype(np.float32)
        whole: np.ndarray = (found.astype(np.float32) - zero) * scale
        return whole if "embeddings" in name else whole.T  # MatMul has its inputs first

    out = {
        re.sub("_quantized$", "", name.removeprefix("network.")): values(name)
        for name in held
        if name.startswith("network.") and not name.endswith(("_scale", "_zero_point"))
    }
    for node in model.graph.node:
        matched = _MATRIX.match(node.name)
        if matched and node.input[1].startswith("onnx::MatMul"):
            out[matched[1].replace("/", ".") + ".weight"] = values(node.input[1])
    return {
        name: torch.from_numpy(np.ascontiguousarray(_with_all_rows(tensor, name)))
        for name, tensor in out.items()
    }


def _with_all_rows(tensor: np.ndarray, name: str) -> np.ndarray:
    """Return the tensor, that of the linear layer with rows for what older packages do not tell.

    A bodily emergency begins as an overdose, a danger as the signal that stands for it.
    """
    if not name.startswith("head.") or len(tensor) == len(NAMES):
        return tensor
    if len(tensor) < len(NAMES) - len(DANGERS):
        tensor = np.insert(tensor, span("signal").stop - 1, tensor[INDEX["signal:overdose"]], axis=0)
    first = {shape: signal for signal, shape in reversed(SHAPES)}
    like = [INDEX[f"signal:{first[d]}"] if d in first else INDEX["said:other"] for d in DANGERS]
    grown: np.ndarray = np.concatenate([tensor, tensor[like]])
    return grown


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--corpora", type=Path, default=Path("corpora"))
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    tensors = unpacked(args.folder)
    pieces = len(tensors["encoder.embeddings.word_embeddings.weight"])
    if (args.folder / "packed.npz").exists():
        mpnet.write_folder(args.encoder, data=args.data, corpora=args.corpora, count=pieces)
    else:
        e5.write_folder(args.encoder, count=pieces)
    shutil.copy(args.folder / "tokenizer.json", args.encoder / "tokenizer.json")
    network = CrisisNetwork(args.encoder)
    network.load_state_dict({**network.state_dict(), **tensors})
    print(f"not in the package, as in the encoder: {sorted(set(network.state_dict()) - set(tensors))}")
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), args.out)


if __name__ == "__main__":
    main()
