"""What of the findings is shown: by family or construct, and by how sure Holdspace is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from holdspace.analysis import Finding, Status

FAMILIES = ("risk", "emotion", "symptom")
NONE = "none"
SURE = {"": 0.0, "present": 0.0, "7": 0.7, "9": 0.9}


@dataclass(frozen=True, slots=True)
class Filters:
    """`family` "" is all, "none" the words alone; `construct` narrows further; `sure` is a key of SURE."""

    family: str = ""
    construct: str = ""
    sure: str = ""

    def shows(self, finding: Finding) -> bool:
        """Return whether the finding passes."""
        if self.sure and finding.status is Status.UNSURE:
            return False
        return (
            self.family in ("", finding.construct_id.partition(":")[0])
            and self.construct in ("", finding.construct_id)
            and finding.probability >= SURE[self.sure]
        )


def filters_from(query: Mapping[str, str]) -> Filters:
    """Return the filters of a query string; what it does not know counts as not asked for."""
    family, sure = query.get("family", ""), query.get("sure", "")
    return Filters(
        family=family if family in (*FAMILIES, NONE) else "",
        construct=query.get("construct", "")[:80],
        sure=sure if sure in SURE else "",
    )
