"""Export a trained network: `python -m training.export --weights build/reading.pt --out FOLDER`.

Writes `model.onnx` (weights in int8, one scale a row; the arithmetic stays in float32, so a text has the same
scores in any company and on any processor), `tokenizer.json` and `model.json` without calibration
(`training.calibrate` adds it).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import helper, numpy_helper
from onnxruntime.transformers import optimizer
from torch import Tensor, nn
from transformers import PretrainedConfig

from training.columns import GROUPS, SERVED, span
from training.network import ReadingNetwork, encoder_folder

SMALLEST = 2048  # values; smaller tensors stay in float32


class Served(nn.Module):
    """The network with the columns that are served."""

    def __init__(self, network: ReadingNetwork) -> None:
        super().__init__()
        self.network = network
        self.columns = torch.cat([torch.arange(span(g).start, span(g).stop) for g in SERVED])

    def forward(self, ids: Tensor, mask: Tensor, read: Tensor) -> Tensor:
        scores: Tensor = self.network(ids, mask, read)[:, self.columns]
        return scores


def write_onnx(network: nn.Module, path: Path) -> None:
    """Write a network that reads (ids, mask, read) and returns scores, any number of texts of any length."""
    example = torch.ones((2, 8), dtype=torch.long)
    axes = {name: {0: "batch", 1: "tokens"} for name in ("ids", "mask", "read")}
    torch.onnx.export(
        network,
        (example, example, example),
        str(path),
        input_names=list(axes),
        output_names=["scores"],
        dynamic_axes={**axes, "scores": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )


def fuse(path: Path, config: PretrainedConfig) -> onnx.ModelProto:
    """Fuse attention, layer norm and GELU into the kernels of ONNX Runtime."""
    fused = optimizer.optimize_model(
        str(path), model_type="bert", num_heads=config.num_attention_heads, hidden_size=config.hidden_size
    )
    print(fused.get_fused_operator_statistics())
    return fused.model


def quantise(model: onnx.ModelProto) -> onnx.ModelProto:
    """Store every large matrix in int8, one scale an output channel (the last axis; a row of embeddings)."""
    graph = model.graph
    gathered = {node.input[0] for node in graph.node if node.op_type == "Gather"}
    gathered |= {
        name for node in graph.node if node.op_type == "EmbedLayerNormalization" for name in node.input[2:5]
    }
    kept, nodes = [], []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.ndim != 2 or values.size < SMALLEST:
            kept.append(tensor)
            continue
        axis = 0 if tensor.name in gathered else 1
        scale = np.maximum(np.abs(values).max(axis=1 - axis) / 127, 1e-12).astype(np.float32)
        steps = np.rint(values / np.expand_dims(scale, 1 - axis)).astype(np.int8)
        kept.append(numpy_helper.from_array(steps, f"{tensor.name}_int8"))
        kept.append(numpy_helper.from_array(scale, f"{tensor.name}_scale"))
        nodes.append(
            helper.make_node(
                "DequantizeLinear", [f"{tensor.name}_int8", f"{tensor.name}_scale"], [tensor.name], axis=axis
            )
        )
    del graph.initializer[:]
    graph.initializer.extend(kept)
    rest = list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes + rest)
    return model


def write_package(
    network: nn.Module,
    config: PretrainedConfig,
    out: Path,
    *,
    name: str,
    columns: list[str],
    encoder: str = "minilm",
    in_int8: bool = True,
) -> None:
    """Write the folder that ships. Args: config: of the encoder; name: the id; columns: of the scores."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "raw.onnx"
        write_onnx(network.eval(), raw)
        model = fuse(raw, config)
    onnx.save(quantise(model) if in_int8 else model, str(out / "model.onnx"))
    shutil.copy(encoder_folder(encoder) / "tokenizer.json", out / "tokenizer.json")
    described = {
        "id": name,
        "sha256": hashlib.sha256((out / "model.onnx").read_bytes()).hexdigest(),
        "columns": columns,
        "calibration": {},
        "error": {},
    }
    (out / "model.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--id", default="reading.v1")
    parser.add_argument("--float", action="store_true", help="leave the weights in float32, to compare")
    args = parser.parse_args()
    network = ReadingNetwork("minilm")
    network.load_state_dict(torch.load(args.weights))
    columns = [f"{group}:{name}" for group in SERVED for name in GROUPS[group]]
    write_package(
        Served(network),
        network.encoder.config,
        args.out,
        name=args.id,
        columns=columns,
        in_int8=not args.float,
    )


if __name__ == "__main__":
    main()
