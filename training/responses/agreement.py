"""How far two readers agree on what to answer: `python -m training.responses.agreement`.

Readers name several answers; printed is how often the first one of one reader is among those of the other.
"""

from __future__ import annotations

from pathlib import Path

from training.responses.examples import GROUPS, read

TABLES = (("responses.tsv", GROUPS[:2]), ("moves.tsv", GROUPS[2:]))


def main() -> None:
    folder = Path("corpora/talks")
    for name, groups in TABLES:
        first, second = read(folder / name, groups), read(folder / "second" / name, groups)
        for group in groups:
            pairs = [(first[key][group], second[key][group]) for key in second if key in first]
            one = sum(a[0] in b for a, b in pairs) / len(pairs)
            other = sum(b[0] in a for a, b in pairs) / len(pairs)
            print(f"{group} n {len(pairs)}: {one:.2f} of one reader, {other:.2f} of the other")


if __name__ == "__main__":
    main()
