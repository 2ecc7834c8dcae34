"""Composes the reply to a person in danger from reviewed text; no language model has a part in it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from holdspace.safety._assessment import RiskAssessment, RiskLevel
from holdspace.safety.crisis_reply._moves import Move, moves
from holdspace.safety.faults import count_fault
from holdspace.safety.help import Country, HelpLine, lines_for

# Which shape a signal asks for; the first that is found decides. "immediate_danger" says when, not what.
SHAPES: tuple[tuple[str, str], ...] = (
    ("medical_emergency", "medical"),
    ("overdose", "overdose"),
    ("child_in_danger", "child_in_danger"),
    ("harm_to_others", "harm_to_others"),
    ("psychosis_command", "psychosis"),
    ("abuse", "abuse"),
    ("behaviour", "suicide"),
    ("intent", "suicide"),
    ("plan", "suicide"),
    ("preparation", "suicide"),
    ("method", "suicide"),
    ("active_ideation", "suicide"),
    ("passive_ideation", "suicide"),
    ("self_harm_urge", "self_harm"),
    ("recent_self_harm", "self_harm"),
    ("eating_danger", "eating"),
    ("psychosis", "psychosis"),
    ("mania", "mania"),
    ("bereavement", "bereavement"),
)
_NEEDS = {  # a bodily emergency has no line, only the emergency number
    "suicide": "suicide", "unclear": "suicide", "self_harm": "self_harm", "overdose": "medical",
    "other_at_risk": "suicide", "abuse": "abuse", "harm_to_others": "perpetrator", "child_in_danger": "child",
    "psychosis": "crisis", "eating": "eating", "mania": "crisis", "bereavement": "bereavement",
}  # fmt: skip
_EVERYWHERE = ("112",)  # answered in most of the world's mobile networks
_OWN_HAND = frozenset({"suicide", "unclear", "self_harm", "overdose"})  # distance from means fits these
_YES_ADMITS = frozenset({"suicide", "unclear", "self_harm", "psychosis", "eating"})  # what a yes to them says
BODILY = frozenset({"overdose", "medical"})  # the emergency call comes before all else
# Said when even the texts cannot be read.
_LAST_RESORT = (
    "Something is broken on this side, so please turn to a person now: call 112 or your country's emergency "
    "number, or findahelpline.com, or somebody you trust. It matters, even if you are not sure."
)
# News that is followed by what to do in danger, and news after which nothing is asked.
_THEN_DANGER, _THEN_NO_QUESTION = (
    frozenset({"means_near", "took_back", "decided"}),
    frozenset(
        {
            "called",
            "close_by",
            "no_answer",
            "stepped_away",
            "is_here",
            "on_hold",
            "help_was_bad",
            "going_there",
            "could_tell",
            "told_somebody",
            "angry_at_app",
            "asks_to_stay",
            "asks_to_hide",
            "asks_about_other",
            "asks_remedy",
            "asks_about_them",
            "asks_to_calm",
            "asks_what_now",
            "asks_what_to_say",
            "near_breaking",
            "next_day",
            "in_care",
            "relapsed",
            "tended",
            "too_late",
        }
    ),
)
_NOT_NEWS = frozenset({"yes", "unsure", "refuses"})  # answers: the reply goes on after them as it would have
_LIKELY = 0.3  # from this probability the network's likeliest danger decides
# "You said that you might hurt somebody", "call an ambulance", "what is happening to you": only said where
# the network is sure of it.
_SURE = {"harm_to_others": 0.5, "medical": 0.5, "abuse": 0.5, "child_in_danger": 0.7}
_HURTS_CLIENT = frozenset({"abuse", "child_in_danger"})  # told of somebody else, and done to the client
# What is said in these fits whoever is in danger; else somebody else's danger has a shape of its own.
WHOEVER = frozenset({"medical", "overdose", "child_in_danger"})
_MOST_QUESTIONS = 2  # direct ones in a conversation; then people


@dataclass(frozen=True, slots=True)
class CrisisReply:
    """What is said and shown, with each line's `tel:`, `sms:` and web address."""

    shape: str
    text: str
    sentences: tuple[str, ...]
    lines: tuple[HelpLine, ...]
    emergency: tuple[str, ...]
    offers: tuple[str, ...]  # "plan", "trusted", "therapist"


@dataclass(frozen=True, slots=True)
class Around:
    """What is known about the people around the client; empty where nothing is."""

    country: Country | None = None
    has_plan: bool = False
    trusted: str = ""
    therapist: str = ""


@lru_cache(maxsize=8)
def texts(language: str) -> dict[str, Any]:
    """Return the reviewed texts of `language`, or English where there are none."""
    folder = files("holdspace.safety.crisis_reply").joinpath("texts")
    path = folder.joinpath(f"{language}.yaml")
    found: dict[str, Any] = yaml.safe_load(
        (path if path.is_file() else folder.joinpath("en.yaml")).read_text("utf-8")
    )
    return found


def languages() -> tuple[str, ...]:
    """Return the languages that there are reviewed texts in, ISO 639-1."""
    folder = files("holdspace.safety.crisis_reply").joinpath("texts")
    return tuple(sorted(path.name.removesuffix(".yaml") for path in folder.iterdir()))


# Shown when not even the words on a card can be read: a number says enough by itself.
_BARE_LABELS = {
    "danger_now": "112",
    "call": "☎",
    "text": "✉",
    "chat": "Chat",
    "hours": "",
    "unchecked": "",
    "plan": "",
    "somebody": "",
}


def labels(language: str) -> dict[str, str]:
    """Return the words on the cards beside a crisis reply. Never raises."""
    try:
        return {**_BARE_LABELS, **texts(language)["labels"]}
    except Exception as exc:
        count_fault(part="crisis_reply", fault=exc)
        return _BARE_LABELS


def asks_about_suicide(sentences: Sequence[str], *, language: str) -> bool:
    """Return whether the last question in `sentences` is whether somebody thinks of suicide.

    To that a no is good news. To "Is there a grown-up near you?" it is not.
    """
    shapes = texts(language)["shapes"]
    whether = (*shapes["unclear"]["ask"], *shapes["unclear"]["follow"], *shapes["suicide"]["ask"][::2])
    asked = [sentence for sentence in sentences if "?" in sentence]
    return bool(asked) and asked[-1] in whether


def shape_of(assessment: RiskAssessment) -> str:
    """Return the shape that fits what rules named, or else the danger that the network finds likeliest.

    "unclear" where suicide has to be asked about.
    """
    told = _likeliest_danger(assessment)
    by_rule = set(assessment.signals) - set(assessment.signal_probabilities)
    named = next((shape for signal, shape in SHAPES if signal in by_rule), "")
    by_rule_other = any(name.startswith("rule:") and ".other." in name for name in assessment.fired)
    is_other = (
        by_rule_other or told == "other_at_risk" or ("other" in assessment.said and told not in _HURTS_CLIENT)
    )
    if named and is_other and named not in WHOEVER:
        named = "other_at_risk"
    if told in _HURTS_CLIENT and any(".hopeless." in name for name in assessment.fired):
        told = ""  # "how do i tell my mum that i can't go on"
    found = named or told
    is_calm = found == "bereavement" and assessment.level is RiskLevel.CRISIS
    return "unclear" if is_calm else found or "unclear"


def _likeliest_danger(assessment: RiskAssessment) -> str:
    """Return the danger that the network finds likeliest, "" where none is likely enough to speak of it."""
    p = assessment.danger_probabilities
    best = max(p, key=lambda name: p[name], default="")
    return best if best and p[best] >= _SURE.get(best, _LIKELY) else ""


def crisis_reply(
    assessment: RiskAssessment,
    *,
    around: Around | None = None,
    said: Collection[str] = (),
    language: str = "en",
    shape: str = "",
    answered: str = "",
    heard: str = "",
    anew: bool = False,
    at: datetime | None = None,
) -> CrisisReply:
    """Return the next thing to say and show to a person in danger. Never raises: see `_LAST_RESORT`.

    Args: said: every sentence this conversation has already shown; none of them is said again.
          shape: of the conversation so far, to stay with; by default read from the assessment.
          answered: what has just been answered, told or asked, taken up first: `answered_...` in the texts.
          anew: danger is told again after talk of other things: it is opened and asked about again.
          heard: a sentence that says back what has just been told, said first where there is no such text.
          at: aware; lines that are open then come first.
    """
    try:
        return _composed(
            assessment,
            around or Around(),
            said,
            language=language,
            shape=shape,
            answered=answered,
            heard=heard,
            anew=anew,
            at=at,
        )
    except Exception as exc:
        count_fault(part="crisis_reply", fault=exc)
        return CrisisReply("unclear", _LAST_RESORT, (_LAST_RESORT,), (), _EVERYWHERE, ())


def _composed(
    assessment: RiskAssessment,
    around: Around,
    said: Collection[str],
    *,
    language: str,
    shape: str,
    answered: str,
    heard: str,
    anew: bool,
    at: datetime | None,
) -> CrisisReply:
    shape = shape or shape_of(assessment)
    emergency = around.country.emergency_numbers if around.country else _EVERYWHERE
    voice = _Voice(
        texts(language),
        moves(language),
        shape,
        frozenset(said),
        emergency=" / ".join(emergency),
        around=around,
        answered=answered,
        heard=heard,
        anew=anew,
    )
    return CrisisReply(
        shape=shape,
        text=" ".join(voice.sentences()),
        sentences=tuple(voice.sentences()),
        lines=lines_for(around.country, need=_NEEDS[shape], at=at) if shape in _NEEDS else (),
        emergency=emergency,
        offers=tuple(
            name
            for name, there in (
                ("plan", around.has_plan),
                ("trusted", bool(around.trusted)),
                ("therapist", bool(around.therapist)),
            )
            if there
        ),
    )


class _Voice:
    """Picks one wording of each part that was not said yet."""

    def __init__(
        self,
        content: dict[str, Any],
        known: dict[str, Move],
        shape: str,
        said: frozenset[str],
        *,
        emergency: str,
        around: Around,
        answered: str,
        heard: str,
        anew: bool,
    ) -> None:
        told = {f"answered_{name}": move.wordings for name, move in known.items()}
        self._shape = {**told, **content["shared"], **content["shapes"][shape]}  # its own wordings come first
        self._move = known.get(answered, Move(()))
        self._name = shape
        self._said = said
        self._words = {"emergency": emergency, "trusted": around.trusted, "therapist": around.therapist}
        self._around = around
        self._answered = answered
        self._heard = heard
        self._anew = anew
        self._picked: list[str] = []

    def sentences(self) -> list[str]:
        if not self._picked:
            self._pick()
        return self._picked

    def _pick(self) -> None:
        first = self._anew or not any(self._fill(text) in self._said for text in self._shape["open"])
        parts = [*self._first()] if first else [*self._later()]
        found = [part for part in parts if part]
        if not found or (not first and not parts[0]):  # the shape has nothing new left to say
            found = [part for part in (self._new(self._shape["more"]), *found[:1]) if part]
        self._picked = found or [self._again()]

    def _first(self) -> list[str]:
        parts = [self._new(self._shape["open"])]
        if self._name == "bereavement":
            return [*parts, self._new(self._shape["ask"])]
        urgent = self._new(self._move.wordings) if self._move.urgent else ""
        has_number = self._words["emergency"] in urgent
        if urgent and not (has_number and self._name in BODILY):  # these open with the call anyway
            danger = "" if has_number else self._new(self._shape["danger"])
            return [*parts, urgent, self._ask(), self._new(self._shape["software"]), danger, self._offer()]
        if self._name in BODILY:
            return [
                *parts,
                self._new(self._shape["danger"]),
                self._ask(),
                self._new(self._shape["software"]),
            ]
        parts += [self._ask(), self._new(self._shape["software"]), self._new(self._shape["people"])]
        return [*parts, self._new(self._shape["danger"]), self._offer()]

    def _later(self) -> list[str]:
        answer = (
            self._new(self._shape.get(f"answered_{self._answered}", ())) if self._takes_up_answer() else ""
        )
        if self._heard and not answer:
            step = self._asks_on() or self._new(self._shape["follow"]) or self._new(self._shape["people"])
            return [self._heard, self._new(self._shape.get("after_heard", ())), step]
        parts = [answer or self._new(self._shape["follow"])]
        if self._name == "bereavement":
            return parts
        if answer and self._answered not in _NOT_NEWS:
            return [*parts, self._after_news(answer), self._offer() or self._new(self._shape["stay"])]
        parts += filter(None, [self._asks_on()])
        turns = sum(self._fill(text) in self._said for text in self._shape["follow"])
        part = ("distance", "people", "danger", "not_alone_in_this")[turns % 4]
        if (part == "distance" and self._name not in _OWN_HAND) or (
            part == "not_alone_in_this" and self._name not in _OWN_HAND - BODILY
        ):
            part = "people"
        if self._name == "medical":  # nothing here is to keep anybody from the call
            return [*parts, self._new(self._shape[part])]
        return [*parts, self._new(self._shape[part]), self._offer() or self._new(self._shape["stay"])]

    def _after_news(self, answer: str) -> str:
        """Return what to do in danger or a question, as the news lets it."""
        if self._answered in _THEN_DANGER or self._move.urgent or self._name in BODILY:
            has_number = bool(self._move.wordings) and self._words["emergency"] in answer
            return "" if has_number else self._new(self._shape["danger"])
        is_quiet = self._answered in _THEN_NO_QUESTION or self._move.quiet or "?" in answer
        return "" if is_quiet else self._asks_on()

    def _asks_on(self) -> str:
        """Return the next direct question, "" once enough were asked."""
        return self._ask() if self._asked() < min(_MOST_QUESTIONS, len(self._shape["ask"])) else ""

    def _takes_up_answer(self) -> bool:
        """Return whether there are words for what was answered: a yes to "Can you call?" is no admission."""
        if not self._answered or (self._name in BODILY and self._answered == "unsure"):
            return False
        return self._answered != "yes" or self._name in _YES_ADMITS

    def _again(self) -> str:
        """Return something to say when every wording has been used: the talk never falls silent."""
        return self._fill(str(self._shape["danger"][-1]))

    def _ask(self) -> str:
        return self._new(self._shape["ask"])

    def _asked(self) -> int:
        return sum(self._fill(text) in self._said for text in self._shape["ask"])

    def _offer(self) -> str:
        for name, there in (
            ("offer_plan", self._around.has_plan),
            ("offer_trusted", bool(self._around.trusted)),
            ("offer_therapist", bool(self._around.therapist)),
        ):
            found = self._new(self._shape[name]) if there else ""
            if found:
                return found
        return ""

    def _new(self, wordings: Sequence[str]) -> str:
        return next((text for text in map(self._fill, wordings) if text not in self._said), "")

    def _fill(self, text: str) -> str:
        return text.format(**self._words)
