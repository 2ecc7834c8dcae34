"""Fit when a talk turns dangerous: `python -m training.crisis.talk_alarm`; `--show FILE ...` only measures.

Each later message of more than ten words, up to the first crisis, is an example: none, crisis, or concern
(as crisis, half as much). A logistic regression on the columns of the networks that ship, scaled so that the
points of a talk hold for it: of ordinary talks the shares in QUIET never reach them. Talks are ones that the
English network has not seen; those of one writer, or of one fifth, are read by a fit without them to set the
points. Prints the share of dangerous talks heard by their first crisis, beside the network's own level.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from holdspace.models import SafetyPassage, shared_safety_reader
from holdspace.safety import RiskLevel
from holdspace.safety.gate import operating_points
from holdspace.safety.gate._talk_alarm import TalkAlarm, log_odds, log_words, talk_alarm
from training.crisis import talks
from training.crisis.columns import GROUPS, SERVED

# Shares of ordinary talks that stay below the points: asked about, asked about again, a crisis at once.
QUIET = {"concern": 0.80, "crisis": 0.88, "carry": 0.94}
PENALTY, CONCERN_COUNTS = 0.01, 0.5  # inverse of the L2 penalty of standardised weights
FOLDS = 5
OTHERS = "people_calibrate.languages"  # not fitted on
BY_MANY = ("calibrate", "voices_calibrate", "people")  # files by several hands, left out by fifths
COLUMNS = [
    column
    for group in SERVED
    for column in (f"{group}:{name}" for name in GROUPS[group])
    if group not in ("danger", "reply")
]
# These never lower the alarm.
RAISING = {name for name in COLUMNS if name.startswith(("level:", "signal:"))} - {"signal:bereavement"}


@dataclass(frozen=True)
class Lines:
    """Later messages of talks: features, levels, the talk of each, and whether that is an ordinary one."""

    features: np.ndarray
    levels: np.ndarray
    talks: np.ndarray
    folds: np.ndarray
    is_ordinary: np.ndarray
    is_early: np.ndarray  # up to the first crisis


def lines_of(paths: list[Path]) -> Lines:
    """Play the talks and read their later messages."""
    reader = shared_safety_reader()
    features, rows = [], []
    for path in paths:
        for number, script in enumerate(talks.scripts(path)):
            was_crisis = False
            for place, (level, message, before) in enumerate(talks.played(script)):
                if place and TalkAlarm.reads(message):
                    scores = reader.read([SafetyPassage(message, before)])[0].probabilities
                    features.append([*(log_odds(scores[name]) for name in COLUMNS), log_words(message)])
                    fold = path.stem if path.stem not in BY_MANY else str(number % FOLDS)
                    rows.append(
                        (level.value, f"{path.stem}/{number}", fold, script.is_ordinary, not was_crisis)
                    )
                was_crisis = was_crisis or level is RiskLevel.CRISIS
    levels, names, folds, ordinary, early = (np.array(column) for column in zip(*rows, strict=True))
    return Lines(np.array(features), levels, names, folds, ordinary, early)


def fit(lines: Lines, rows: np.ndarray) -> tuple[np.ndarray, float]:
    """Return weights of the features and the offset; no sign of danger lowers the alarm."""
    kept = rows & lines.is_early
    mean, spread = lines.features[kept].mean(0), lines.features[kept].std(0)
    values = (lines.features[kept] - mean) / spread
    is_danger = (lines.levels[kept] != "none").astype(float)
    counts = np.where(lines.levels[kept] == "concern", CONCERN_COUNTS, 1.0)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        odds = values @ weights[:-1] + weights[-1]
        wrong = counts * (1 / (1 + np.exp(-odds)) - is_danger)
        penalty = weights[:-1] / PENALTY
        value = counts @ (np.logaddexp(0, odds) - is_danger * odds) + penalty @ weights[:-1] / 2
        return float(value), np.append(values.T @ wrong + penalty, wrong.sum())

    free = (None, None)
    bounds = [(0, None) if name in RAISING else free for name in COLUMNS] + [free, free]
    found = minimize(loss, np.zeros(len(bounds)), jac=True, method="L-BFGS-B", bounds=bounds).x
    weights = found[:-1] / spread
    return weights, float(found[-1] - weights @ mean)


def left_out(lines: Lines) -> np.ndarray:
    """Return the odds of each line by a fit without its writer or fold."""
    odds = np.zeros(len(lines.levels))
    for fold in np.unique(lines.folds):
        weights, offset = fit(lines, lines.folds != fold)
        rows = lines.folds == fold
        odds[rows] = lines.features[rows] @ weights + offset
    return odds


def highest(lines: Lines, odds: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return the highest odds of each talk among `rows`."""
    return np.array([odds[rows & (lines.talks == name)].max() for name in np.unique(lines.talks[rows])])


def show(group: str, lines: Lines, odds: np.ndarray) -> None:
    """Print how many dangerous talks are heard in time where so many ordinary ones are left in peace."""
    own = lines.features[:, COLUMNS.index("level:crisis")]
    turns = np.isin(lines.talks, lines.talks[lines.is_early & (lines.levels == "crisis")]) & lines.is_early
    here = np.char.startswith(lines.talks, group)
    quiet, dangerous = here & lines.is_ordinary, here & turns
    for name, found in (("level alone", own), ("talk alarm", odds)):
        cuts = np.quantile(highest(lines, found, quiet), (0.8, 0.85, 0.9, 0.95))
        heard = [(highest(lines, found, dangerous) >= cut).mean() for cut in cuts]
        print(f"{group or 'all'}: {name}: in time at 0.80, 0.85, 0.90, 0.95 quiet: {np.round(heard, 2)}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--talks", type=Path, default=Path("corpora/talks"))
    parser.add_argument(
        "--parts",
        nargs="*",
        default=["calibrate", "voices_calibrate", "people", *(f"turning_{x}" for x in "abcdef")],
    )
    parser.add_argument("--show", nargs="+", help="measure the alarm that ships on these files; fit nothing")
    args = parser.parse_args()
    if args.show:
        lines = lines_of([args.talks / f"{part}.txt" for part in args.show])
        shipped = talk_alarm()
        weights = np.array([*(shipped.weights.get(name, 0.0) for name in COLUMNS), shipped.words])
        show("", lines, lines.features @ weights)
        return
    lines = lines_of([args.talks / f"{part}.txt" for part in args.parts])
    odds = left_out(lines)
    for group in ("people", "voices_calibrate", "turning"):
        show(group, lines, odds)
    weights, offset = fit(lines, np.ones(len(lines.levels), dtype=bool))
    others = lines_of([args.talks / f"{OTHERS}.txt"])
    show(OTHERS, others, others.features @ weights + offset)
    calm = highest(lines, odds, lines.is_ordinary)
    cut = {name: float(np.quantile(calm, share)) for name, share in QUIET.items()}
    points = operating_points("talk")
    at = {
        name: float(np.log(p / (1 - p))) for name, p in (("crisis", points.crisis), ("carry", points.carry))
    }
    slope = (at["carry"] - at["crisis"]) / (cut["carry"] - cut["crisis"])
    shift = at["crisis"] - slope * cut["crisis"]
    write(
        slope * weights, slope * offset + shift, concern=1 / (1 + np.exp(-(slope * cut["concern"] + shift)))
    )


def write(weights: np.ndarray, offset: float, *, concern: float) -> None:
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    out = [
        f"# Written by `python -m training.crisis.talk_alarm` on {day}. Not edited by hand.",
        f"offset = {offset:.4f}",
        f"words = {weights[-1]:.4f}  # of the log of the number of words",
        f"concern = {concern:.4f}  # probability at or above which the level is concern",
        "",
        "[weights]  # of the log-odds of the network's columns",
        *(f'"{name}" = {weight:.4f}' for name, weight in zip(COLUMNS, weights[:-1], strict=True)),
    ]
    path = Path(str(files("holdspace.safety"))) / "gate/talk_alarm.toml"
    path.write_text("\n".join(out) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
