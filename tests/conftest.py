"""The standing cast of the tests that need a database: two therapists, a client, sessions in every state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from holdspace.analysis import Reading
    from holdspace.web.accounts.models import User
    from holdspace.web.care.models import Client, Session

TRANSCRIPT = """WEBVTT

00:00:08.000 --> 00:00:11.000
<v Dr Okafor>You said the evenings are the longest part.

00:00:12.000 --> 00:00:24.000
<v Mara>They are. I put the keys down and it's just the fridge humming. I don't sleep.

00:00:26.000 --> 00:00:29.000
<v Dr Okafor>It doesn't sound daft. Your hand remembers her.

00:00:31.000 --> 00:00:45.000
<v Mara>I used to have panic attacks, years ago. My sister is the tired one.

00:00:46.000 --> 00:00:49.000
<v Dr Okafor>How are the nights?

00:00:51.000 --> 00:01:10.000
<v Mara>Sometimes I wish I was not here. Then I rang her and I was so relieved, really happy.
"""


@pytest.fixture
def transcript() -> bytes:
    return TRANSCRIPT.encode()


@pytest.fixture
def therapist(db: None) -> User:
    from holdspace.web.accounts.models import User

    return User.objects.create_user("okafor", password="right-password", display_name="Dr Okafor")


@pytest.fixture
def other_therapist(db: None) -> User:
    from holdspace.web.accounts.models import User

    return User.objects.create_user("lee", password="right-password", display_name="Dr Lee")


@pytest.fixture
def her_client(therapist: User) -> Client:
    from holdspace.web.care.domain import add_client

    return add_client(therapist=therapist, name="Mara Lindqvist", about="Lost her mother in the spring.")


@pytest.fixture
def client_user(her_client: Client) -> User:
    """The account of her client."""
    from holdspace.web.accounts.models import User

    user = User.objects.create_user("mara", password="right-password", display_name="Mara")
    her_client.user = user
    her_client.save()
    return user


@pytest.fixture
def add(her_client: Client, therapist: User, transcript: bytes) -> Callable[..., Session]:
    """Return a function that stores a session; with `content` another transcript than the usual one."""
    from holdspace.web.care.domain import add_session

    def add_one(
        content: bytes = transcript, *, title: str = "The evenings", day: date = date(2026, 3, 12)
    ) -> Session:
        return add_session(
            her_client, content=content, source_name="session.vtt", by=therapist, held_on=day, title=title
        )

    return add_one


@pytest.fixture
def waiting_session(add: Callable[..., Session]) -> Session:
    return add()


@pytest.fixture
def queued_session(waiting_session: Session, therapist: User) -> Session:
    from holdspace.conversation import Role
    from holdspace.web.care.domain import set_roles, start_analysis

    set_roles(waiting_session, roles={"Mara": Role.CLIENT, "Dr Okafor": Role.THERAPIST}, by=therapist)
    start_analysis(waiting_session, by=therapist)
    return waiting_session


@pytest.fixture
def by_hand() -> Callable[[object], Reading]:
    return reading_by_hand


@pytest.fixture
def read_session(queued_session: Session) -> Session:
    """A session with a reading made by hand, so that it does not depend on any weights."""
    from holdspace.web.care.domain import claim_analysis, finish_analysis
    from holdspace.web.care.stored import conversation_of

    analysis = claim_analysis(queued_session.pk)
    assert analysis is not None
    finish_analysis(analysis, reading=reading_by_hand(conversation_of(queued_session)))
    queued_session.refresh_from_db()
    return queued_session


def reading_by_hand(conversation: object) -> Reading:
    """Return a reading with every status, overlapping spans and a neutral finding."""
    from holdspace.analysis import (
        Alternative,
        ArcPoint,
        Detector,
        Evidence,
        Finding,
        Measurement,
        NotAssessed,
        Reading,
        Status,
    )
    from holdspace.conversation import Conversation

    assert isinstance(conversation, Conversation)
    texts = {utterance.id: utterance.text for utterance in conversation.utterances}
    said_by = {utterance.id: utterance.speaker_id for utterance in conversation.utterances}

    def found(number: int, construct: str, status: Status, p: float, place: str, words: str) -> Finding:
        start = texts[place].index(words)
        evidence = Evidence(place, start, start + len(words), words)
        family = construct.partition(":")[0]
        others = (Alternative("emotion:fear", 0.2),)
        return Finding(
            f"f{number}", construct, said_by[place], status, p, (evidence,), others, f"{family}.v1", "m@0"
        )

    second, fourth, sixth = (conversation.utterances[index].id for index in (1, 3, 5))
    findings = (
        found(1, "emotion:sadness", Status.PRESENT, 0.82, second, "the keys down and it's just the fridge"),
        found(2, "emotion:grief", Status.UNSURE, 0.41, second, "just the fridge humming"),
        found(3, "symptom:sleep", Status.PRESENT, 0.93, second, "I don't sleep."),
        found(4, "emotion:neutral", Status.PRESENT, 0.9, second, "They are."),
        found(5, "symptom:anxiety", Status.PAST, 0.8, fourth, "I used to have panic attacks, years ago."),
        found(6, "symptom:fatigue", Status.OTHER_PERSON, 0.7, fourth, "My sister is the tired one."),
        found(7, "symptom:suicidal_ideation", Status.UNSURE, 0.5, sixth, "I wish I was not here."),
        found(8, "emotion:relief", Status.PRESENT, 0.95, sixth, "I was so relieved"),
    )
    arc = tuple(
        ArcPoint(utterance.id, -0.3 + 0.1 * index, 0.0, 0.05, 0.05)
        for index, utterance in enumerate(conversation.utterances)
    )
    shares = {"Mara": 0.7, "Dr Okafor": 0.3}
    measurements = (
        *(
            Measurement("dynamics:talk_share", name, share, "share", 60, "dynamics.v1")
            for name, share in shares.items()
        ),
        Measurement("dynamics:questions", "Mara", NotAssessed("no_turns"), "count", 0, "dynamics.v1"),
    )
    detectors = (
        Detector("emotion.v1", ("emotion",), "m@0", "0" * 64),
        Detector("symptom.v1", ("symptom",), "m@0", "0" * 64),
    )
    return Reading(conversation, findings, measurements, arc, detectors, "0.1.0")
