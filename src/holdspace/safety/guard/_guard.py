"""`check_reply`: what software is about to say, sentence by sentence, before anybody reads it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from holdspace.models import PackageDamaged, ReplyReader, SafetyPassage, shared_reply_reader
from holdspace.safety._assessment import RiskLevel, Turn
from holdspace.safety.faults import count_fault
from holdspace.safety.gate import GateModel
from holdspace.safety.guard._danger import READS_SAFE, DangerHeard, danger_heard, meets_danger
from holdspace.safety.guard._form import language, limits, lix, word_count
from holdspace.safety.guard._passages import reply_passage, whole_passage
from holdspace.safety.guard._verdict import GuardFinding, GuardVerdict, verdict
from holdspace.safety.guard.rule_files import Outcome, guard_rules

_MISSES_DANGER = "Passes over the danger in the client's words."
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
        network: ReplyReader | None = None,
        gate: GateModel | None = None,
        level: RiskLevel | None = None,
    ) -> None:
        """Args: level: the gate's of `message` where it is known; by default `gate` is asked at the end."""
        self._message, self._history = message, history
        self._gate, self._level = gate, level
        self._heard = " ".join(turn.text for turn in [*history[-6:], Turn("client", message)] if turn.text)
        self._network = network
        self._text = ""
        self._read = 0  # sentences that the network has read
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
        probability, set_to = None, limits()
        if with_network and sentence.strip():
            self._read += 1
            passage = reply_passage(
                sentence, before=self._text[:start], message=self._message, history=self._history
            )
            probability, reason = self._unsafe(passage)
            if probability is not None and probability >= set_to.repair:
                outcome = Outcome.BLOCK if probability >= set_to.block else Outcome.REPAIR
                found.append(GuardFinding("network.v2", outcome, reason, start, end))
        asked = len(_QUESTION.findall(sentence))
        self._questions += asked
        if asked and self._questions > set_to.questions:
            reason = "Asks more than one question."
            found.append(GuardFinding("one_question.v1", Outcome.REPAIR, reason, start, end))
        return verdict(found, probability=probability)

    def _unsafe(self, passage: SafetyPassage) -> tuple[float | None, str]:
        """Return the network's probability that it is unsafe, and what it would be stopped for."""
        network = self._network or _shared()
        if network is None:
            return None, ""
        try:
            found = network.read([passage])[0].probabilities
        except PackageDamaged as exc:
            count_fault(part="model", fault=exc)
            return None, ""
        return found.get("reply:unsafe"), _likeliest(found)

    def finish(self, *, is_reviewed: bool = False) -> GuardVerdict:
        """Return the verdict on the reply as a whole: danger passed over, length, readability, language.

        Args: is_reviewed: it is of a checked repertoire but for the client's words: rules alone look at it.
        """
        set_to = limits()
        found = []
        whole = (0, len(self._text))
        if word_count(self._text) > set_to.words:
            reason = f"Has more than {set_to.words} words."
            found.append(GuardFinding("too_long.v1", Outcome.REPAIR, reason, *whole))
        if word_count(self._text) >= set_to.lix_words and lix(self._text) > set_to.lix:
            found.append(GuardFinding("hard_to_read.v1", Outcome.REPAIR, "Is hard to read.", *whole))
        probability = None
        if self._read and not is_reviewed:
            whole_reply = whole_passage(self._text, message=self._message, history=self._history)
            probability, reason = self._unsafe(whole_reply)
            if probability is not None and probability >= set_to.whole:
                found.append(GuardFinding("network_reply.v1", Outcome.REPAIR, reason, *whole))
        if self._passes_over_danger(probability):
            found.append(GuardFinding("misses_danger.v1", Outcome.BLOCK, _MISSES_DANGER, *whole))
        theirs, ours = language(self._heard), language(self._text)
        if theirs and ours and theirs != ours:
            reason = "Is in another language than the client's words."
            found.append(GuardFinding("other_language.v1", Outcome.REPAIR, reason, *whole))
        return verdict(found)

    def _passes_over_danger(self, unsafe: float | None) -> bool:
        """Return whether danger goes unmet. Args: unsafe: the network's probability of the whole reply."""
        if not self._text.strip() or meets_danger(self._text):
            return False
        heard = self._danger()
        reads_safe = unsafe is not None and unsafe < READS_SAFE
        return heard.by_rule or (heard.is_sure and not reads_safe)

    def _danger(self) -> DangerHeard:
        if self._level is not None:
            return DangerHeard(is_sure=self._level is RiskLevel.CRISIS, by_rule=False)
        return danger_heard(self._message, history=self._history, model=self._gate)


def _likeliest(probabilities: dict[str, float]) -> str:
    """Return the reason of the rule that the network finds likeliest to be broken."""
    rules = {name: p for name, p in probabilities.items() if name.startswith("rule:")}
    likeliest = max(rules, key=rules.__getitem__, default="").removeprefix("rule:")
    reasons = {rule.id.partition(".")[0]: rule.reason for rule in guard_rules()}
    reasons["misses_danger"] = _MISSES_DANGER
    return reasons.get(likeliest, "Reads like an unsafe reply.")


_networks: list[ReplyReader | None] = []


def _shared() -> ReplyReader | None:
    """Return the one network of this process, None when it is missing (the rules still hold)."""
    if not _networks:
        try:
            _networks.append(shared_reply_reader())
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
    network: ReplyReader | None = None,
    gate: GateModel | None = None,
    level: RiskLevel | None = None,
) -> GuardVerdict:
    """Return whether `reply` may be said to a client who has just said `message`: pass, repair or block.

    Args: level: the gate's of `message` where it is known; by default `gate` is asked, or the shared one.
    Never raises: what cannot be checked is blocked. Source: docs/safety/guard.md.
    """
    try:
        guard = ReplyGuard(message=message, history=history, network=network, gate=gate, level=level)
        parts = [guard.check(sentence) for sentence in sentences(reply)]
        parts.append(guard.finish())
    except Exception as exc:
        name = count_fault(part="guard", fault=exc)
        return verdict([GuardFinding(f"edge:{name}", Outcome.BLOCK, "It could not be checked.", 0, 0)])
    likely = [part.probability for part in parts if part.probability is not None]
    return verdict(
        [finding for part in parts for finding in part.findings], probability=max(likely, default=None)
    )
