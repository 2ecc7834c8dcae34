"""From drafts to a conversation: one conversation of several, cues joined, speakers and ids made unique."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from holdspace.conversation._draft import ANONYMOUS, Draft, Parsed
from holdspace.conversation._errors import NothingSaid, SourceTooLarge, UnknownConversation
from holdspace.conversation._model import Conversation, Skipped, Source, Speaker, Utterance
from holdspace.conversation._roles import propose_roles

UTTERANCES_LIMIT = 2_000_000
_IS_A_DATE_S = 10_000_000.0  # 116 days: no clock of a session shows that; seconds since 1970 do
_JOIN_WITHIN_S = 1.0
_JOIN_UP_TO = 1_000  # characters; captions without any punctuation would never end
_HAS_WORD = re.compile(r"[^\W_]").search
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
_GOES_ON = (",", ";", "–", "—", "-")


def assemble(parsed: Parsed, *, source: Source, conversation_id: str | None) -> Conversation:
    """Return the conversation of these drafts, with roles proposed.

    Raises: NothingSaid, UnknownConversation, SourceTooLarge.
    """
    assembly = _Assembly(source.name)
    drafts = _one_conversation(parsed.drafts, conversation_id, parsed.skipped, file=source.name)
    assembly.add(_join_cues(drafts) if parsed.may_continue else drafts)
    skipped = [*parsed.skipped, *assembly.skipped]
    if not assembly.utterances:
        first = skipped[0].line if skipped else None
        raise NothingSaid("There is no utterance with words.", file=source.name, line=first)
    speakers = propose_roles(assembly.speakers(), assembly.utterances, stated=assembly.stated_roles)
    return Conversation(
        speakers=speakers,
        utterances=tuple(assembly.utterances),
        source=source,
        skipped=tuple(sorted(skipped, key=lambda notice: notice.line)),
        meta=MappingProxyType(parsed.meta),
    )


@dataclass(slots=True)
class _Assembly:
    """Collects utterances; knows each speaker by the name as written."""

    file: str
    utterances: list[Utterance] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    stated_roles: dict[str, str] = field(default_factory=dict)
    _ids: dict[str, str] = field(default_factory=dict)  # by name as written
    _names: dict[str, str] = field(default_factory=dict)  # by id

    def add(self, drafts: Iterable[Draft]) -> None:
        source_ids: list[str] = []
        for draft in drafts:
            text = draft.text
            if not has_words(text):
                self.skipped.append(Skipped(draft.line, "An utterance without words."))
                continue
            speaker_id = self._ids.get(draft.speaker) or self._add_speaker(draft.speaker)
            if draft.role:
                self.stated_roles.setdefault(speaker_id, draft.role)
            if not text.isascii():
                text = _LONE_SURROGATE.sub("\ufffd", text)
            end_s = draft.end_s if draft.end_s is None else self._check_end(draft)
            count = len(self.utterances) + 1
            self.utterances.append(Utterance(f"u{count}", speaker_id, text, draft.start_s, end_s))
            if draft.id:
                source_ids.append(_LONE_SURROGATE.sub("\ufffd", draft.id))
            if count > UTTERANCES_LIMIT:
                raise SourceTooLarge(file=self.file, found=count, limit=UTTERANCES_LIMIT, unit="utterances")
        if len(set(source_ids)) == len(self.utterances):
            self._take_ids(source_ids)
        self._count_from_start()

    def speakers(self) -> list[Speaker]:
        return [Speaker(speaker_id, name) for speaker_id, name in self._names.items()]

    def _add_speaker(self, written: str) -> str:
        name = _LONE_SURROGATE.sub("\ufffd", " ".join(written.split())) or ANONYMOUS
        self._ids[written] = name
        self._names.setdefault(name, name)
        return name

    def _check_end(self, draft: Draft) -> float | None:
        if draft.start_s is not None and draft.end_s is not None and draft.end_s < draft.start_s:
            self.skipped.append(
                Skipped(draft.line, "The end time lies before the start; the end is left out.")
            )
            return None
        return draft.end_s

    def _take_ids(self, source_ids: list[str]) -> None:
        self.utterances = [
            replace(utterance, id=source_id)
            for source_id, utterance in zip(source_ids, self.utterances, strict=True)
        ]

    def _count_from_start(self) -> None:
        """Turn dates into seconds from the first of them; times within a session stay as they are."""
        zero = min((said.start_s for said in self.utterances if said.start_s is not None), default=0.0)
        if zero >= _IS_A_DATE_S:
            self.utterances = [
                replace(
                    utterance, start_s=_minus(utterance.start_s, zero), end_s=_minus(utterance.end_s, zero)
                )
                for utterance in self.utterances
            ]


def _minus(seconds: float | None, zero: float) -> float | None:
    return None if seconds is None else seconds - zero


def has_words(text: str) -> bool:
    """Return whether there is a letter, a digit or a picture sign (emoji) in the text."""
    return bool(_HAS_WORD(text)) or any(unicodedata.category(character) == "So" for character in text)


def _one_conversation(
    drafts: Iterable[Draft], wanted: str | None, skipped: list[Skipped], *, file: str
) -> Iterator[Draft]:
    """Return the drafts of the wanted conversation, or of the first; report each of the others once."""
    chosen = wanted
    others: dict[str, list[int]] = {}  # first line and count, by conversation
    was_found = False
    for draft in drafts:
        if chosen is None:
            chosen = draft.conversation
        if draft.conversation == chosen:
            was_found = True
            yield draft
        else:
            others.setdefault(draft.conversation, [draft.line, 0])[1] += 1
    if wanted is not None and not was_found:
        raise UnknownConversation(unknown=wanted, known=list(others), file=file)
    for line, count in others.values():
        skipped.append(Skipped(line, f"{count} utterances of another conversation in the same source."))


def _join_cues(drafts: Iterable[Draft]) -> Iterator[Draft]:
    """Join a cue with the next where one speaker goes on in the middle of a sentence.

    That is so when the next begins within 1 s, and the first ends in a comma, semicolon or dash, or ends
    without any mark while the next begins with a small letter. Up to 1,000 characters are joined.
    """
    held: Draft | None = None
    for draft in drafts:
        if held is not None and _goes_on(held, draft):
            held = held._replace(text=f"{held.text} {draft.text}", end_s=draft.end_s)
            continue
        if held is not None:
            yield held
        held = draft
    if held is not None:
        yield held


def _goes_on(first: Draft, second: Draft) -> bool:
    if first.speaker != second.speaker or first.end_s is None or second.start_s is None:
        return False
    if not 0 <= second.start_s - first.end_s <= _JOIN_WITHIN_S or not first.text or not second.text:
        return False
    if len(first.text) + len(second.text) > _JOIN_UP_TO:
        return False
    return first.text.endswith(_GOES_ON) or (first.text[-1].isalnum() and second.text[0].islower())
