"""What computes: the networks in ONNX Runtime, their tokenizers and calibration. No domain logic."""

from holdspace.models._network import Passage, ReadingNetwork
from holdspace.models._package import ModelPackage, PackageDamaged, reading_package, safety_package
from holdspace.models._safety_network import SafetyNetwork, SafetyPassage, SafetyScores

__all__ = [
    "ModelPackage",
    "PackageDamaged",
    "Passage",
    "ReadingNetwork",
    "SafetyNetwork",
    "SafetyPassage",
    "SafetyScores",
    "reading_package",
    "safety_package",
]
