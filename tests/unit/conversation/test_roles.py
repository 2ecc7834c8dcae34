import pytest

from holdspace.conversation import Role, Speaker, Utterance
from holdspace.conversation._roles import is_role_word, propose_roles, role_named

pytestmark = pytest.mark.unit


def roles_of(*names, said=(), stated=None):
    speakers = [Speaker(name, name) for name in names]
    utterances = [Utterance(f"u{number}", name, text) for number, (name, text) in enumerate(said)]
    proposed = propose_roles(speakers, utterances, stated=stated or {})
    assert all(speaker.role_reason for speaker in proposed)
    return [speaker.role.value for speaker in proposed]


@pytest.mark.parametrize(
    ("names", "roles"),
    [
        (("Therapist", "Client"), ["therapist", "client"]),
        (("T", "C"), ["therapist", "client"]),
        (("T.", "P."), ["therapist", "client"]),
        (("Th", "Pat"), ["therapist", "client"]),
        (("Counsellor", "Maria"), ["therapist", "client"]),
        (("Patient 12", "X"), ["client", "therapist"]),
        (("SPEAKER_CLIENT", "SPEAKER_THERAPIST"), ["client", "therapist"]),
        (("Dr. Lee", "Anna"), ["therapist", "client"]),
        (("Anna Lee, LCSW", "Ben"), ["therapist", "client"]),
        (("Psychologin", "Klientin"), ["therapist", "client"]),
        (("Терапевт", "Клиент"), ["therapist", "client"]),
        (("咨询师", "来访者"), ["therapist", "client"]),
        (("Therapist", "Dr. Jones", "Client"), ["therapist", "other", "client"]),
        (("Dr. Lee", "Dr. Jones"), ["other", "other"]),
        (("Therapist", "Mother", "Client's father", "Client"), ["therapist", "other", "other", "client"]),
        (("Assistant", "User"), ["companion", "client"]),
        (("T",), ["therapist"]),
        (("Therapist",), ["therapist"]),
        (("C", "M"), ["other", "other"]),
        (("C", "P"), ["other", "other"]),
        (("T", "Anna", "Ben"), ["therapist", "other", "other"]),
        (("Anna", "Ben"), ["other", "other"]),
        (("Speaker",), ["other"]),
    ],
)
def test_roles_by_what_speakers_are_called(names, roles):
    assert roles_of(*names) == roles


def test_a_stated_role_goes_before_the_name():
    assert roles_of("Dr. Lee", "Anna", stated={"Dr. Lee": "client", "Anna": "Therapist"}) == [
        "client",
        "therapist",
    ]


TALK = [
    ("Sam", "How have you been since we last met? What was your week like for you?"),
    ("Lea", "I don't know, I was tired. I slept badly and I kept thinking about my mother all the time."),
    ("Sam", "You kept thinking about her. What do you notice when you think of your mother?"),
    ("Lea", "I feel heavy, I guess. I want to call her and then I don't, and I hate myself for it."),
    ("Sam", "And how do you speak to yourself in those moments? What would you say to a friend?"),
    ("Lea", "I would say it's fine. I never say that to myself. I just go on with my day."),
]  # fmt: skip


def test_roles_by_manner_of_speaking():
    assert roles_of("Sam", "Lea", said=TALK) == ["therapist", "client"]
    assert roles_of("Lea", "Sam", said=TALK) == ["client", "therapist"]


def test_without_enough_words_the_manner_tells_nothing():
    assert roles_of("Sam", "Lea", said=TALK[:3]) == ["other", "other"]


def test_two_who_speak_alike_are_left_to_the_person():
    alike = [(name, "I think you know what I mean, and so do you. Do you?") for name in ("Sam", "Lea") * 5]

    assert roles_of("Sam", "Lea", said=alike) == ["other", "other"]


def test_three_speakers_are_not_told_by_manner():
    assert roles_of("Sam", "Lea", "Kim", said=[*TALK, ("Kim", "Hello.")]) == ["other"] * 3


@pytest.mark.parametrize(
    "label", ["T", "t", "Therapist", "Client 2", "CLIENT_2", "Dr", "C.", "Client's father"]
)
def test_is_role_word(label):
    assert is_role_word(label)


@pytest.mark.parametrize("label", ["", "Anna", "A", "my therapist", "Clientele", "the client said", "I"])
def test_is_no_role_word(label):
    assert not is_role_word(label)


def test_role_named():
    assert role_named("PATIENT") is Role.CLIENT
    assert role_named("my client, her mother") is Role.OTHER
    assert role_named("client therapist") is None
    assert role_named("Anna") is None
