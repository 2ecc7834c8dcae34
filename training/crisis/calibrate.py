"""Calibrate the exported safety model, publish operating points: `python -m training.crisis.calibrate`.

Fitted on the development half of the held-out parts of `corpora/crisis` (every second item, from the first)
and on what training left out of Counsel Chat's questions, of ordinary talk in many voices and languages, and
of the demo practice's sessions; `reply:unsafe`, of which the guard asks the network for other languages than
English, on the development half of the held-out parts of `corpora/replies`. Nothing under `eval/` is read.
"""

from __future__ import annotations

import argparse
import json
import random
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from holdspace.companion._danger import LIKE_A_POST
from holdspace.models import (
    ModelPackage,
    SafetyNetwork,
    SafetyPassage,
    SafetyReader,
    english_safety_package,
    safety_package,
)
from holdspace.models._english import english_share
from holdspace.models._package import Calibration
from training.crisis import sources, talks
from training.crisis.columns import INDEX, SIGNALS
from training.crisis.ordinary import lines, session_lines
from training.crisis.sources import Example

# Of what is said without a dark word, this share gets no crisis, and this share no concern: of real questions
# to counsellors, of an equal number from every source of ordinary talk, of ordinary talks with the companion
# (first by the hand that wrote most of those it learns from, then by others), of a client in sessions.
QUIET = {
    "questions": (0.98, 0.90),
    "talk": (0.97, 0.97),
    "talks": (0.97, 0.97),
    "voices": (0.95, 0.95),
    "openings": (0.97, 0.97),  # first messages of both that are too short to be read like a post
    "sessions": (0.97, 0.95),
}
# Of the lines of ordinary talks by other writers, and of openings, this share does not reach the point from
# which an alarm stays and the companion does not ask first.
QUIET_CARRY = 0.98


HELD = [
    "f", "held", "talks/held", "held_languages", "held_dangers", "held_medical_languages", "held_checker",
    "held_tongues",
]  # fmt: skip
Item = dict[str, object]


def platt(scores: np.ndarray, gold: np.ndarray) -> Calibration:
    """Return slope and offset (Platt 1999); a column that is never or always there keeps its own scale."""
    if gold.min() == gold.max():
        return Calibration(1.0, -4.0)
    fitted = LogisticRegression(C=10.0).fit(scores[:, None], gold)
    return Calibration(float(fitted.coef_[0, 0]), float(fitted.intercept_[0]))


def raw_scores(network: SafetyNetwork, passages: list[SafetyPassage]) -> np.ndarray:
    """Return raw scores, (passages, columns): the package has no calibration yet, so logits come back."""
    if not passages:
        return np.zeros((0, len(network.package.columns)))
    found = network.read(passages)
    values = np.array([[s.probabilities[c] for c in network.package.columns] for s in found])
    return np.log(np.clip(values, 1e-12, 1 - 1e-12) / np.clip(1 - values, 1e-12, 1))


def calibrated(
    package: ModelPackage, items: list[Item], replies: list[Example], *, calm: list[SafetyPassage]
) -> SafetyNetwork:
    """Fit every column of `package`, the levels also on `calm` talk; write it there, return the network."""
    columns = {name: number for number, name in enumerate(package.columns)}
    package.calibration.update({name: Calibration(1.0, 0.0) for name in columns})
    network = SafetyNetwork(package)
    gold = np.stack([sources.coded_target(item) for item in items])
    scores = raw_scores(network, passages_of(items))
    said = raw_scores(network, [SafetyPassage(e.text, e.context) for e in replies])
    unsafe = np.array([e.target[INDEX["reply:unsafe"]] for e in replies])
    quiet = raw_scores(network, calm)
    for name, number in columns.items():
        if name.startswith("danger:"):  # only compared with each other
            continue
        if name == "reply:unsafe":
            package.calibration[name] = platt(said[:, number], unsafe)
        elif name.startswith("level:"):
            both = np.concatenate([scores[:, number], quiet[:, number]])
            package.calibration[name] = platt(
                both, np.concatenate([gold[:, INDEX[name]], np.zeros(len(quiet))])
            )
        else:
            known = ~np.isnan(gold[:, INDEX[name]])
            package.calibration[name] = platt(scores[known, number], gold[known, INDEX[name]])
    path = package.folder / "model.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    described["calibration"] = {
        name: [round(pair.slope, 5), round(pair.offset, 5)] for name, pair in package.calibration.items()
    }
    path.write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")
    return network


def passages_of(items: list[Item]) -> list[SafetyPassage]:
    return [SafetyPassage(str(item["text"]), sources.joined_of(item)) for item in items]


def best_balance(probability: np.ndarray, gold: np.ndarray) -> float:
    """Return where sensitivity and specificity together are highest (Youden 1950)."""
    cuts = np.unique(np.round(probability, 3))
    balance = [(probability[gold] >= cut).mean() + (probability[~gold] < cut).mean() for cut in cuts]
    return float(cuts[int(np.argmax(balance))])


def held_talk(data: Path, *, count: int) -> list[SafetyPassage]:
    """Return `count` lines of each source of ordinary talk, of the quarter that is not trained on."""
    by_source: dict[str, list[SafetyPassage]] = {}
    for line in lines(data):
        if line.held:
            by_source.setdefault(line.source, []).append(SafetyPassage(line.text, line.context))
    rng = random.Random(1)
    return [passage for found in by_source.values() for passage in rng.sample(found, min(count, len(found)))]


def ordinary_talks(path: Path) -> list[SafetyPassage]:
    """Return the messages of ordinary scripts, each after the turns before it, played once."""
    return [
        SafetyPassage(message, before)
        for script in talks.scripts(path)
        if script.is_ordinary
        for _, message, before in talks.played(script)
    ]


def openings(path: Path) -> list[SafetyPassage]:
    """Return the first messages of ordinary scripts that are too short to be read like a post."""
    first = [script.lines[0][1] for script in talks.scripts(path) if script.is_ordinary]
    return [SafetyPassage(message) for message in first if len(message.split()) < LIKE_A_POST]


def best_f1(reader: SafetyReader, items: list[Item]) -> float:
    """Return where the signals named are most like those coded, by F1 over all of them."""
    found = reader.read(passages_of(items))
    named = np.array(
        [[scores.probabilities.get(f"signal:{name}", 0.0) for name in SIGNALS] for scores in found]
    )
    gold = np.array([[name in item.get("signals", []) for name in SIGNALS] for item in items])  # type: ignore[operator]  # -- a list
    cuts = np.arange(0.1, 0.6, 0.02)
    f1 = [2 * (gold & (named >= cut)).sum() / ((named >= cut).sum() + gold.sum()) for cut in cuts]
    return float(cuts[int(np.argmax(f1))])


def quiet_cut(probability: np.ndarray, share: float) -> float:
    """Return the probability below which `share` of these harmless messages lie."""
    return float(np.quantile(probability, share))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--corpora", type=Path, default=Path("corpora"))
    parser.add_argument("--held", nargs="*", default=HELD)
    parser.add_argument("--practice", type=Path, default=Path("src/holdspace/web/demo/practice"))
    parser.add_argument("--sessions", nargs="*", default=["jules-tremblay"], help="not trained on")
    parser.add_argument(
        "--held-replies", nargs="*", default=["c", "e", "held", "held_more", "held_fresh", "held_tester"]
    )
    args = parser.parse_args()
    items = [
        item
        for part in args.held
        for item in sources.read_items(args.corpora / "crisis" / f"{part}.jsonl")[0::2]
    ]
    english = [item for item in items if item.get("lang", "en") == "en"]
    others = [item for item in items if item.get("lang", "en") != "en"]
    replies = [
        example
        for part in args.held_replies
        for item in sources.read_items(args.corpora / "replies" / f"{part}.jsonl")[0::2]
        for example in sources.reply_examples(item)
    ]
    talk = held_talk(args.data, count=100)
    foreign = [passage for passage in talk if english_share(passage.text) == 0]
    reader = SafetyReader(
        calibrated(safety_package(), others, replies, calm=foreign),
        calibrated(english_safety_package(), english, replies, calm=[]),
    )

    def read(passages: list[SafetyPassage], column: str) -> np.ndarray:
        return np.array([scores.probabilities[column] for scores in reader.read(passages)])

    quiet = {
        "questions": [SafetyPassage(e.text) for e in sources.counsel_chat(args.data, held=True)],
        "talk": talk,
        "talks": ordinary_talks(args.corpora / "talks/calibrate.txt"),
        "voices": ordinary_talks(args.corpora / "talks/voices_calibrate.txt"),
        "openings": [
            passage
            for name in ("calibrate", "voices_calibrate")
            for passage in openings(args.corpora / f"talks/{name}.txt")
        ],
        "sessions": [SafetyPassage(x.text, x.context) for x in session_lines(args.practice, args.sessions)],
    }
    coded = {level: read(passages_of(items), f"level:{level}") for level in ("crisis", "concern")}
    harmless = np.array([item["level"] != "crisis" for item in items])
    none = np.array([item["level"] == "none" for item in items])
    cuts = {
        "crisis": {"coded": best_balance(coded["crisis"], ~harmless)},
        "concern": {"coded": best_balance(coded["concern"], ~none)},
    }
    for name, passages in quiet.items():
        for level, share in zip(cuts, QUIET[name], strict=True):
            cuts[level][name] = quiet_cut(read(passages, f"level:{level}"), share)
    print(json.dumps(cuts, indent=1))
    places = {
        "message": ("coded", "questions", "talk"),
        "opening": ("coded", "questions", "talk", "openings"),
        "talk": ("coded", "questions", "talk", "talks", "voices"),
        "session": ("coded", "questions", "talk", "sessions"),
    }
    signal = best_f1(reader, items)
    carry = quiet_cut(coded["crisis"][harmless], 0.95)
    carries = {
        place: max(carry, quiet_cut(read(quiet[name], "level:crisis"), QUIET_CARRY))
        for place, name in (("talk", "voices"), ("opening", "openings"))
    }
    points = {
        place: points_of(
            max(cuts["crisis"][name] for name in names),
            max(cuts["concern"][name] for name in names),
            carry=carries.get(place, carry),
            signal=signal,
        )
        for place, names in places.items()
    }
    write(points)


Points = dict[str, tuple[float, str]]


def points_of(crisis: float, concern: float, *, carry: float, signal: float) -> Points:
    """Return the operating points of one place, each with what it is."""
    return {
        "crisis": (crisis, "probability of crisis at or above which the level is crisis"),
        "concern": (concern, "probability of at least concern at or above which the level is concern"),
        "carry": (max(crisis, carry), "from here a model's crisis keeps its level later"),
        "sure_none": (crisis / 10, "below this a rule that is not `certain` is lowered by one level"),
        "signal": (signal, "a signal is named from here"),
    }


def write(places: dict[str, Points]) -> None:
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    lines = [f"# Written by `python -m training.crisis.calibrate` on {day}. Not edited by hand."]
    for place, points in places.items():
        lines += ["", f"[{place}]"]
        lines += [f"{name} = {value:.4f}  # {why}" for name, (value, why) in points.items()]
    path = Path(str(files("holdspace.safety"))) / "gate/operating_points.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
