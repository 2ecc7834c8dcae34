"""Weights that are stored at 4 bits and calculated with at 8: small in the package, fast on any processor.

`packed.npz` holds for each tensor its name, its values in steps of a sixteenth (two in a byte, blocks of
`BLOCK` inputs share a half-precision scale) and, for a matrix, the scale of each output in 8 bits.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

BLOCK = 64
EXTERNAL_FILE = "weights.bin"  # the name by which model.onnx refers to the unpacked tensors


@dataclass(frozen=True, slots=True)
class PackedTensor:
    """`steps`: uint8 (blocks, BLOCK / 2), the low half of a byte first; `scales`: float16 (blocks,).

    Blocks run along the last axis of `shape`. `column_scales`: float32 (shape[0],) of a matrix that is
    calculated with in int8 and stored here with outputs first; None for a table that stays in float32.
    """

    name: str
    shape: tuple[int, int]
    steps: NDArray[np.uint8]
    scales: NDArray[np.float16]
    column_scales: NDArray[np.float32] | None

    def values(self) -> NDArray[np.float32]:
        """Return the tensor in float32, shape `shape`."""
        levels = np.empty((len(self.steps), BLOCK), dtype=np.int8)
        levels[:, : BLOCK // 2] = self.steps & 15
        levels[:, BLOCK // 2 :] = self.steps >> 4
        levels -= 8
        return (levels * self.scales.astype(np.float32)[:, None]).reshape(self.shape)

    def raw(self) -> bytes:
        """Return the bytes that model.onnx expects: int8 (inputs, outputs), or a table in float32."""
        values = self.values()
        if self.column_scales is None:
            return values.tobytes()
        values /= self.column_scales[:, None]
        np.rint(values, out=values)
        return np.ascontiguousarray(values.astype(np.int8).T).tobytes()


def pack(name: str, values: NDArray[np.float32], column_scales: NDArray[np.float32] | None) -> PackedTensor:
    """Return `values` (rows, columns; columns divisible by BLOCK) rounded to 4 bits."""
    blocks = values.reshape(-1, BLOCK)
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(1)[:, None], 1)[:, 0]
    scales = (largest / -8).astype(np.float16)
    divisor = np.where(scales == 0, 1, scales).astype(np.float32)[:, None]
    levels = np.clip(np.rint(blocks / divisor) + 8, 0, 15).astype(np.uint8)
    steps = levels[:, : BLOCK // 2] | (levels[:, BLOCK // 2 :] << 4)
    rows, columns = values.shape
    return PackedTensor(name, (rows, columns), steps, scales, column_scales)


def to_npz(tensors: list[PackedTensor]) -> bytes:
    """Return the tensors as one file, in order."""
    content: dict[str, NDArray[np.generic]] = {"names": np.array([tensor.name for tensor in tensors])}
    for number, tensor in enumerate(tensors):
        content[f"shape{number}"] = np.array(tensor.shape)
        content[f"steps{number}"] = tensor.steps
        content[f"scales{number}"] = tensor.scales
        if tensor.column_scales is not None:
            content[f"columns{number}"] = tensor.column_scales
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **content)
    return file.getvalue()


def from_npz(content: bytes) -> list[PackedTensor]:
    """Return the tensors of `to_npz`. Raises: ValueError, KeyError, OSError when it is not such a file."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        return [
            PackedTensor(
                str(name),
                (int(file[f"shape{number}"][0]), int(file[f"shape{number}"][1])),
                file[f"steps{number}"],
                file[f"scales{number}"],
                file.get(f"columns{number}"),
            )
            for number, name in enumerate(file["names"])
        ]


def external_bytes(tensors: list[PackedTensor]) -> bytes:
    """Return the content of `EXTERNAL_FILE`: each tensor after the other."""
    return b"".join(tensor.raw() for tensor in tensors)
