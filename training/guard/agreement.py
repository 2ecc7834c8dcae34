"""How far the two codings of the held-out replies agree: `python -m training.guard.agreement`.

Cohen's kappa (Cohen 1960) for whether a reply breaks a rule, whether a sentence does, and for each rule.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from training.crisis.agreement import FEWEST, kappa
from training.crisis.columns import RULES
from training.guard.examples import read_items

Codes = list[list[str]]  # of each sentence of a reply


def pairs(folder: Path) -> list[tuple[Codes, Codes]]:
    """Return (first, second) coding of every reply that has both."""
    out = []
    for path in sorted((folder / "second").glob("*.jsonl")):
        items = read_items(folder / path.name)
        for second in read_items(path):
            reply, codes = items[int(str(second["n"]))]["reply"], second["rules"]
            if isinstance(reply, list) and isinstance(codes, list):
                out.append(([sentence["rules"] for sentence in reply], codes))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, default=Path("corpora/replies"))
    both = pairs(parser.parse_args().corpus)
    whole = [(any(first), any(second)) for first, second in both]
    print(f"replies coded twice: {len(both)}")
    print(f"breaks a rule: kappa {kappa([a for a, _ in whole], [b for _, b in whole]):.2f}, "
          f"coded otherwise {sum(a != b for a, b in whole)}")  # fmt: skip
    each = [(set(a), set(b)) for first, second in both for a, b in zip(first, second, strict=True)]
    told = kappa([bool(a) for a, _ in each], [bool(b) for _, b in each])
    print(f"sentences: {len(each)}, breaks a rule: kappa {told:.2f}")
    for rule in RULES:
        found = [(rule in a, rule in b) for a, b in each]
        if sum(a or b for a, b in found) >= FEWEST:
            print(f"{rule}: kappa {kappa([a for a, _ in found], [b for _, b in found]):.2f}, "
                  f"n {sum(a or b for a, b in found)}")  # fmt: skip


if __name__ == "__main__":
    main()
