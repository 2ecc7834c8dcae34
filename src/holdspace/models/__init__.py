"""What computes: the networks in ONNX Runtime, their tokenizers and calibration. No domain logic."""

from holdspace.models._english import english_share
from holdspace.models._network import Passage, ReadingNetwork
from holdspace.models._package import (
    ModelPackage,
    PackageDamaged,
    english_safety_package,
    guard_package,
    reading_package,
    safety_package,
)
from holdspace.models._reply_reader import REPLY_MARK, SENTENCE_MARK, ReplyReader, shared_reply_reader
from holdspace.models._response_reader import ResponseReader, shared_response_reader
from holdspace.models._safety_network import SafetyNetwork, SafetyPassage, SafetyScores
from holdspace.models._safety_reader import SafetyReader, shared_safety_reader
from holdspace.models._situation_reader import SituationReader, Told, shared_situation_reader
from holdspace.models._topic_head import TopicHead, topic_head

__all__ = [
    "REPLY_MARK",
    "SENTENCE_MARK",
    "ModelPackage",
    "PackageDamaged",
    "Passage",
    "ReadingNetwork",
    "ReplyReader",
    "ResponseReader",
    "SafetyNetwork",
    "SafetyPassage",
    "SafetyReader",
    "SafetyScores",
    "SituationReader",
    "Told",
    "TopicHead",
    "english_safety_package",
    "english_share",
    "guard_package",
    "reading_package",
    "safety_package",
    "shared_reply_reader",
    "shared_response_reader",
    "shared_safety_reader",
    "shared_situation_reader",
    "topic_head",
]
