"""`check_reply`: what software is about to say, sentence by sentence, before anybody reads it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from holdspace.models import PackageDamaged, SafetyPassage, SafetyReader, shared_safety_reader
from holdspace.safety._assessment import RiskLevel, Turn
from holdspace.safety.faults import count_fault
from holdspace.safety.gate import GateModel
from holdspace.safety.guard._danger import is_crisis, meets_danger
from holdspace.safety.guard._form import language, limits, lix, word_count
from holdspace.safety.guard._verdict import GuardFinding, GuardVerdict, verdict
from holdspace.safety.guard.rule_files import Outcome, guard_rules

CONTEXT_CHARS = 200
_SENTENCE = re.compile(r"(?:[^.!?…\n]|[.](?=\w))+[.!?…]*[\"'”’)]*")
_QUESTION = re.compile(r"\?+")


class ReplyGuard:
    """Checks one reply while it is being said: `check` each sentence, then `finish`.

    Any fault inside withholds the sentence ("edge:...").
    """

    def __init__(
        self,
        *,
        message: str = "",
        history: Sequence[Turn] = (),
        network: SafetyReader | None = None,
        level: RiskLevel | None = None,
    ) -> None:
        """Args: level: the gate's of `message` where it is known; by default the gate is asked at the end."""
        self._message, self._history = message, history
        self._level = level
        self._heard = " ".join(turn.text for turn in [*history[-6:], Turn("client", message)] if turn.text)
        before = history[-1:] if history and history[-1].by != "client" else ()
        said = [*(f"< {turn.text}" for turn in before), f"> {message}"]
        self._context = " ".join(said)[-CONTEXT_CHARS:] if message else ""
        self._network = network
        self._text = ""
        self._questions = 0

    @property
    def is_full(self) -> bool:
        """Return whether the reply has as many words as it may have."""
        return word_count(self._text) >= limits().words

    def check(self, sentence: str, *, is_reviewed: bool = False) -> GuardVerdict:
        """Return the verdict on the next sentence; positions are within the reply so far.

        Args: is_reviewed: it stands word for word in a checked repertoire: rules alone look at it.
        """
        start = len(self._text)
        self._text += sentence
        try:
            return self._check(sentence, start=start, with_network=not is_reviewed)
        except Exception as exc:
            name = count_fault(part="guard", fault=exc)
            fault = GuardFinding(
                f"edge:{name}", Outcome.BLOCK, "It could not be checked.", start, len(self._text)
            )
            return verdict([fault])

    def _check(self, sentence: str, *, start: int, with_network: bool) -> GuardVerdict:
        end = start + len(sentence)
        found = [
            GuardFinding(rule.id, rule.outcome, rule.reason, start, end)
            for rule in guard_rules()
            if rule.applies(sentence, message=self._heard)
        ]
        probability = self._unsafe(sentence) if with_network else None
        set_to = limits()
        if probability is not None and probability >= set_to.repair:
            outcome = Outcome.BLOCK if probability >= set_to.block else Outcome.REPAIR
            found.append(GuardFinding("network.v1", outcome, "Reads like an unsafe reply.", start, end))
        asked = len(_QUESTION.findall(sentence))
        self._questions += asked
        if asked and self._questions > set_to.questions:
            reason = "Asks more than one question."
            found.append(GuardFinding("one_question.v1", Outcome.REPAIR, reason, start, end))
        return verdict(found, probability=probability)

    def _unsafe(self, sentence: str) -> float | None:
        network = self._network or _shared()
        if network is None:
            return None
        try:
            found = network.read([SafetyPassage(f"< {sentence.strip()}", self._context)])[0]
        except PackageDamaged as exc:
            count_fault(part="model", fault=exc)
            return None
        return found.probabilities.get("reply:unsafe")

    def finish(self) -> GuardVerdict:
        """Return the verdict on the reply as a whole: length, readability, language."""
        set_to = limits()
        found = []
        whole = (0, len(self._text))
        if word_count(self._text) > set_to.words:
            reason = f"Has more than {set_to.words} words."
            found.append(GuardFinding("too_long.v1", Outcome.REPAIR, reason, *whole))
        if word_count(self._text) >= set_to.lix_words and lix(self._text) > set_to.lix:
            found.append(GuardFinding("hard_to_read.v1", Outcome.REPAIR, "Is hard to read.", *whole))
        if self._text.strip() and not meets_danger(self._text) and self._is_answering_danger():
            reason = "Passes over the danger in the client's words."
            found.append(GuardFinding("misses_danger.v1", Outcome.BLOCK, reason, *whole))
        theirs, ours = language(self._heard), language(self._text)
        if theirs and ours and theirs != ours:
            reason = "Is in another language than the client's words."
            found.append(GuardFinding("other_language.v1", Outcome.REPAIR, reason, *whole))
        return verdict(found)

    def _is_answering_danger(self) -> bool:
        if self._level is not None:
            return self._level is RiskLevel.CRISIS
        gate = GateModel(self._network) if self._network else None
        return is_crisis(self._message, history=self._history, model=gate)


_networks: list[SafetyReader | None] = []


def _shared() -> SafetyReader | None:
    """Return the one network of this process, None when it is missing (the rules still hold)."""
    if not _networks:
        try:
            _networks.append(shared_safety_reader())
        except PackageDamaged as exc:
            count_fault(part="model", fault=exc)
            _networks.append(None)
    return _networks[0]


def sentences(text: str) -> list[str]:
    """Return `text` cut after each sentence or line; joined they are the text again."""
    cuts = [found.end() for found in _SENTENCE.finditer(text)]
    if not cuts:
        return [text] if text else []
    cuts[-1] = len(text)
    return [text[a:b] for a, b in zip([0, *cuts[:-1]], cuts, strict=True)]


def check_reply(
    reply: str,
    *,
    message: str = "",
    history: Sequence[Turn] = (),
    network: SafetyReader | None = None,
    level: RiskLevel | None = None,
) -> GuardVerdict:
    """Return whether `reply` may be said to a client who has just said `message`: pass, repair or block.

    Args: level: the gate's of `message` where it is known; by default the gate is asked.
    Never raises: what cannot be checked is blocked. Source: docs/safety/guard.md.
    """
    try:
        guard = ReplyGuard(message=message, history=history, network=network, level=level)
        parts = [guard.check(sentence) for sentence in sentences(reply)]
        parts.append(guard.finish())
    except Exception as exc:
        name = count_fault(part="guard", fault=exc)
        return verdict([GuardFinding(f"edge:{name}", Outcome.BLOCK, "It could not be checked.", 0, 0)])
    likely = [part.probability for part in parts if part.probability is not None]
    return verdict(
        [finding for part in parts for finding in part.findings], probability=max(likely, default=None)
    )
