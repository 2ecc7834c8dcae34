"""Train the head that tells what a message is about: `python -m training.topic`.

A linear layer on the pooled output of the reading network's encoder and on words, on Stress Annotated
Dataset sentences (MIT) and Counsel Chat questions (MIT). Prints macro F1 over five folds, then
fits on everything and writes `src/holdspace/models/topic/head.npz`. `--expose` first makes the pooled output
of the network readable.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from importlib.resources import files
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from holdspace.models import Passage, ReadingNetwork, reading_package
from holdspace.models._network import POOLED, WIDTH
from holdspace.models._topic_head import BUCKETS, unit_length, word_buckets
from training import sources as reading
from training.crisis.sources import counsel_file

csv.field_size_limit(10**7)
POOLED_SCALE = 2.0  # of the pooled output beside the words
SAD = {
    "Work": "work", "School": "school", "Family": "family", "Financial Problem": "money",
    "Social Relationships": "friends", "Health, Fatigue, or Physical Pain": "health",
    "Emotional Turmoil": "feelings", "Everyday Decision Making": "decision", "Other": "everyday",
}  # fmt: skip
COUNSEL = {
    "depression": "low_mood", "anxiety": "anxiety", "stress": "anxiety", "relationships": "relationship",
    "intimacy": "relationship", "marriage": "relationship", "relationship-dissolution": "relationship",
    "parenting": "parenting", "children-adolescents": "parenting", "family-conflict": "family",
    "grief-and-loss": "grief", "trauma": "trauma", "domestic-violence": "trauma",
    "sleep-improvement": "sleep",
    "substance-abuse": "drinking", "addiction": "drinking", "self-esteem": "self_worth",
    "workplace-relationships": "work", "career-counseling": "work", "social-relationships": "friends",
    "anger-management": "anger", "eating-disorders": "eating", "lgbtq": "identity",
    "human-sexuality": "identity",
    "counseling-fundamentals": "therapy", "professional-ethics": "therapy", "legal-regulatory": "therapy",
    "behavioral-change": "feelings", "spirituality": "decision",
}  # fmt: skip


def expose(folder: Path) -> None:
    """Add the pooled output to the graph of the reading network; its weights stay as they are."""
    import onnx

    path = folder / "model.onnx"
    model = onnx.load(str(path))
    if all(output.name != POOLED for output in model.graph.output):
        model.graph.output.append(onnx.helper.make_tensor_value_info(POOLED, onnx.TensorProto.FLOAT, None))
        onnx.save(model, str(path))
    described = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    described["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (folder / "model.json").write_text(json.dumps(described, indent=1) + "\n", encoding="utf-8")


def examples(data: Path) -> tuple[list[str], list[str], list[str]]:
    """Return texts, topics and sources; of Counsel Chat each question once."""
    out = []
    for row in reading.rows(data / "ship/sad_stressors/sad_v1.csv.gz"):
        if row["top_label"] in SAD and row["is_stressor"] == "1":
            out.append((row["sentence"], SAD[row["top_label"]], "sad"))
    asked = {row["questionText"]: row["topic"] for row in reading.rows(counsel_file(data))}
    out += [
        (text[:600], COUNSEL[topic], "counsel") for text, topic in asked.items() if text and topic in COUNSEL
    ]
    texts, topics, kinds = zip(*out, strict=True)
    return list(texts), list(topics), list(kinds)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--expose", action="store_true")
    args = parser.parse_args()
    if args.expose:
        expose(Path(str(files("holdspace.models").joinpath("reading"))))
    texts, topics, kinds = examples(args.data)
    features = features_of(texts)
    folds = StratifiedKFold(5, shuffle=True, random_state=1)
    sad = np.array([kind == "sad" for kind in kinds])
    names = np.array(topics)
    found = cross_val_predict(head(), features[sad], names[sad], cv=folds)
    print(
        f"Stress Annotated Dataset, nine topics: macro F1 {f1_score(names[sad], found, average='macro'):.3f}"
    )
    probability = cross_val_predict(head(), features, names, cv=folds, method="predict_proba")
    known = np.unique(names)
    found = known[probability.argmax(1)]
    print(f"all {len(known)} topics: macro F1 {f1_score(names, found, average='macro'):.3f}, n {len(names)}")
    for cut in (0.4, 0.5, 0.6, 0.7, 0.8):
        sure = probability.max(1) >= cut
        print(f"from {cut}: {sure.mean():.2f} answered, {(found == names)[sure].mean():.2f} right")
    fitted = head().fit(features, names)
    folder = Path(str(files("holdspace.models").joinpath("topic")))
    folder.mkdir(exist_ok=True)
    np.savez_compressed(
        folder / "head.npz",
        pooled=(fitted.coef_[:, :WIDTH] * POOLED_SCALE).astype(np.float16),
        words=fitted.coef_[:, WIDTH:].astype(np.float16),
        bias=fitted.intercept_.astype(np.float32),
        topics=np.array(fitted.classes_),
    )


def head() -> LogisticRegression:
    return LogisticRegression(C=3.0, max_iter=2000)


def features_of(texts: list[str]) -> csr_matrix:
    """Return pooled output and words, each of about unit length, side by side."""
    pooled = unit_length(ReadingNetwork(reading_package()).pooled([Passage(text) for text in texts]))
    rows, columns, values = [], [], []
    for row, text in enumerate(texts):
        found = word_buckets(text)
        rows += [row] * len(found)
        columns += found
        values += [1 / np.sqrt(len(found))] * len(found)
    words = csr_matrix((values, (rows, columns)), shape=(len(texts), BUCKETS))
    return hstack([csr_matrix(POOLED_SCALE * pooled), words]).tocsr()


if __name__ == "__main__":
    main()
