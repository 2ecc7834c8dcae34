"""`why`: what the person can read under "Why did it say this?", without one technical word."""

from __future__ import annotations

from holdspace.companion._talk import Reply, SpokenBy
from holdspace.companion.choose import strategies
from holdspace.safety import RiskLevel

_FEELING = {
    "nervousness": "worry", "embarrassment": "shame", "remorse": "guilt", "overwhelm": "too much at once",
    "tiredness": "being tired", "desire": "longing", "neutral": "",
}  # fmt: skip
_TOPIC = {
    "self_worth": "how you see yourself", "low_mood": "low mood", "care": "caring for somebody",
    "everyday": "the day",
    "feelings": "how you feel", "eating": "food", "breakup": "a separation", "motivation": "getting started",
}  # fmt: skip
_TONE = {
    "sad": "something sad", "worry": "a worry", "grumble": "something that annoyed you",
    "tired": "being worn out", "shame": "being hard on yourself", "joke": "said with a smile",
    "good": "something good", "effort": "something that took effort", "plan": "a plan",
    "story": "part of a story", "fact": "a plain fact", "view": "a thought", "unsure": "being unsure",
    "yes": "a yes", "no": "a no",
}  # fmt: skip
_BY = {
    SpokenBy.COMPOSED: "The sentences come from a collection that was written and checked beforehand.",
    SpokenBy.GENERATED: "A language model on this machine made the sentences, and each one was checked.",
    SpokenBy.CRISIS: "The sentences for such moments are fixed. No language model has a part in them.",
}


def why(reply: Reply) -> tuple[str, ...]:
    """Return why this was said, a sentence a step, in the order of the steps."""
    out = [_risk(reply)]
    feelings = [_FEELING.get(name, name) for name in reply.trace.get("feelings", ())][:2]
    if any(feelings):
        out.append(
            f"It guessed at a feeling: {' and '.join(name for name in feelings if name)}. It may be wrong."
        )
    tone = _TONE.get(reply.trace.get("tone", ""))
    if tone:
        out.append(f"It took your words as {tone}. It may be wrong.")
    topics = [_TOPIC.get(name, name.replace("_", " ")) for name in reply.trace.get("topics", ())][:2]
    if topics:
        before = " (from earlier in the talk)" if reply.trace.get("topic_by") == "talk" else ""
        out.append(f"It took this to be about {' and '.join(topics)}{before}.")
    used = strategies().get(reply.strategy)
    if used is not None:
        out.append(used.why)
    out.append(_BY[reply.spoken_by])
    return tuple(line for line in out if line)


def _risk(reply: Reply) -> str:
    if reply.level is RiskLevel.CRISIS:
        carried = any(name.startswith("memory:") for name in reply.trace.get("fired", ()))
        where = "Something you wrote earlier" if carried else "Something you wrote"
        return f"{where} sounded as if you or somebody might be in danger, so people who can help come first."
    if reply.level is RiskLevel.CONCERN:
        return "Something you wrote sounded very heavy, so it was careful."
    return ""
