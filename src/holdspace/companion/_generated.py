"""The second way to speak: a language model says the strategy, sentence by sentence through the guard."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib.resources import files

import yaml

from holdspace.companion._composed import speak_composed
from holdspace.companion._plan import Plan, Spoken, Voice
from holdspace.companion._talk import SpokenBy
from holdspace.conversation import Deidentifier
from holdspace.generation import (
    DeidentifiedModel,
    GenerationError,
    LanguageModel,
    Limits,
    Message,
    connect,
    limits_of,
    sentences_of,
)
from holdspace.safety import Outcome, RiskLevel
from holdspace.safety.faults import count_fault
from holdspace.safety.guard import ReplyGuard

HISTORY_TURNS = 8  # at least; up to twice as many
WARM_S = 120.0
SPEAKABLE = frozenset(
    {
        "situation", "situation_rest", "situation_on",
        "reflect_ask", "reflect_know", "reflect_insight", "reflect_on", "reflect_comfort",
        "reflect_people", "joy",
        "chat", "summary", "short_answer", "limits_decision", "steady", "repair", "no_words",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Generated:
    """A voice that asks `model`; whatever goes wrong, the composed reply takes over.

    Strategies with fixed content (limits, help, skills, notices) stay composed: a model adds nothing there.
    """

    model: LanguageModel
    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time.monotonic

    def warm(self) -> None:
        """Load the model and let it read the rules once; a fault is counted and shows at the first turn."""
        if self.model.is_remote:
            return
        limits = Limits(max_tokens=1, first_words_s=WARM_S, whole_s=WARM_S)
        try:
            for _ in self.model.stream([Message("system", _prompts()["rules"])], limits=limits):
                break
        except GenerationError as exc:
            count_fault(part="generation", fault=exc)

    def __call__(self, plan: Plan) -> Spoken:
        composed = speak_composed(replace(plan, on_sentence=None))
        if plan.strategy.id not in SPEAKABLE or plan.understood.language != "en":
            return _shown(composed, plan, "kept to the written repertoire")
        if self.model.is_remote and not plan.lets_words_leave:
            return _shown(composed, plan, "no consent to a model on another machine")
        refused: list[str] = []
        began = self.clock()
        for attempt in (1, 2):
            left = self.limits.whole_s - (self.clock() - began)
            if left <= 0:
                return _shown(composed, plan, "out of time", refused)
            try:
                said, broken = self._ask(plan, composed, refused, seconds=left, attempt=attempt)
            except GenerationError as exc:
                count_fault(part="generation", fault=exc)
                return _shown(composed, plan, type(exc).__name__, refused)
            if said:
                return _continued(said, composed, plan, refused, is_broken=bool(broken))
            refused += broken
        return _shown(composed, plan, "stopped by the guard", refused)

    def _ask(
        self, plan: Plan, composed: Spoken, refused: list[str], *, seconds: float, attempt: int
    ) -> tuple[list[str], list[str]]:
        """Return the sentences that passed before the first that did not, and the rules that stopped it."""
        guard = ReplyGuard(
            message=plan.message,
            history=plan.talk.turns[-4:],
            level=RiskLevel.NONE,  # a crisis never comes here
        )
        seed = len(plan.talk.exchanges) * 10 + attempt
        limits = replace(
            self.limits,
            whole_s=min(self.limits.whole_s, seconds),
            first_words_s=min(self.limits.first_words_s, seconds),
            seed=seed,
        )
        said: list[str] = []
        model = DeidentifiedModel(self.model, plan.names) if self.model.is_remote else self.model
        stream = model.stream(messages_for(plan, composed, refused), limits=limits)
        try:
            for piece in sentences_of(stream):
                sentence = piece.strip()
                if not sentence or sentence in plan.talk.said or sentence in said:
                    continue
                if Deidentifier.has_placeholder(sentence):
                    return said, ["placeholder"]
                verdict = guard.check(piece)
                if verdict.outcome is not Outcome.PASS:
                    return said, list(verdict.rules)
                if guard.is_full:
                    break
                said.append(sentence)
                if plan.on_sentence is not None:
                    plan.on_sentence(sentence)
        finally:
            stream.close()
        rules = [rule for rule in guard.finish().rules if not rule.startswith("hard_to_read")]
        return said, [rule for rule in rules if rule.startswith("network_reply")] if said else rules


def _shown(composed: Spoken, plan: Plan, why: str, refused: list[str] | None = None) -> Spoken:
    if plan.on_sentence is not None:
        for sentence in composed.sentences:
            plan.on_sentence(sentence)
    return replace(
        composed, guard=tuple(dict.fromkeys((*(refused or ()), *composed.guard))), why_not_generated=why
    )


def _continued(
    said: list[str], composed: Spoken, plan: Plan, refused: list[str], *, is_broken: bool
) -> Spoken:
    """Return what passed; a reply that broke off is ended with the composed reply's last sentence."""
    sentences = list(said)
    last = composed.sentences[-1] if composed.sentences else ""
    if is_broken and last and last not in sentences and not any("?" in s for s in said):
        sentences.append(last)
        if plan.on_sentence is not None:
            plan.on_sentence(last)
    return Spoken(tuple(sentences), SpokenBy.GENERATED, tuple(dict.fromkeys(refused)))


@lru_cache(maxsize=1)
def _prompts() -> dict[str, str]:
    text = files("holdspace.companion").joinpath("prompts.yaml").read_text("utf-8")
    found: dict[str, str] = yaml.safe_load(text)["prompts"]
    return found


def messages_for(plan: Plan, composed: Spoken, refused: list[str]) -> list[Message]:
    """Return the prompt: the rules, the turns before, the message with the strategy and its facts.

    What changes from turn to turn stands last, so that a local model reads only that anew.
    """
    prompts = _prompts()
    task = [
        prompts.get(plan.strategy.id, prompts["any"]),
        f"What is felt, as a guess: {', '.join(plan.understood.feelings[:2]) or 'not clear'}.",
        f"What it is about: {', '.join(plan.understood.topics[:2]) or 'not clear'}.",
        f"A reply that would be right: {' '.join(composed.sentences)}",
        *([prompts["again"]] if refused else []),
    ]
    said = plan.talk.turns
    first = max(0, len(said) // HISTORY_TURNS - 1) * HISTORY_TURNS  # moves seldom: what was read stays read
    turns = [Message("user" if t.by == "client" else "assistant", t.text) for t in said[first:]]
    last = Message("user", f"{plan.message}\n\n[{' '.join(task)}]")
    return [Message("system", prompts["rules"]), *turns, last]


def speaker_of(environ: dict[str, str] | None = None) -> Voice:
    """Return the voice that the settings ask for: composed, or generated where a model is connected.

    Raises: holdspace.generation.UnclearSettings, ModelMissing.
    """
    found = dict(os.environ) if environ is None else environ
    model = connect(found)
    return speak_composed if model is None else Generated(model, limits_of(found))
