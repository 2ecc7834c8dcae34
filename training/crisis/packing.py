"""Store the matrices of an exported int8 model at 4 bits beside it (`holdspace.models._packed`)."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, numpy_helper
from torch import nn

from holdspace.models._packed import BLOCK, EXTERNAL_FILE, PackedTensor, pack, to_npz

SMALLEST = 100_000  # weights; smaller tensors stay in model.onnx


@torch.no_grad()
def round_to_4_bits(network: nn.Module) -> dict[str, np.ndarray]:
    """Round every large matrix and table of `network` in place; return them, (rows, columns), by name."""
    rounded = {}
    for name, tensor in network.named_parameters():
        if tensor.ndim == 2 and tensor.numel() >= SMALLEST and tensor.shape[1] % BLOCK == 0:
            values = pack(name, tensor.numpy().astype(np.float32), None).values()
            tensor.copy_(torch.from_numpy(values))
            rounded[name] = values
    return rounded


def take_out(path: Path, *, rounded: dict[str, np.ndarray]) -> bytes:
    """Move the rounded tensors of the model at `path` to a packed file, whose content is returned."""
    model = onnx.load(str(path))
    initializers = {tensor.name: tensor for tensor in model.graph.initializer}
    packed: list[PackedTensor] = []
    offset = 0
    for tensor in model.graph.initializer:
        found = _packed(tensor, initializers, rounded)
        if found is None:
            continue
        raw = found.raw()
        changed = np.frombuffer(raw, np.int8) != np.frombuffer(tensor.raw_data, np.int8)
        if changed.mean() > 0.001:
            raise ValueError(f"{tensor.name} differs in {changed.mean():.2%} after packing")
        packed.append(found)
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        del tensor.external_data[:]
        for key, value in (("location", EXTERNAL_FILE), ("offset", offset), ("length", len(raw))):
            tensor.external_data.add(key=key, value=str(value))
        offset += len(raw)
    path.write_bytes(model.SerializeToString())
    return to_npz(packed)


def _packed(
    tensor: TensorProto, initializers: dict[str, TensorProto], rounded: dict[str, np.ndarray]
) -> PackedTensor | None:
    """Return `tensor` packed when it is one of `rounded`, an int8 matrix or a table, known by its values."""
    if len(tensor.dims) != 2 or int(np.prod(tensor.dims)) < SMALLEST:
        return None
    values = numpy_helper.to_array(tensor)
    if tensor.data_type == TensorProto.FLOAT:
        same = [r for r in rounded.values() if r.shape == values.shape and np.array_equal(r, values)]
        return pack(tensor.name, same[0], None) if same else None
    if tensor.data_type != TensorProto.INT8:
        return None
    scales = numpy_helper.to_array(initializers[tensor.name.replace("_quantized", "_scale")])
    back = (values * scales).T  # (outputs, inputs)
    candidates = [r for r in rounded.values() if r.shape == back.shape]
    nearest = min(candidates, key=lambda r: float(np.abs(r[:8] - back[:8]).mean()))
    return pack(tensor.name, nearest, scales.astype(np.float32))
