"""Ordinary talk of ship data, in many voices and languages, as messages without danger.

What real people write and say is far wider than any corpus written by hand: a network that has seen little of
it takes a language or a way of typing for danger. Lines with a word for harm or dying are no negatives here,
but for those coded by hand in `corpora/crisis/real/coded_talk.jsonl`.
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from holdspace.conversation import Role, read
from holdspace.safety import Turn
from holdspace.safety.gate._context import joined as gate_joined
from holdspace.safety.gate.rule_files import firing
from training import sources as reading

LANGUAGES = ["eng", "esp", "deu", "ptbr", "hin", "ron", "rus", "ukr", "swe", "swa", "chn"]
TURNS = 6
DARK = re.compile(
    r"\b(kill|suicid|die\b|dying|dead|death|murder|hurt(ing)? (me|my|him|her)|harm|cut(ting)? (my|him|her)"
    r"|abus|hit(s|ting)? (me|her|him|my)|beat(s|ing|en)? (me|her|him|my|up)|rap(e|ed|ist)|molest|voices"
    r"|overdos|purg|starv|weapon|gun|knife|end (it|my)|not (be|want to be) here|disappear|worthless"
    r"|hopeless|no point|give up|goodbye|violen|threat|strangl|chok|want it to stop|existing|alive)",
    re.IGNORECASE,
)
# Stems of dying, killing and harm in the other languages of BRIGHTER.
DARK_ELSEWHERE = re.compile(
    r"\b(morir|muert|matar|suicid|morrer|morte|mata|sterb|tod\b|tot\b|töt|umbring|selbstmord|moar|muri|omor|sinucid"
    r"|умер|умир|смерт|убив|убит|самоуб|помер|вбит|döda|dö\b|död|självmord|kufa|uawa|मर|मौत|आत्महत्या|死|自杀|杀)",
    re.IGNORECASE,
)
_SPEAKER = re.compile(r"^\s*\[?(doctor|patient|seeker|supporter|guest_\w+)\]?\s*:?\s*", re.IGNORECASE)
_CLIENT = ("patient", "seeker")


@dataclass(frozen=True, slots=True)
class Line:
    """A message of `source` and the turns before it, joined as the network reads them."""

    source: str
    text: str
    context: str = ""

    @property
    def is_foreign(self) -> bool:
        """Return whether it is not English."""
        return self.source.startswith("brighter_") and self.source != "brighter_eng"

    @property
    def held(self) -> bool:
        """Return whether it is kept for calibration: a quarter of all, by what it says."""
        return zlib.crc32(self.text.encode()) % 4 == 3


def lines(data: Path) -> list[Line]:
    """Return every distinct line without a dark word in which no rule of the gate fires."""
    seen: set[str] = set()
    out = []
    for line in every_line(data):
        dark = DARK_ELSEWHERE if line.source.startswith("brighter") else DARK
        if len(line.text) < 6 or line.text in seen or dark.search(line.text) or DARK.search(line.text):
            continue
        seen.add(line.text)
        if not any(rule.level.value != "none" for rule in firing(line.text)):
            out.append(line)
    return out


def every_line(data: Path) -> Iterator[Line]:
    """Yield every line of ship data, dark or not."""
    ship = data / "ship"
    for example in reading.goemotions(data, "train", rng=random.Random(3)):
        yield Line("goemotions", example.text)
    for row in reading.rows(ship / "edos/edos_1_human.csv.gz"):
        *before, text = [reading.untokenise(t) for t in row["Dialog"].split("\n") if t.strip()] or [""]
        yield Line("edos", text, joined([("client" if n % 2 else "other", t) for n, t in enumerate(before)]))
    for row in reading.rows(ship / "xed_en/xed_en.csv.gz"):
        yield Line("xed", row["text"])
    for row in reading.rows(ship / "sad_stressors/sad_v1.csv.gz"):
        yield Line("sad", row["sentence"])
    for row in reading.rows(ship / "positive_frames/train.csv.gz"):
        yield Line("positive_frames", row["original_text"])
    for language in LANGUAGES:
        path = ship / f"brighter/track_a_train_{language}.csv.gz"
        for row in reading.rows(path) if path.exists() else ():
            yield Line(f"brighter_{language}", row["text"])
    for name in ("mts_dialog_train", "aci_bench_train"):
        for row in reading.rows(ship / f"clinical_notes_general/{name}.csv.gz"):
            yield from _windows("consultations", row["dialogue"])
    for row in reading.rows(ship / "lend_an_ear_empathy/conversations.csv.gz"):
        yield from _windows("support_talks", row["full_conversation"])


def _windows(source: str, talk: str) -> Iterator[Line]:
    """Yield each turn of the patient or seeker after up to six turns before it."""
    turns = []
    for line in talk.splitlines():
        found = _SPEAKER.match(line)
        if found and (text := reading.untokenise(line[found.end() :])):
            turns.append(("client" if found[1].lower() in _CLIENT else "other", text))
    for at, (by, text) in enumerate(turns):
        if by == "client":
            yield Line(source, text, joined(turns[max(0, at - TURNS) : at]))


def joined(turns: list[tuple[str, str]]) -> str:
    """Return (by, text) of the turns before a message as one text, as the gate joins them."""
    return gate_joined([Turn("client" if by == "client" else "companion", text) for by, text in turns])


def key_of(text: str) -> str:
    return hashlib.sha256(text.strip().encode()).hexdigest()[:16]


def codes(path: Path) -> dict[str, dict[str, object]]:
    """Return the codes by hand of real texts, by `key_of` the text."""
    items = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return {item["sha256"]: item for item in items}


def session_lines(practice: Path, clients: list[str]) -> list[Line]:
    """Return what these clients of the demo practice say in sessions, alone and after up to six turns."""
    out = []
    for path in sorted(file for client in clients for file in (practice / client).rglob("*.vtt")):
        conversation = read(path)
        clients_here = {speaker.id for speaker in conversation.speakers if speaker.role is Role.CLIENT}
        turns = [
            ("client" if u.speaker_id in clients_here else "other", u.text) for u in conversation.utterances
        ]
        for at, (by, text) in enumerate(turns):
            if by == "client" and not DARK.search(text) and not firing(text):
                out += [
                    Line("sessions", text),
                    Line("sessions", text, joined(turns[max(0, at - TURNS) : at])),
                ]
    return out
