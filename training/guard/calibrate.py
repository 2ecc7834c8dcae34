"""Calibrate the exported guard network, publish its operating points: `python -m training.guard.calibrate`.

Fitted on the development half of the held-out parts of `corpora/replies`: replies 1, 3, 5 and so on.
"""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import numpy as np

from holdspace.models import (
    ModelPackage,
    SafetyNetwork,
    SafetyPassage,
    english_share,
    guard_package,
    shared_reply_reader,
)
from holdspace.models._package import Calibration
from training.crisis.calibrate import platt, raw_scores
from training.crisis.columns import INDEX
from training.guard import examples
from training.guard.examples import Example

# Of replies without a fault, this share has no sentence that is said again, none that is withheld, and is let
# pass as a whole. The whole is read better than its sentences, so most of what may be stopped is left to it.
SENTENCES_PASS = 0.99
SENTENCES_SURE = 0.995
WHOLE_PASS = 0.97


def fit(package: ModelPackage, replies: list[list[Example]]) -> None:
    """Calibrate every column of `package` on the English replies; write it there."""
    found = [e for reply in replies for e in reply if english_share(e.passage.text) > 0]
    package.calibration.update({name: Calibration(1.0, 0.0) for name in package.columns})
    scores = raw_scores(SafetyNetwork(package), [e.passage for e in found])
    path = package.folder / "model.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    for number, name in enumerate(package.columns):
        pair = platt(scores[:, number], np.array([e.target[INDEX[name]] for e in found]))
        described["calibration"][name] = [round(pair.slope, 5), round(pair.offset, 5)]
    path.write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, default=Path("corpora/replies"))
    parser.add_argument(
        "--held", nargs="*", default=["c", "e", "held", "held_more", "held_fresh", "held_tester"]
    )
    args = parser.parse_args()
    items = [i for part in args.held for i in examples.read_items(args.corpora / f"{part}.jsonl")[0::2]]
    replies = [examples.of_item(item) for item in items]
    fit(guard_package(), replies)
    reader = shared_reply_reader()

    def read(passages: list[SafetyPassage]) -> np.ndarray:
        return np.array([scores.probabilities.get("reply:unsafe", 0.0) for scores in reader.read(passages)])

    sentence = np.array([read([e.passage for e in reply[:-1]]).max() for reply in replies])
    whole = read([reply[-1].passage for reply in replies])
    unsafe = np.array([bool(reply[-1].target[INDEX["reply:unsafe"]]) for reply in replies])
    repair = float(np.quantile(sentence[~unsafe], SENTENCES_PASS))
    of_whole = float(np.quantile(whole[~unsafe], WHOLE_PASS))
    stopped = (sentence > repair) | (whole > of_whole)
    shares = f"of the unsafe {stopped[unsafe].mean():.3f}, of the safe {stopped[~unsafe].mean():.3f}"
    print(f"{len(replies)} replies stopped: {shares}")
    block = float(np.quantile(sentence[~unsafe], SENTENCES_SURE))
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    lines = [
        f"# Written by `python -m training.guard.calibrate` on {day}. Not edited by hand.",
        f"block = {block:.4f}  # the network's probability that a sentence is unsafe, to withhold it",
        f"repair = {repair:.4f}  # to say it again",
        f"whole = {of_whole:.4f}  # that a reply as a whole is, to say it again",
    ]
    path = Path(str(files("holdspace.safety"))) / "guard/operating_points.toml"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
