"""Teach a trained network more, without unlearning the rest: `python -m training.crisis.refine`.

New items are learnt by their codes, alone and after words about something else. All other texts are held to
what the network that ships says of them (learning without forgetting: Li and Hoiem 2018, arXiv 1606.09282);
single messages after other words to what it says of them alone, since words before are no danger
by themselves; lines of talks half to that and half to their level, up to the first crisis.
"""

from __future__ import annotations

import argparse
import random
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from holdspace.models import SafetyNetwork, SafetyPassage, english_safety_package, safety_package
from holdspace.models._package import Calibration
from holdspace.safety import RiskLevel
from training.crisis import sources, talks
from training.crisis.calibrate import raw_scores
from training.crisis.columns import INDEX, NAMES, span
from training.crisis.kinds import kinds, signals_of
from training.crisis.loop import fit
from training.crisis.network import CrisisNetwork, encode
from training.crisis.noise import noisy
from training.crisis.sources import Example
from training.crisis.train import ROOM_TOKENS, watch

FEWEST, MOST = 3, 45  # words of a message that other words are put before
NOISY = 0.25  # share of single messages in another hand
KNOWN = {"synsym": 300, "stressors": 250, "counsel": 200, "comments": 350}


class Shipped:
    """What the network that ships says, as targets; columns it does not have stay unknown."""

    def __init__(self, encoder: str) -> None:
        package = english_safety_package() if encoder == "mpnet" else safety_package()
        package.calibration.update({name: Calibration(1.0, 0.0) for name in package.columns})
        self._network = SafetyNetwork(package)
        self._places = [INDEX[name] for name in package.columns]

    def targets(self, texts: list[tuple[str, str]]) -> np.ndarray:
        """Return the targets of (message, words before), (texts, columns)."""
        scores = raw_scores(self._network, [SafetyPassage(text, before) for text, before in texts])
        out = np.full((len(texts), len(NAMES)), np.nan, dtype=np.float32)
        out[:, self._places] = 1 / (1 + np.exp(-scores))
        return out


def fresh_examples(items: list[dict[str, object]], *, calm: list[str], rng: random.Random) -> list[Example]:
    """Return each item by its codes; one without words before it once more after other words."""
    out = []
    for item in items:
        text, before = str(item["text"]), sources.joined_of(item)
        target = sources.coded_target(item)
        out.append(Example(_in_a_hand(text, rng), before, target))
        if not before and _takes_words_before(text):
            out.append(Example(_in_a_hand(text, rng), rng.choice(calm), target))
    return out


def held_examples(
    given: list[Example], shipped: Shipped, *, calm: list[str], after: float, rng: random.Random
) -> list[Example]:
    """Return texts with what the network says of them, a share `after` once more after other words.

    Which danger they tell stays as it is coded.
    """
    out = []
    targets = shipped.targets([(example.text, example.context) for example in given])
    for example, target in zip(given, targets, strict=True):
        text, before = example.text, example.context
        target[span("danger")] = example.target[span("danger")]
        out.append(Example(text, before, target))
        if not before and _takes_words_before(text) and rng.random() < after:
            out.append(Example(text, rng.choice(calm), target))
    return out


def talk_examples(rows: list[Row], shipped: Shipped) -> list[Example]:
    """Return lines of talks: half what the network says, half their level where there is one."""
    found = shipped.targets([(row.message, row.before) for row in rows])
    for target, row in zip(found, rows, strict=True):
        target[span("danger")] = signals_of(row.letters)[span("danger")]
        if row.level is not None:
            coded = np.array([row.level is not RiskLevel.NONE, row.level is RiskLevel.CRISIS], np.float32)
            target[span("level")] = (target[span("level")] + coded) / 2
    return [Example(row.message, row.before, target) for row, target in zip(rows, found, strict=True)]


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a talk: its level up to the first crisis, None after it; the letters of its danger."""

    level: RiskLevel | None
    message: str
    before: str
    letters: str


def lines_of(path: Path) -> tuple[list[Row], list[str]]:
    """Return lines of talks, and the words before ordinary ones."""
    rows: list[Row] = []
    calm: list[str] = []
    known = kinds(path)
    for script in talks.scripts(path):
        was_crisis = False
        told = talks.played(script)
        for number, (level, message, before) in zip(script.numbers, told, strict=True):
            rows.append(Row(None if was_crisis else level, message, before, known.get(number, "")))
            was_crisis = was_crisis or level is RiskLevel.CRISIS
            if script.is_ordinary and before:
                calm.append(before)
    return rows, calm


def gather(args: argparse.Namespace, rng: random.Random) -> list[Example]:
    shipped = Shipped(args.encoder)
    is_english = args.encoder == "mpnet"
    told = [lines_of(path) for path in args.talks]
    rows = [row for found, _ in told for row in found]
    calm = [before for _, found in told for before in found]
    folder = args.corpora / "crisis"

    def of(parts: list[str]) -> list[dict[str, object]]:
        found = [item for part in parts for item in sources.read_items(folder / f"{part}.jsonl")]
        return [item for item in found if not is_english or item.get("lang", "en") == "en"]

    old = of(args.parts)
    kept = rng.sample(old, min(args.kept, len(old)))
    data = args.data
    known = [
        *sources.synsym(data, count=KNOWN["synsym"], rng=rng),
        *rng.sample(sources.stressors(data), KNOWN["stressors"]),
        *rng.sample(sources.counsel_chat(data), KNOWN["counsel"]),
        *sources.goemotions(data, count=KNOWN["comments"], rng=rng),
    ]
    old_ones = [
        Example(_in_a_hand(str(item["text"]), rng), sources.joined_of(item), sources.coded_target(item))
        for item in kept
    ]
    return [
        *(
            example
            for _ in range(args.times)
            for example in fresh_examples(of(args.fresh), calm=calm, rng=rng)
        ),
        *held_examples([*old_ones, *known], shipped, calm=calm, after=args.after, rng=rng),
        *talk_examples(rng.sample(rows, min(args.lines, len(rows))), shipped),
    ]


def _in_a_hand(text: str, rng: random.Random) -> str:
    return noisy(text, rng=rng) if rng.random() < NOISY else text


def _takes_words_before(text: str) -> bool:
    return FEWEST <= len(text.split()) <= MOST


def column_weights() -> torch.Tensor:
    """Return the weight of each column."""
    weights = torch.zeros(len(NAMES))
    weights[span("level")], weights[span("signal")], weights[span("said")] = 4.0, 0.6, 0.3
    weights[span("danger")] = 1.0
    return weights


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--encoder", choices=["e5", "mpnet"], default="mpnet")
    parser.add_argument("--start", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--corpora", type=Path, default=Path("corpora"))
    parser.add_argument("--build", type=Path, default=Path("build/crisis"))
    parser.add_argument("--fresh", nargs="+", required=True, help="parts that are learnt by their codes")
    parser.add_argument("--times", type=int, default=1, help="how often a fresh item comes")
    parser.add_argument("--parts", nargs="+", required=True, help="parts that are held to what was said")
    parser.add_argument("--talks", nargs="+", type=Path, required=True)
    parser.add_argument("--kept", type=int, default=3600, help="items of `--parts`")
    parser.add_argument("--after", type=float, default=0.6, help="share that comes again after other words")
    parser.add_argument("--lines", type=int, default=3600, help="of the talks")
    parser.add_argument("--held", default="f")
    parser.add_argument("--frozen", type=int, default=4, help="lower layers that stay")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=5e-5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--four-bit", action="store_true")
    parser.add_argument("--bf16", action="store_true")
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.step = "refine"
    rng = random.Random(args.seed)
    torch.manual_seed(args.seed)
    folder = args.build / args.encoder
    network = CrisisNetwork(folder)
    network.load_state_dict(torch.load(args.start))
    tokens = Tokenizer.from_file(str(folder / "tokenizer.json"))
    examples = gather(args, rng)
    fit(
        network,
        encode(tokens, [(e.text, e.context) for e in examples], room=ROOM_TOKENS[args.encoder]),
        torch.from_numpy(np.stack([e.target for e in examples])),
        weights=column_weights(),
        frozen=args.frozen,
        args=args,
        rng=rng,
        watch=lambda trained: watch(trained, tokens, args),
    )


if __name__ == "__main__":
    main()
