"""How far the two codings of themes agree: `python -m training.situation.agreement`.

Cohen's kappa (Cohen 1960) of the first theme, the share of lines whose codes have one in common, and the
share of points that have at least half of their words in common.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training.crisis.agreement import kappa

Row = tuple[str, str, str, str]  # themes, point, what was said before, message


def coded_lines(path: Path) -> list[Row]:
    """Return the coded lines of a file."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return [(themes, point, before, text) for themes, point, before, text in rows]


def shared_words(one: str, other: str) -> float:
    """Return the share of the words of both that are in both."""
    first, second = set(one.lower().split()), set(other.lower().split())
    return len(first & second) / len(first | second)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, default=Path("corpora/situations/en"))
    args = parser.parse_args()
    first = {row[2:]: row for row in coded_lines(args.corpus / "themed.tsv")}
    both = [(first[row[2:]], row) for row in coded_lines(args.corpus / "themed_second.tsv")]
    themes = [(a[0].split(","), b[0].split(",")) for a, b in both]
    agreed = kappa([a[0] for a, _ in themes], [b[0] for _, b in themes])
    common = sum(bool(set(a) & set(b)) for a, b in themes) / len(both)
    points = [shared_words(a[1], b[1]) for a, b in both if "-" not in (a[1], b[1])]
    alike = sum(share >= 0.5 for share in points) / len(points)
    print(
        f"{len(both)} lines: kappa {agreed:.2f}, one theme in common {common:.2f}, points alike {alike:.2f}"
    )


if __name__ == "__main__":
    main()
