"""Three plain sentences before the text: what to look at first, how the hour went, who spoke."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.analysis import Finding, Reading, Status
from holdspace.conversation import Role
from holdspace.web.care.figures import client_share
from holdspace.web.workbench.wording import clock, construct_name, is_risk, speaker_names


@dataclass(frozen=True, slots=True)
class First:
    """What to look at first; `utterance_id` is "" where there is no single place."""

    sentence: str
    is_risk: bool
    utterance_id: str = ""


@dataclass(frozen=True, slots=True)
class Spoke:
    """Who spoke how much. `client_percent` is None when it was not assessed."""

    client_percent: int | None
    sentence: str


def first_of(reading: Reading, findings: Sequence[Finding]) -> First:
    """Return the sentence on voiced symptoms; thoughts of not living come before anything else."""
    times = {utterance.id: utterance.start_s for utterance in reading.conversation.utterances}
    risks = sorted((f for f in findings if is_risk(f)), key=lambda f: f.status is Status.UNSURE)
    if risks:
        place = risks[0].evidence[0].utterance_id
        return First(_risk_sentence(risks, at=clock(times.get(place))), is_risk=True, utterance_id=place)
    if not any("symptom" in detector.families for detector in reading.detectors):
        return First(_("Voiced symptoms were not assessed."), is_risk=False)
    counts: dict[str, int] = {}
    for finding in findings:
        if finding.construct_id.startswith("symptom:") and finding.status is Status.PRESENT:
            counts[finding.construct_id] = counts.get(finding.construct_id, 0) + 1
    if not counts:
        return First(
            _("Holdspace noticed no symptom put into words. That does not mean that there is none."),
            is_risk=False,
        )
    ordered = sorted(counts, key=lambda construct_id: -counts[construct_id])
    return First(_symptoms_sentence(ordered, counts), is_risk=False)


def _risk_sentence(risks: Sequence[Finding], *, at: str) -> str:
    named = ", ".join(dict.fromkeys(construct_name(f.construct_id).lower() for f in risks[:4]))
    if risks[0].status is Status.PRESENT:
        said = _("Risk put into words: %(named)s") % {"named": named}
    else:
        said = _("Words that may be about risk, unsure: %(named)s") % {"named": named}
    place = _(", at %(time)s") % {"time": at} if at else ""
    more = len(risks) - 1
    rest = (
        ngettext(", and at %(n)d more place", ", and at %(n)d more places", more) % {"n": more}
        if more
        else ""
    )
    open_ones = sum(f.follow_up == () for f in risks)
    left = _(" Not seen to be taken up: %(n)d.") % {"n": open_ones} if open_ones else ""
    return f"{said}{place}{rest}.{left} {_('Read them yourself.')}"


def _symptoms_sentence(ordered: Sequence[str], counts: dict[str, int]) -> str:
    def told(construct_id: str) -> str:
        n = counts[construct_id]
        times = _("once") if n == 1 else ngettext("%(n)d time", "%(n)d times", n) % {"n": n}
        return f"{construct_name(construct_id).lower()} ({times})"

    named = ", ".join(told(construct_id) for construct_id in ordered[:3])
    sentence = _("Put into words: %(named)s.") % {"named": named}
    if len(ordered) > 3:
        more = len(ordered) - 3
        rest = ngettext("And %(n)d more.", "And %(n)d more.", more) % {"n": more}
        return f"{sentence} {rest}"
    return sentence


def spoke_of(reading: Reading) -> Spoke:
    """Return who spoke how much, and how many questions the therapist asked."""
    share = client_share(reading)
    if share is None:
        return Spoke(None, _("Not assessed: it is not clear who is the client."))
    names = speaker_names(reading.conversation)
    clients = [s for s in reading.conversation.speakers if s.role is Role.CLIENT]
    client = names[clients[0].id] if len(clients) == 1 else _("Clients")
    percent = round(share * 100)
    therapist_alone = len(reading.conversation.speakers) == 2 and _("You") in names.values()
    others = _("you") if therapist_alone else _("the others")
    sentence = _("%(client)s %(percent)d %%, %(others)s %(rest)d %%.") % {
        "client": client,
        "percent": percent,
        "others": others,
        "rest": 100 - percent,
    }
    questions = _questions(reading)
    return Spoke(percent, f"{sentence} {questions}".strip())


def _questions(reading: Reading) -> str:
    therapists = {s.id for s in reading.conversation.speakers if s.role is Role.THERAPIST}
    asked = [
        m.value
        for m in reading.measurements
        if m.construct_id == "dynamics:questions" and m.speaker_id in therapists
    ]
    known = [value for value in asked if isinstance(value, float | int)]
    if not known:
        return ""
    n = round(sum(known))
    return ngettext("You asked %(n)d question.", "You asked %(n)d questions.", n) % {"n": n}
