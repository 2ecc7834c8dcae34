"""A reading as one value, and its JSON form (schema `holdspace.reading/1`, docs/reading-schema.md)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from holdspace.analysis._errors import UnreadableReading
from holdspace.analysis._reading import (
    Alternative,
    ArcPoint,
    Evidence,
    Finding,
    Measurement,
    NotAssessed,
    Status,
)
from holdspace.conversation import Conversation, conversation_from_dict, conversation_to_dict

if TYPE_CHECKING:
    import polars as pl

SCHEMA = "holdspace.reading/1"


@dataclass(frozen=True, slots=True)
class Detector:
    """One detector that took part: its id, the families it reads for, its weights ("" when it has none)."""

    id: str
    families: tuple[str, ...]
    model_id: str
    weights_sha256: str


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one conversation, with what is needed to reproduce it."""

    conversation: Conversation
    findings: tuple[Finding, ...]
    measurements: tuple[Measurement, ...]
    arc: tuple[ArcPoint, ...]
    detectors: tuple[Detector, ...]
    holdspace_version: str
    switched_off: tuple[str, ...] = ()  # why the practice's law profile leaves something out, in sentences

    def to_dict(self) -> dict[str, Any]:
        """Return the reading as JSON types, in the documented schema."""
        spoken = conversation_to_dict(self.conversation)
        return {
            "schema": SCHEMA,
            "holdspace": self.holdspace_version,
            "source": spoken["source"],
            "speakers": spoken["speakers"],
            "utterances": spoken["utterances"],
            "skipped": spoken["skipped"],
            "meta": spoken["meta"],
            "findings": [_finding_to_dict(finding) for finding in self.findings],
            "measurements": [_measurement_to_dict(measurement) for measurement in self.measurements],
            "arc": [{"utterance": p.utterance_id, **_without(asdict(p), "utterance_id")} for p in self.arc],
            "detectors": [asdict(detector) for detector in self.detectors],
            "switched_off": list(self.switched_off),
        }

    def to_json(self, *, indent: int | None = None) -> str:
        """Return `to_dict` as a JSON text, characters unescaped."""
        return json.dumps(self.to_dict(), ensure_ascii=False, indent=indent)

    def to_polars(self) -> pl.DataFrame:
        """Return one row a finding's span, in the order of the words.

        Columns: finding, construct, family, status, probability, utterance, speaker, role, start_char,
        end_char, text, start_s, detector, model.
        """
        from holdspace.analysis._table import findings_table

        return findings_table(self)


def reading_from_dict(data: Mapping[str, Any]) -> Reading:
    """Return the reading written by `Reading.to_dict`. Raises: UnreadableReading."""
    try:
        if data["schema"] != SCHEMA:
            raise UnreadableReading(expected=SCHEMA)
        return Reading(
            conversation=conversation_from_dict(data),
            findings=tuple(_finding_from_dict(item) for item in data["findings"]),
            measurements=tuple(_measurement_from_dict(item) for item in data["measurements"]),
            arc=tuple(ArcPoint(utterance_id=p["utterance"], **_without(p, "utterance")) for p in data["arc"]),
            detectors=tuple(
                Detector(d["id"], tuple(d["families"]), d["model_id"], d["weights_sha256"])
                for d in data["detectors"]
            ),
            holdspace_version=data["holdspace"],
            switched_off=tuple(data.get("switched_off", ())),
        )
    except (KeyError, TypeError, ValueError) as exc:
        raise UnreadableReading(expected=SCHEMA) from exc


def _without(item: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name != key}


def _evidence_to_list(evidence: tuple[Evidence, ...]) -> list[dict[str, Any]]:
    return [
        {"utterance": e.utterance_id, "start_char": e.start_char, "end_char": e.end_char, "text": e.text}
        for e in evidence
    ]


def _evidence_from_list(items: list[Mapping[str, Any]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(e["utterance"], e["start_char"], e["end_char"], e["text"]) for e in items)


def _finding_to_dict(finding: Finding) -> dict[str, Any]:
    taken_up = {} if finding.follow_up is None else {"follow_up": _evidence_to_list(finding.follow_up)}
    return {
        "id": finding.id,
        "construct": finding.construct_id,
        "speaker": finding.speaker_id,
        "status": finding.status.value,
        "probability": round(finding.probability, 4),
        "evidence": _evidence_to_list(finding.evidence),
        "alternatives": [
            {"construct": a.construct_id, "probability": round(a.probability, 4)}
            for a in finding.alternatives
        ],
        "detector": finding.detector_id,
        "model": finding.model_id,
        **taken_up,
    }


def _finding_from_dict(item: Mapping[str, Any]) -> Finding:
    return Finding(
        id=item["id"],
        construct_id=item["construct"],
        speaker_id=item["speaker"],
        status=Status(item["status"]),
        probability=item["probability"],
        evidence=_evidence_from_list(item["evidence"]),
        alternatives=tuple(Alternative(a["construct"], a["probability"]) for a in item["alternatives"]),
        detector_id=item["detector"],
        model_id=item["model"],
        follow_up=_evidence_from_list(item["follow_up"]) if "follow_up" in item else None,
    )


def _measurement_to_dict(measurement: Measurement) -> dict[str, Any]:
    value = measurement.value
    missing = isinstance(value, NotAssessed)
    return {
        "construct": measurement.construct_id,
        "speaker": measurement.speaker_id,
        "value": None if isinstance(value, NotAssessed) else value,
        "not_assessed": value.reason if isinstance(value, NotAssessed) else None,
        "unit": measurement.unit,
        "n": 0 if missing else measurement.n,
        "detector": measurement.detector_id,
        "evidence": _evidence_to_list(measurement.evidence),
    }


def _measurement_from_dict(item: Mapping[str, Any]) -> Measurement:
    return Measurement(
        construct_id=item["construct"],
        speaker_id=item["speaker"],
        value=NotAssessed(item["not_assessed"]) if item["value"] is None else item["value"],
        unit=item["unit"],
        n=item["n"],
        detector_id=item["detector"],
        evidence=_evidence_from_list(item["evidence"]),
    )
