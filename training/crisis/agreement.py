"""How far the two codings of `corpora/crisis` agree: `python -m training.crisis.agreement`.

Cohen's kappa (Cohen 1960) for the level, for each signal and for how it was said, over items that were coded
twice; and how many items have another level in the second coding.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from training.crisis.columns import SIGNALS
from training.crisis.sources import read_items

PARTS = (
    "",
    "twins",
    "talks",
    "dangers",
    "tongues",
    "wide",
    "asked",
)  # folders of files that have a second coding
FEWEST = 10  # items with a code in either coding, for its kappa to be printed


def kappa(first: list[object], second: list[object]) -> float:
    """Return Cohen's kappa; 1.0 when both codings are the same everywhere."""
    labels = sorted({str(value) for value in [*first, *second]})
    a = np.array([labels.index(str(value)) for value in first])
    b = np.array([labels.index(str(value)) for value in second])
    expected = sum((a == k).mean() * (b == k).mean() for k in range(len(labels)))
    return 1.0 if expected == 1 else float(((a == b).mean() - expected) / (1 - expected))


def has(item: dict[str, object], signal: str) -> bool:
    signals = item.get("signals", [])
    return isinstance(signals, list) and signal in signals


Coded = tuple[dict[str, object], dict[str, object]]


def pairs(folder: Path) -> dict[str, list[Coded]]:
    """Return (first, second) coding of every item that has both, by the name of its file."""
    out = {}
    for path in sorted((folder / "second").glob("*.jsonl")):
        places = (folder / part / path.name for part in PARTS)
        items = read_items(next(place for place in places if place.exists()))
        out[path.name] = [(items[int(str(second["n"]))], second) for second in read_items(path)]
    return out


def talk_levels(talks: Path, second: str) -> list[tuple[str, str]]:
    """Return (first, second) level of every line of talks that was coded twice."""
    rows = [line.split("\t") for line in (talks / f"second/{second}.tsv").read_text("utf-8").splitlines()]
    lines = {name: (talks / f"{name}.txt").read_text("utf-8").splitlines() for name, *_ in rows}
    return [(lines[name][int(number) - 1][0], level) for name, number, level in rows]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, default=Path("corpora/crisis"))
    parser.add_argument("--talks", type=Path, default=Path("corpora/talks"))
    args = parser.parse_args()
    for second in ("turning", "lives"):
        levels = talk_levels(args.talks, second)
        found = kappa([a for a, _ in levels], [b for _, b in levels])
        print(f"talks, {second}: {len(levels)} lines, level: kappa {found:.2f}")
    files = pairs(args.corpus)
    both = [pair for found in files.values() for pair in found]
    print(f"items coded twice: {len(both)}")
    level = [(a["level"], b["level"]) for a, b in both]
    print(f"level: kappa {kappa([x for x, _ in level], [y for _, y in level]):.2f}")
    print(f"another level: {sum(x != y for x, y in level)}; crisis against none: "
          f"{sum({x, y} == {'crisis', 'none'} for x, y in level)}")  # fmt: skip
    for name, default in (("subject", "self"), ("time", "now"), ("certainty", "stated")):
        coded = [found for found in files.values() if any(name in second for _, second in found)]
        values = [(a.get(name, default), b.get(name, default)) for found in coded for a, b in found]
        print(f"{name}: kappa {kappa([x for x, _ in values], [y for _, y in values]):.2f}")
    for signal in SIGNALS:
        found = [(has(a, signal), has(b, signal)) for a, b in both if "signals" in b]
        if sum(x or y for x, y in found) >= FEWEST:
            print(f"signal {signal}: kappa {kappa([x for x, _ in found], [y for _, y in found]):.2f}, "
                  f"n {sum(x or y for x, y in found)}")  # fmt: skip


if __name__ == "__main__":
    main()
