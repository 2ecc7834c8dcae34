"""What computes: the reading network in ONNX Runtime, its tokenizer and calibration. No domain logic."""

from holdspace.models._network import Passage, ReadingNetwork
from holdspace.models._package import ModelPackage, PackageDamaged, reading_package

__all__ = ["ModelPackage", "PackageDamaged", "Passage", "ReadingNetwork", "reading_package"]
