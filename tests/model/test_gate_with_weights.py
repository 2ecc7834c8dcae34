"""The gate with its weights: how good on the held-out part, how fast, what it does with odd input."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from holdspace.evaluation.gate import held_out
from holdspace.safety import RiskLevel, Turn, assess
from holdspace.safety.gate import operating_points

pytestmark = pytest.mark.model
CORPORA = Path(__file__).parents[2] / "corpora"
# The floor that may not be gone under; docs/models/safety.md has the figures.
SENSITIVITY, SPECIFICITY = 0.60, 0.75


@pytest.fixture(scope="module")
def answers():
    return [(case, assess(case.text, history=case.history)) for case in held_out(CORPORA)]


def test_held_out_sensitivity_does_not_drop(answers):
    crises = [found.level is RiskLevel.CRISIS for case, found in answers if case.crisis]

    assert np.mean(crises) >= SENSITIVITY


def test_held_out_specificity_does_not_drop(answers):
    calm = [found.level is not RiskLevel.CRISIS for case, found in answers if not case.crisis]

    assert np.mean(calm) >= SPECIFICITY


def test_evidence_is_verbatim(answers):
    for case, found in answers:
        for piece in found.evidence:
            source = case.text if piece.turn is None else case.history[piece.turn].text
            assert source[piece.start_char : piece.end_char] == piece.text


def test_rules_alone_are_fast():
    from holdspace.safety.gate.rule_files import firing

    words = " ".join(["the bus was late and i sat with a cup of tea thinking about work"] * 4)[:320]
    firing("warm")
    began = time.perf_counter()
    for n in range(50):
        firing(f"{words} {n}")
    assert (time.perf_counter() - began) / 50 < 0.004  # twice the published 2 ms: CI machines are slow


@pytest.mark.parametrize(
    "message",
    ["", "😀" * 500, "\x00\x01", "ok", "ا" * 300, "x" * 50_000, "no quiero seguir viviendo", "<script>"],
)
def test_odd_input_has_an_answer(message):
    assert not any(name.startswith("edge:") for name in assess(message).fired)


def test_twenty_turns_of_context():
    turns = [Turn("client" if n % 2 == 0 else "companion", f"we talked about week {n}") for n in range(20)]

    assert assess("and then we had soup", history=turns).level is RiskLevel.NONE


def test_lines_of_a_session_have_stricter_points():
    message, session = operating_points(), operating_points("session")

    assert (session.crisis >= message.crisis, session.concern >= message.concern) == (True, True)


@pytest.mark.parametrize("message", ["want to die tbh", "i only eat ice and i fainted twice today"])
def test_a_few_plain_words_in_a_talk_are_heard(message):
    history = [
        Turn("client", "my boss moved the rota again and i missed football"),
        Turn("companion", "So your boss moved the rota again. What happened then?"),
        Turn("client", "nothing. went home"),
        Turn("companion", "You went home. Go on, if you want to."),
    ]

    assert assess(message, history=history, place="talk").level is RiskLevel.CRISIS
