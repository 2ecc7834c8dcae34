"""How things are said on the session page."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from holdspace.analysis import Finding, Status
from holdspace.constructs import Construct, catalogue
from holdspace.conversation import Conversation, Role, Speaker

RISK = frozenset({"symptom:suicidal_ideation"})
SPOKEN_OF_NOW = frozenset({Status.PRESENT, Status.UNSURE})


def clock(seconds: float | None) -> str:
    """Return "31:40" or "1:02:03"; "" when the time is not known."""
    if seconds is None:
        return ""
    minutes, second = divmod(int(max(seconds, 0)), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def length_in_words(seconds: float | None) -> str:
    """Return "51 minutes", or "" when the length is not known."""
    if seconds is None:
        return ""
    hours, minutes = divmod(max(1, round(seconds / 60)), 60)
    in_minutes = ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if not hours:
        return in_minutes
    in_hours = ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return f"{in_hours} {in_minutes}" if minutes else in_hours


def construct_of(construct_id: str) -> Construct | None:
    """Return the construct; None for one that an older or newer version of Holdspace knew."""
    try:
        return catalogue()[construct_id]
    except KeyError:
        return None


def construct_name(construct_id: str) -> str:
    """Return the plain name of a construct."""
    construct = construct_of(construct_id)
    return construct.name if construct else construct_id.partition(":")[2].replace("_", " ").capitalize()


def status_word(status: Status) -> str:
    """Return what a note says besides the name; "" for what is simply present."""
    return {
        Status.PRESENT: "",
        Status.UNSURE: _("unsure"),
        Status.PAST: _("in the past"),
        Status.DENIED: _("denied"),
        Status.OTHER_PERSON: _("about someone else"),
        Status.HYPOTHETICAL: _("hypothetical"),
        Status.QUOTED: _("quoted"),
    }[status]


def is_risk(finding: Finding) -> bool:
    """Return whether the finding gets the colour that is kept for risk."""
    about_risk = finding.construct_id in RISK or finding.construct_id.startswith("risk:")
    return about_risk and finding.status in SPOKEN_OF_NOW


def tenths(share: float) -> str:
    """Return a share as "about 8 in 10"."""
    if share < 0.05:
        return _("less than 1 in 10")
    if share >= 0.95:
        return _("more than 9 in 10")
    return _("about %(n)d in 10") % {"n": max(1, round(share * 10))}


def times_in_ten(low: float, share: float, high: float) -> str:
    """Return how often, as wide as it is known: "about 8 times in 10", "between 5 and 9 times in 10"."""
    least, most = round(low * 10), round(high * 10)
    if most - least >= 2:
        return _("between %(least)d and %(most)d times in 10") % {"least": least, "most": most}
    if share >= 0.95:
        return _("more than 9 times in 10")
    return _("about %(n)d times in 10") % {"n": round(share * 10)}


def speaker_names(conversation: Conversation) -> dict[str, str]:
    """Return how each speaker is called: the only therapist is "You"."""
    therapists = [s.id for s in conversation.speakers if s.role is Role.THERAPIST]
    return {
        speaker.id: _("You") if therapists == [speaker.id] else _spoken_name(speaker)
        for speaker in conversation.speakers
    }


def _spoken_name(speaker: Speaker) -> str:
    if speaker.name:
        return speaker.name
    return {
        Role.CLIENT: _("Client"),
        Role.THERAPIST: _("Therapist"),
        Role.COMPANION: _("Companion"),
        Role.OTHER: _("Somebody"),
    }[speaker.role]
