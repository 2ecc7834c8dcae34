"""Calibrate an exported network and publish its operating points: `python -m training.calibrate`.

Writes `calibration` and `error` into `models/reading/model.json` and `constructs/catalogue/measured/*.yaml`.
Fitted on GoEmotions dev, EmoBank dev and the calibration part of `corpora/symptom`; measured precision and
recall come from GoEmotions test and the held-out part of `corpora/symptom`, which nothing was fitted on.
"""

from __future__ import annotations

import argparse
import json
import random
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import yaml
from sklearn.linear_model import LogisticRegression

from holdspace.evaluation._data import Voiced, emobank, goemotions, voiced
from holdspace.evaluation._metrics import Metric, best_threshold, label_counts
from holdspace.models import Passage, ReadingNetwork, reading_package
from holdspace.models._package import Calibration
from training import sources
from training.columns import ASSERTION, EMOTIONS, SYMPTOMS
from training.sources import is_calibration_item

# "Present" is said only when the answer is more likely right than wrong, and was right this often.
PRESENT_AT_LEAST = 0.5
PRECISION_AT_LEAST = 0.6
# Below one in five a note costs the reader more than it tells.
UNSURE_AT_LEAST = 0.2
# Lines of film dialogue (EDOS) taken as talk without symptoms. Two sentences in three of our corpus voice
# one, in a session far fewer passages do, and probabilities fitted on the corpus alone promise too much.
ORDINARY_TALK = 2000


def platt(scores: np.ndarray, gold: np.ndarray) -> Calibration:
    """Return slope and offset (Platt 1999), slightly held towards slope 1 by an L2 penalty."""
    fitted = LogisticRegression(C=10.0).fit(scores[:, None], gold)
    return Calibration(float(fitted.coef_[0, 0]), float(fitted.intercept_[0]))


def apply(pair: Calibration, scores: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-np.clip(pair.slope * scores + pair.offset, -30, 30)))


def operating_point(probability: np.ndarray, gold: np.ndarray) -> dict[str, float]:
    """Return where `unsure` begins (at the best F1 on these rows, if that is not too low) and `present`."""
    unsure = max(UNSURE_AT_LEAST, best_threshold(probability, gold))
    present = 0.95
    for cut in np.arange(max(PRESENT_AT_LEAST, unsure), 0.96, 0.01):
        said = probability >= cut
        if said.sum() < 5 or gold[said].mean() >= PRECISION_AT_LEAST:
            present = float(cut)
            break
    return {"present": round(present, 3), "unsure": round(min(unsure, present), 3)}


def symptom_rows(args: argparse.Namespace) -> tuple[list[Passage], np.ndarray, tuple[Voiced, ...]]:
    """Return passages and gold of the calibration part of the corpus, then ordinary talk without symptoms."""
    items = tuple(
        item
        for part in args.voiced
        for number, item in enumerate(voiced(args.corpus / f"{part}.jsonl"))
        if is_calibration_item(number)
    )
    dialogue = sources.edos(args.data)
    random.Random(1).shuffle(dialogue)
    passages = [Passage(item.text, item.before) for item in items]
    passages += [Passage(line.text, line.before) for line in dialogue[:ORDINARY_TALK]]
    gold = np.zeros((len(passages), len(SYMPTOMS)), dtype=bool)
    for row, item in enumerate(items):
        gold[row] = [name in item.symptoms for name in SYMPTOMS]
    return passages, gold, items


def said_as_gold(items: tuple[Voiced, ...], name: str) -> np.ndarray:
    status = {"other": "other_person"}.get(name, name)
    return np.array([item.said_as == status for item in items])


def measured(
    data: str, present: np.ndarray, gold: np.ndarray, names: list[str]
) -> dict[str, dict[str, object]]:
    counts = label_counts(present, gold)
    out: dict[str, dict[str, object]] = {}
    for name, precision, recall, support in zip(
        names, counts.precision(), counts.recall(), gold.sum(0), strict=True
    ):
        if not np.isnan(precision.value):
            out[name] = {
                "data": data,
                **_fields("precision", precision),
                **_fields("recall", recall),
                "support": int(support),
            }
    return out


def _fields(name: str, metric: Metric) -> dict[str, float]:
    values = {name: metric.value, f"{name}_low": metric.low, f"{name}_high": metric.high}
    return {key: round(value, 3) for key, value in values.items()}


def write(
    folder: Path, family: str, points: dict[str, dict[str, float]], found: dict[str, dict[str, object]]
) -> None:
    constructs = {
        name: {"operating_point": point, **({"measured": found[name]} if name in found else {})}
        for name, point in points.items()
    }
    head = (
        f"# Written by `python -m training.calibrate` on {datetime.now(UTC):%Y-%m-%d}. Not edited by hand.\n"
    )
    text = yaml.safe_dump({"constructs": constructs}, sort_keys=False)
    (folder / f"{family}.yaml").write_text(head + text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--corpus", type=Path, default=Path("corpora/symptom"))
    parser.add_argument("--voiced", nargs="*", default=["a", "b", "c"])
    args = parser.parse_args()
    package = reading_package()
    network = ReadingNetwork(package)
    column = {name: number for number, name in enumerate(package.columns)}
    catalogue = package.folder.parents[1] / "constructs/catalogue/measured"
    calibration: dict[str, Calibration] = {}

    dev, test = (goemotions(args.data, split=split, labels=tuple(EMOTIONS)) for split in ("dev", "test"))
    on_dev, on_test = (network.scores([Passage(t) for t in part.texts]) for part in (dev, test))
    points, present = {}, []
    for number, label in enumerate(EMOTIONS):
        name = f"emotion:{label}"
        calibration[name] = platt(on_dev[:, column[name]], dev.gold[:, number])
        points[name] = operating_point(apply(calibration[name], on_dev[:, column[name]]), dev.gold[:, number])
        present.append(apply(calibration[name], on_test[:, column[name]]) >= points[name]["present"])
    names = [f"emotion:{label}" for label in EMOTIONS]
    write(catalogue, "emotion", points, measured("GoEmotions test", np.stack(present, 1), test.gold, names))

    passages, gold, items = symptom_rows(args)
    scores = network.scores(passages)
    held = voiced(args.corpus / "test.jsonl")
    held_scores = network.scores([Passage(item.text, item.before) for item in held])
    held_gold = np.array([[name in item.symptoms for name in SYMPTOMS] for item in held])
    points, present = {}, []
    for number, label in enumerate(SYMPTOMS):
        name = f"symptom:{label}"
        calibration[name] = platt(scores[:, column[name]], gold[:, number])
        points[name] = operating_point(apply(calibration[name], scores[:, column[name]]), gold[:, number])
        present.append(apply(calibration[name], held_scores[:, column[name]]) >= points[name]["present"])
    names = [f"symptom:{label}" for label in SYMPTOMS]
    found = measured("Holdspace voiced symptoms, held-out part", np.stack(present, 1), held_gold, names)
    write(catalogue, "symptom", points, found)

    spoken = [row for row, item in enumerate(items) if item.symptoms]
    for label in ASSERTION:
        name = f"assertion:{label}"
        calibration[name] = platt(scores[spoken, column[name]], said_as_gold(items, label)[spoken])

    texts, affect = emobank(args.data, split="dev")
    predicted = network.scores([Passage(text) for text in texts])
    error = {
        f"affect:{axis}": round(
            float(np.sqrt(np.mean((predicted[:, column[f"affect:{axis}"]] - affect[:, n]) ** 2))), 4
        )
        for n, axis in enumerate(("valence", "arousal"))
    }
    path = package.folder / "model.json"
    described = json.loads(path.read_text(encoding="utf-8"))
    described["calibration"] = {
        name: [round(p.slope, 5), round(p.offset, 5)] for name, p in calibration.items()
    }
    described["error"] = error
    path.write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
