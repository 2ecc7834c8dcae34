"""A model as it is shipped: weights, tokenizer and `model.json`, checked against their hash before use."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path

from holdspace.models._packed import external_bytes, from_npz


class PackageDamaged(Exception):
    """A file of the model is missing or is not the one that was published. `file` names it."""

    def __init__(self, *, file: str) -> None:
        self.file = file
        super().__init__(f"{file} is missing or damaged. Install Holdspace again.")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns a raw score into a probability: sigmoid(slope * score + offset) (Platt 1999)."""

    slope: float
    offset: float


@dataclass(frozen=True)
class ModelPackage:
    """One folder: `model.onnx`, `tokenizer.json`, `model.json`, and `packed.npz` where weights have 4 bits.

    `columns` are the outputs in order, "group:name"; `calibration` has the columns that are probabilities,
    `error` the standard error of those that are quantities. Of safety networks, `alarm` is the column by
    which the worst of several windows is known, `context_tokens` how much of the words before is read, and
    `room_tokens` to how much message and words before may come together: a long message is read alone.
    """

    folder: Path
    id: str
    sha256: str
    columns: tuple[str, ...]
    calibration: dict[str, Calibration]
    error: dict[str, float]
    packed_sha256: str | None = None
    alarm: str = "level:crisis"
    context_tokens: int = 48
    room_tokens: int | None = None

    @property
    def model_id(self) -> str:
        """Return the id that findings carry: name, version and the first 12 digits of the hash."""
        return f"{self.id}@{self.sha256[:12]}"

    @cached_property
    def weights(self) -> bytes:
        """Return the weights. Raises: PackageDamaged when they are not the published ones."""
        return self._checked("model.onnx", self.sha256)

    def unpacked(self) -> bytes | None:
        """Return the tensors that model.onnx refers to (`_packed`), None where it holds all itself.

        Raises: PackageDamaged.
        """
        if self.packed_sha256 is None:
            return None
        return external_bytes(from_npz(self._checked("packed.npz", self.packed_sha256)))

    def _checked(self, name: str, sha256: str) -> bytes:
        try:
            content = (self.folder / name).read_bytes()
        except OSError as exc:
            raise PackageDamaged(file=name) from exc
        if hashlib.sha256(content).hexdigest() != sha256:
            raise PackageDamaged(file=name)
        return content


def read_package(folder: Path) -> ModelPackage:
    """Return the package in `folder`; reads no weights yet. Raises: PackageDamaged."""
    try:
        described = json.loads((folder / "model.json").read_text(encoding="utf-8"))
        return ModelPackage(
            folder=folder,
            id=described["id"],
            sha256=described["sha256"],
            columns=tuple(described["columns"]),
            calibration={name: Calibration(*pair) for name, pair in described["calibration"].items()},
            error=dict(described["error"]),
            packed_sha256=described.get("packed_sha256"),
            alarm=described.get("alarm", "level:crisis"),
            context_tokens=described.get("context_tokens", 48),
            room_tokens=described.get("room_tokens"),
        )
    except (OSError, ValueError, KeyError, TypeError) as exc:
        raise PackageDamaged(file="model.json") from exc


def reading_package() -> ModelPackage:
    """Return the reading model that ships with Holdspace. Raises: PackageDamaged."""
    return read_package(Path(str(files("holdspace.models") / "reading")))


def safety_package() -> ModelPackage:
    """Return the safety model for all languages that ships with Holdspace. Raises: PackageDamaged."""
    return read_package(Path(str(files("holdspace.models") / "safety")))


def english_safety_package() -> ModelPackage:
    """Return the safety model for English that ships with Holdspace. Raises: PackageDamaged."""
    return read_package(Path(str(files("holdspace.models") / "safety_english")))


def guard_package() -> ModelPackage:
    """Return the model that reads replies in English, which ships with Holdspace. Raises: PackageDamaged."""
    return read_package(Path(str(files("holdspace.models") / "guard")))
