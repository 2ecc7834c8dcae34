"""How well can our text be told from real text: `python -m training.crisis.realism`.

A classifier on character 1-5-grams (logistic regression, five-fold) tells the English messages of
`corpora/crisis` from real ones of the same length: self-harm posts of the OpenAI moderation set (eval, read
here only to be compared with), questions of Counsel Chat and comments of GoEmotions. 0.5 is not at all, 1 is
always. Texts are cut to the same lengths so that length says nothing.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import cross_val_predict
from sklearn.pipeline import make_pipeline

from training import sources as reading
from training.crisis.sources import read_items


def matched(ours: list[str], real: list[str], *, rng: random.Random) -> tuple[list[str], list[str]]:
    """Return as many of each, cut pairwise to the same number of words."""
    count = min(len(ours), len(real), 600)
    pairs = zip(rng.sample(ours, count), rng.sample(real, count), strict=True)
    cut = [(a.split(), b.split()) for a, b in pairs]
    sizes = [min(len(a), len(b), 60) for a, b in cut]
    return (
        [" ".join(a[:n]) for (a, _), n in zip(cut, sizes, strict=True)],
        [" ".join(b[:n]) for (_, b), n in zip(cut, sizes, strict=True)],
    )


def told_apart(ours: list[str], real: list[str]) -> float:
    """Return the area under the ROC curve of telling ours from real, five-fold."""
    texts, gold = [*ours, *real], np.array([1] * len(ours) + [0] * len(real))
    model = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 5), min_df=2, sublinear_tf=True),
        LogisticRegression(max_iter=2000),
    )
    return float(
        roc_auc_score(gold, cross_val_predict(model, texts, gold, cv=5, method="predict_proba")[:, 1])
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--corpus", type=Path, default=Path("corpora/crisis"))
    args = parser.parse_args()
    rng = random.Random(1)
    items = [item for path in sorted(args.corpus.glob("*.jsonl")) for item in read_items(path)]
    english = [item for item in items if item.get("lang", "en") == "en"]
    crisis = [str(item["text"]) for item in english if item["level"] != "none"]
    calm = [str(item["text"]) for item in english if item["level"] == "none"]
    path = args.data / "eval/safety/openai-moderation/samples-1680.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        posts = [item["prompt"] for item in map(json.loads, lines) if item.get("SH")]
    chat = reading.rows(args.data / "ship/counsel_chat/counsel_chat_20200325_deid.csv.gz")
    questions = sorted({row["questionText"] for row in chat if row["questionText"]})
    comments = [example.text for example in reading.goemotions(args.data, "train", rng=rng)]
    for name, ours, real in (
        ("crisis against real self-harm posts", crisis, posts),
        ("crisis and concern against real questions to counsellors", crisis, questions),
        ("none against real comments", calm, comments),
        ("real questions against real comments, to compare", questions, comments),
    ):
        a, b = matched(ours, real, rng=rng)
        print(f"{name}: AUC {told_apart(a, b):.3f} (n {len(a)} each)")


if __name__ == "__main__":
    main()
