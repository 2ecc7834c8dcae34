"""Write the figures into the model card: `python -m training.card build/emotion.json build/symptom.json`.

Both files are those of `holdspace evaluate emotion --json ...` and `holdspace evaluate symptom --json ...`.
The tables stand between the marks `<!-- NAME -->` and `<!-- /NAME -->` of `docs/models/reading.md`.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

CARD = Path("docs/models/reading.md")
Metrics = dict[str, dict[str, float]]


def shown(metric: dict[str, float]) -> str:
    """Return "0.53 (0.51 to 0.55)", or the value alone where there is no interval."""
    if metric["low"] == metric["high"]:
        return f"{metric['value']:.3f}"
    return f"{metric['value']:.3f} ({metric['low']:.3f} to {metric['high']:.3f})"


def table(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def summary(metrics: Metrics, names: dict[str, str]) -> str:
    return table(
        ["figure", "value (95 % interval)"], [[text, shown(metrics[name])] for name, text in names.items()]
    )


def by_label(metrics: Metrics, *, data: str, family: str, measures: dict[str, str]) -> str:
    """Return one row a construct; a measure without answers is shown as a dash."""
    prefix = f"{data}/{next(iter(measures))}/{family}:"
    labels = [name.removeprefix(prefix) for name in metrics if name.startswith(prefix)]
    rows = []
    for label in labels:
        cells = [metrics[f"{data}/{measure}/{family}:{label}"] for measure in measures]
        rows.append([label, *("-" if cell["value"] != cell["value"] else shown(cell) for cell in cells)])
    return table([family, *measures.values()], rows)


def coverage(metrics: Metrics) -> str:
    cuts = sorted({name.rsplit("_", 1)[1] for name in metrics if name.startswith("coverage/")})
    kinds = {"texts_with_an_answer": "texts with an answer", "precision": "precision", "recall": "recall"}
    rows = [
        [
            cut,
            *(
                f"{metrics[key]['value']:.2f}" if (key := f"coverage/{kind}_at_{cut}") in metrics else "-"
                for kind in kinds
            ),
        ]
        for cut in cuts
    ]
    return table(["probability at least", *kinds.values()], rows)


EMOTION = {
    "goemotions/macro_f1": "GoEmotions test, 28 labels, macro F1",
    "goemotions_ekman/macro_f1": "GoEmotions test, Ekman groups and neutral, macro F1",
    "goemotions/calibration_error_mean": "expected calibration error, mean of the labels",
    "goemotions/calibration_error_max": "expected calibration error, worst label",
    "brighter_eng/macro_f1": "BRIGHTER English test, five emotions, macro F1",
    "emobank/r_valence": "EmoBank test, valence, Pearson r",
    "emobank/r_arousal": "EmoBank test, arousal, Pearson r",
    "identity_swap/pronoun_mean_change": "mean change of a probability, pronouns swapped",
    "identity_swap/name_mean_change": "mean change, names swapped",
    "identity_swap/identity_mean_change": "mean change, identity words swapped",
    "identity_swap/pronoun_p99_change": "99th percentile of the change, pronouns swapped",
    "identity_swap/name_p99_change": "99th percentile, names swapped",
    "identity_swap/identity_p99_change": "99th percentile, identity words swapped",
}


def main() -> None:
    emotion, symptom = (
        json.loads(Path(path).read_text(encoding="utf-8"))["metrics"] for path in sys.argv[1:3]
    )
    plain = {name: name for name in symptom if name.count("/") == 1 or "said_as" in name}
    parts = {
        "emotion": summary(emotion, EMOTION),
        "emotion labels": by_label(
            emotion,
            data="goemotions",
            family="emotion",
            measures={
                "f1": "F1",
                "present_precision": "right when it says present",
                "present_recall": "found as present",
                "calibration_error": "calibration error",
            },
        ),
        "coverage": coverage(emotion),
        "symptom": summary(symptom, plain),
        "symptom labels": by_label(
            symptom,
            data="voiced_test",
            family="symptom",
            measures={
                "f1": "F1",
                "present_precision": "right when it says present",
                "present_recall": "found as present",
            },
        ),
    }
    card = CARD.read_text(encoding="utf-8")
    for name, text in parts.items():
        card = re.sub(
            rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)",
            lambda m, t=text: f"{m[1]}{t}\n{m[2]}",
            card,
            flags=re.S,
        )
    CARD.write_text(card, encoding="utf-8")


if __name__ == "__main__":
    main()
