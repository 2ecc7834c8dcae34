"""Reads one message: feelings, symptoms and topic from the networks, acts and wants from patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from holdspace.analysis import Status, read
from holdspace.companion.responses import NO_RESPONSES, Responses
from holdspace.companion.situations import Situation, Telling, situations_in, told
from holdspace.companion.understand._denied import without_denied
from holdspace.companion.understand._wants import GOOD, Heard, heard, language_of
from holdspace.conversation import Conversation, Role, Speaker, Utterance
from holdspace.models import PackageDamaged, topic_head
from holdspace.safety.faults import count_fault

TOPIC_SURE = 0.6  # probability of a topic from which the head is believed; right in 0.85 (training/topic.py)
READ_CHARS = 2000
_FEW_WORDS = 4
_LAUGHS = re.compile(
    r"\b(?:lo+l|lmf?ao+|rofl|a?ha(?:ha)+h?|he(?:he)+|heh|ja(?:ja)+|je(?:je)+)\b|[😂🤣😹💀]", re.IGNORECASE
)
_GREETS = re.compile(
    r"\W*(?:hi+|hello+|hey+a?|hiya+|g'?day|good (?:morning|evening|afternoon|day)|morning"
    r"|evening|hola|buen[oa]s(?: días| dias| tardes| noches)?)\b(?=[\s,.!:;–-]+\w)",
    re.IGNORECASE,
)
BRIEF_WORDS = 5
_PEOPLE = re.compile(
    r"\b(?:i|i'?m|i'?ve|i'?d|i'?ll|me|my|mine|we|us|our|myself|he|she|they|him|her|them|his|their|people|you)\b",
    re.IGNORECASE,
)
# Beside one of these a good feeling that the network reads is believed: it takes "everyone laughed" for joy.
_GLAD = re.compile(
    r"!|\b(?:good|great|nice|lovely|fun|happy|glad|excited|love(?! you)|loved|won|passed|finally|best"
    r"|better|yay|proud|thank\w*|relie\w+|can'?t wait|amazing|wonderful|beautiful|enjoy\w*|hope\w*)\b",
    re.IGNORECASE,
)
# GoEmotions labels (Demszky et al. 2020) and the feeling that the repertoire has words for.
_GROUP = {
    "sadness": "sadness", "grief": "grief", "disappointment": "disappointment", "remorse": "remorse",
    "fear": "fear",
    "nervousness": "nervousness", "anger": "anger", "annoyance": "annoyance",
    "embarrassment": "embarrassment",
    "confusion": "confusion", "disgust": "disgust", "desire": "desire", "relief": "relief", "joy": "joy",
    "amusement": "joy", "excitement": "joy", "pride": "pride", "gratitude": "gratitude", "love": "love",
    "optimism": "optimism", "surprise": "surprise",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Understanding:
    """What a message seems to be. `feelings` are those named outright, then those read; `maybe` are unsure.

    `acts`, `wants` and `topics` as in `patterns.en.yaml`; `topic_by` says what found the topic.
    """

    language: str
    acts: tuple[str, ...] = ()
    wants: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    feelings: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()
    symptoms: tuple[str, ...] = ()
    topic_by: str = ""  # "pattern", "head", or "talk" where an earlier message named it
    is_named: bool = False  # the first feeling was named outright
    word_count: int = 0
    situations: tuple[Situation, ...] = ()  # surest first
    tone: str = ""  # how it is meant, as in `tones.yaml` ("grumble", "joke"), where that is sure
    theme: str = ""  # what it is about for the person, as in `themes.yaml`, where that is sure
    laughs: bool = False  # a laugh and at most a word
    greets: bool = False  # a first message that begins with a hello and goes on
    responses: Responses = NO_RESPONSES  # the short answers that fit

    @property
    def is_brief(self) -> bool:
        """Return whether it is a few words that name nothing and do nothing with what was said."""
        names = (
            self.feelings
            or self.acts
            or self.wants
            or self.situations
            or (self.topics and self.topic_by != "talk")
        )
        return 0 < self.word_count <= BRIEF_WORDS and not names

    @property
    def is_unsure(self) -> bool:
        """Return whether neither feeling, topic nor want could be told."""
        return not (self.feelings or self.topics or self.wants or self.acts)


def understand(message: str, *, before: str = "en", after: str = "", is_calm: bool = True) -> Understanding:
    """Return what the message seems to say; a reader that fails is counted and left out.

    Args: before: language of the conversation so far; after: what the companion had said last; is_calm: no
    danger was heard; what the network of situations guesses is too light beside it and then left out.
    """
    code = language_of(message, before=before, is_first=not after)
    found = heard(message, code=code)
    if not any(sign.isalnum() for sign in message):
        return Understanding(code, acts=("no_words",))
    count = len(message.split())
    felt = without_denied(message)
    if felt != message:
        left = heard(felt, code=code)
        found = replace(found, topics=left.topics, feelings=left.feelings, wants=left.wants)
    is_felt = any(sign.isalnum() for sign in felt)
    feelings, maybe, symptoms = _felt(felt[:READ_CHARS]) if code == "en" and is_felt else ((), (), ())
    if code == "en" and _asks_a_fact(message, found):
        found = replace(found, acts=("ask_fact",))
    heard_as = (
        told(felt, before=after, language=code)
        if is_calm and is_felt
        else Telling(situations_in(felt, language=code))
    )
    heard_as = _believed(heard_as, message, found)
    if heard_as.act and not (found.acts or found.wants):
        wants = ("learn_skill",) if heard_as.act == "ask_exercise" else ()
        found = replace(found, acts=(heard_as.act,), wants=wants)
    read_as = _read_as(feelings, message, found=found, tone=heard_as.tone)
    topics, by = found.topics, "pattern" if found.topics else ""
    if not topics and code == "en" and count > _FEW_WORDS and not found.acts:
        topics = _topic(message[:READ_CHARS])
        by = "head" if topics else ""
    return Understanding(
        language=code,
        acts=found.acts,
        wants=found.wants,
        topics=topics,
        feelings=tuple(dict.fromkeys((*found.feelings, *read_as))),
        maybe=tuple(dict.fromkeys(_GROUP[name] for name in maybe if name in _GROUP)),
        symptoms=symptoms,
        topic_by=by,
        is_named=bool(found.feelings),
        word_count=count,
        situations=heard_as.situations,
        tone=heard_as.tone,
        theme=heard_as.theme,
        laughs=is_calm and _laughs(message),
        greets=not after and bool(_GREETS.match(message)),
    )


def _laughs(message: str) -> bool:
    """Return whether it is a laugh and at most a word: behind "ears ringing lol" may be danger."""
    return bool(_LAUGHS.search(message)) and len(_LAUGHS.sub(" ", message).split()) <= 1


def _read_as(labels: tuple[str, ...], message: str, *, found: Heard, tone: str) -> tuple[str, ...]:
    """Return the feelings that the network read, as far as the words bear them out; joy at good news."""
    feelings = tuple(_GROUP[name] for name in labels if name in _GROUP)
    has_glad_word = bool(_GLAD.search(message))
    if not has_glad_word:
        feelings = tuple(name for name in feelings if name not in GOOD)
    is_good = tone == "good" and has_glad_word and not (found.feelings or feelings)
    if found.is_glad or is_good:
        return tuple(name for name in feelings if name in GOOD) or ("joy",)
    return feelings


# What the network takes for a question about who reads this has one of these: "And if she sighs?" has not.
_OF_PRIVACY = re.compile(
    r"\b(?:read\w*|see[ns]?|saw|look\w*|find out|know\w*|hear\w*|tell\w*|told|shar\w+|show\w*|sen[dt]\w*"
    r"|report\w*|privat\w+|privacy|confident\w+|secret\w*|anonymous\w*|safe|data"
    r"|sav\w+|stor\w+|kept|keep\w*|record\w*|delet\w+"
    r"|stays?|go(?:es)?|between us|access|anyone|any ?body|someone|some ?body|who)\b",
    re.IGNORECASE,
)
_NOT = re.compile(r"\b(?:not|no|never|can'?t|cannot|\w+n['’]t)\b", re.IGNORECASE)
_DONT = re.compile(
    r"^\W*(?:(?:please|and|but|just|so|ok)\W+)*(?:don['’]?t|do not)\b(?!.*\?\s*$)", re.I | re.S
)


def _believed(heard_as: Telling, message: str, found: Heard) -> Telling:
    """Return what the network heard, without what the words speak against."""
    if heard_as.act == "ask_private" and not _OF_PRIVACY.search(message):
        heard_as = heard_as._replace(act="")
    if heard_as.act == "ask_exercise" and _NOT.search(message):
        heard_as = heard_as._replace(act="")
    if heard_as.tone == "ask" and _DONT.search(message):
        heard_as = heard_as._replace(tone="")
    if found.is_glad:  # of the situations only those that its patterns tell: the network takes tears for sad
        situations = tuple(one for one in heard_as.situations if one.when)
        heard_as = heard_as._replace(situations=situations, tone="good", theme="")
    return heard_as


def _asks_a_fact(message: str, found: Heard) -> bool:
    """Return whether this is a question about the world: nothing of people or of a topic in it."""
    if found.acts or found.wants or found.topics or found.feelings or _PEOPLE.search(message):
        return False
    return message.rstrip().endswith("?") and len(message.split()) > _FEW_WORDS


def _felt(message: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    speaker = Speaker("client", "client", Role.CLIENT)
    conversation = Conversation((speaker,), (Utterance("u1", "client", message),))
    try:
        findings = read(conversation, only=("emotion", "symptom")).findings
    except Exception as exc:
        count_fault(part="understand", fault=exc)
        return (), (), ()
    ordered = sorted(findings, key=lambda finding: -finding.probability)

    def names(family: str, status: Status) -> tuple[str, ...]:
        found = [f.construct_id for f in ordered if f.status is status and f.construct_id.startswith(family)]
        return tuple(dict.fromkeys(name.split(":")[1] for name in found))

    return (
        names("emotion:", Status.PRESENT),
        names("emotion:", Status.UNSURE),
        names("symptom:", Status.PRESENT),
    )


def _topic(message: str) -> tuple[str, ...]:
    try:
        head = topic_head(_network())
        probabilities = head.probabilities([message])[0]
    except (PackageDamaged, OSError) as exc:
        count_fault(part="understand", fault=exc)
        return ()
    best = int(probabilities.argmax())
    return (head.topics[best],) if probabilities[best] >= TOPIC_SURE else ()


@lru_cache(maxsize=1)
def _network():  # type: ignore[no-untyped-def]  # -- imported late: importing loads nothing heavy
    from holdspace.analysis._network_reader import shared_network

    return shared_network()
