"""Calibrate the exported safety model, publish operating points: `python -m training.crisis.calibrate`.

Fitted on the development half of the held-out part of `corpora/crisis` (every second item, from the first)
and on real questions of Counsel Chat that training left out; for replies on the development half of the
held-out part of `corpora/replies`. Nothing under `eval/` is read.
"""

from __future__ import annotations

import argparse
import json
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from holdspace.models import SafetyNetwork, SafetyPassage, safety_package
from holdspace.models._package import Calibration
from training.crisis import sources
from training.crisis.columns import GROUPS, INDEX, SERVED

# Of real questions to counsellors without a dark word, this share gets no crisis, and no concern.
QUIET_ON_REAL = 0.98
QUIET_ON_REAL_ASKED = 0.9
# The same of lines of film dialogue (EDOS, human-labelled) without a dark word, which trained nothing here.
QUIET_ON_TALK = 0.99
QUIET_ON_TALK_ASKED = 0.98
SAFE_REPLIES_PASS = 0.97


def platt(scores: np.ndarray, gold: np.ndarray) -> Calibration:
    """Return slope and offset (Platt 1999); a column that is never or always there keeps its own scale."""
    if gold.min() == gold.max():
        return Calibration(1.0, -4.0)
    fitted = LogisticRegression(C=10.0).fit(scores[:, None], gold)
    return Calibration(float(fitted.coef_[0, 0]), float(fitted.intercept_[0]))


def apply(pair: Calibration, scores: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(pair.slope * scores + pair.offset, -30, 30)))


def raw_scores(network: SafetyNetwork, passages: list[SafetyPassage]) -> np.ndarray:
    """Return raw scores, (passages, columns): the package has no calibration yet, so logits come back."""
    found = network.read(passages)
    values = np.array([[s.probabilities[c] for c in network.package.columns] for s in found])
    return np.log(np.clip(values, 1e-12, 1 - 1e-12) / np.clip(1 - values, 1e-12, 1))


def uncalibrated() -> SafetyNetwork:
    package = safety_package()
    package.calibration.update({name: Calibration(1.0, 0.0) for name in package.columns})
    return SafetyNetwork(package)


def best_balance(probability: np.ndarray, gold: np.ndarray) -> float:
    """Return where sensitivity and specificity together are highest (Youden 1950)."""
    cuts = np.unique(np.round(probability, 3))
    balance = [(probability[gold] >= cut).mean() + (probability[~gold] < cut).mean() for cut in cuts]
    return float(cuts[int(np.argmax(balance))])


def quiet_cut(probability: np.ndarray, share: float) -> float:
    """Return the probability below which `share` of these harmless messages lie."""
    return float(np.quantile(probability, share))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--corpora", type=Path, default=Path("corpora"))
    parser.add_argument("--held", default="f")
    parser.add_argument("--held-replies", default="c")
    args = parser.parse_args()
    network = uncalibrated()
    column = {name: number for number, name in enumerate(network.package.columns)}
    items = sources.read_items(args.corpora / "crisis" / f"{args.held}.jsonl")[0::2]
    gold = np.stack([sources.coded_target(item) for item in items])
    scores = raw_scores(network, [SafetyPassage(str(i["text"]), sources.joined_of(i)) for i in items])
    calm = [SafetyPassage(e.text) for e in sources.counsel_chat(args.data, held=True)]
    calm_scores = raw_scores(network, calm)
    served = [f"{group}:{name}" for group in SERVED for name in GROUPS[group] if group != "reply"]
    pairs = {name: platt(scores[:, column[name]], gold[:, INDEX[name]]) for name in served}

    crisis = apply(pairs["level:crisis"], scores[:, column["level:crisis"]])
    harmless = gold[:, INDEX["level:crisis"]] == 0
    real = apply(pairs["level:crisis"], calm_scores[:, column["level:crisis"]])
    lines = [SafetyPassage(text) for text in sources.film_talk(args.data, count=800)]
    talk_scores = raw_scores(network, lines)
    talk = apply(pairs["level:crisis"], talk_scores[:, column["level:crisis"]])
    cut = max(best_balance(crisis, ~harmless), quiet_cut(real, QUIET_ON_REAL), quiet_cut(talk, QUIET_ON_TALK))
    concern = apply(pairs["level:concern"], scores[:, column["level:concern"]])
    none = gold[:, INDEX["level:concern"]] == 0
    calm_asked = apply(pairs["level:concern"], calm_scores[:, column["level:concern"]])
    talk_asked = apply(pairs["level:concern"], talk_scores[:, column["level:concern"]])
    ask = max(
        best_balance(concern, ~none),
        quiet_cut(calm_asked, QUIET_ON_REAL_ASKED),
        quiet_cut(talk_asked, QUIET_ON_TALK_ASKED),
    )
    points = {
        "crisis": (cut, "probability of crisis at or above which the level is crisis"),
        "concern": (ask, "probability of at least concern at or above which the level is concern"),
        "carry": (quiet_cut(crisis[harmless], 0.95), "from here a model's crisis keeps its level later"),
        "sure_none": (cut / 10, "below this a rule that is not `certain` is lowered by one level"),
        "signal": (0.5, "a signal is named from here"),
    }
    points["carry"] = (max(points["carry"][0], cut), points["carry"][1])

    replies = sources.read_items(args.corpora / "replies" / f"{args.held_replies}.jsonl")[0::2]
    said = [example for item in replies for example in sources.reply_examples(item)]
    reply_scores = raw_scores(network, [SafetyPassage(e.text, e.context) for e in said])
    unsafe = np.array([e.target[INDEX["reply:unsafe"]] for e in said])
    pairs["reply:unsafe"] = platt(reply_scores[:, column["reply:unsafe"]], unsafe)
    probability = apply(pairs["reply:unsafe"], reply_scores[:, column["reply:unsafe"]])
    repair = max(0.5, quiet_cut(probability[unsafe == 0], SAFE_REPLIES_PASS))
    block = max(0.8, quiet_cut(probability[unsafe == 0], 0.995))

    write(network.package.folder, pairs, points, repair=repair, block=block)


def write(
    folder: Path,
    pairs: dict[str, Calibration],
    points: dict[str, tuple[float, str]],
    *,
    repair: float,
    block: float,
) -> None:
    path = folder / "model.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    described["calibration"] = {name: [round(p.slope, 5), round(p.offset, 5)] for name, p in pairs.items()}
    path.write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    lines = [f"# Written by `python -m training.crisis.calibrate` on {day}. Not edited by hand."]
    lines += [f"{name} = {value:.4f}  # {why}" for name, (value, why) in points.items()]
    safety = Path(str(files("holdspace.safety")))
    (safety / "gate/operating_points.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    reply = [
        f"# Written by `python -m training.crisis.calibrate` on {day}. Not edited by hand.",
        f"block = {block:.4f}  # the network's probability that a sentence is unsafe, to withhold it",
        f"repair = {repair:.4f}  # to say it again",
    ]
    (safety / "guard/operating_points.toml").write_text("\n".join(reply) + "\n", encoding="utf-8")
    print("\n".join([*lines, *reply]))


if __name__ == "__main__":
    main()
