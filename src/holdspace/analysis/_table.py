"""A reading as a tidy table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from holdspace.analysis._document import Reading

COLUMNS: dict[str, type[pl.DataType]] = {
    "finding": pl.String,
    "construct": pl.String,
    "family": pl.String,
    "status": pl.String,
    "probability": pl.Float64,
    "utterance": pl.String,
    "speaker": pl.String,
    "role": pl.String,
    "start_char": pl.Int64,
    "end_char": pl.Int64,
    "text": pl.String,
    "start_s": pl.Float64,
    "detector": pl.String,
    "model": pl.String,
}


def findings_table(reading: Reading) -> pl.DataFrame:
    """Return one row a finding's span; see `Reading.to_polars`."""
    starts = {utterance.id: utterance.start_s for utterance in reading.conversation.utterances}
    roles = {speaker.id: speaker.role.value for speaker in reading.conversation.speakers}
    rows = [
        (
            finding.id,
            finding.construct_id,
            finding.construct_id.split(":")[0],
            finding.status.value,
            finding.probability,
            evidence.utterance_id,
            finding.speaker_id,
            roles[finding.speaker_id],
            evidence.start_char,
            evidence.end_char,
            evidence.text,
            starts[evidence.utterance_id],
            finding.detector_id,
            finding.model_id,
        )
        for finding in reading.findings
        for evidence in finding.evidence
    ]
    return pl.DataFrame(rows, schema=COLUMNS, orient="row")
