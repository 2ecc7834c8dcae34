"""How readers rated written sentences as answers: `python -m training.situation.rated`.

`corpora/situations/<language>/rated.jsonl`: a message after what the companion had said, and sentences that
could have answered it, each with its kind (echo: the person's own words said back; say; ask), where it is
from and a rating: 0 wrong here, 1 acceptable, 2 good. Prints the shares by kind and source, in English also
of sentences of what patterns told and of what the network was so sure of, and how two readers agree.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path

from sklearn.metrics import cohen_kappa_score

from holdspace.companion.situations import situations_in
from holdspace.models import shared_situation_reader

AT_LEAST = (0.3, 0.5, 0.7)  # probabilities
Item = dict[str, object]
Ratings = dict[tuple[str, ...], list[int]]


def read(path: Path) -> list[Item]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def sentences_of(item: Item) -> list[tuple[str, str, str, int]]:
    found = item["sentences"]
    return [tuple(one) for one in found] if isinstance(found, list) else []


def by_source(items: list[Item]) -> Ratings:
    """Return the ratings by kind and by what kind of source the sentences are from."""
    out: Ratings = defaultdict(list)
    for item in items:
        for kind, source, _, rating in sentences_of(item):
            out[kind, source.split(":")[0]].append(rating)
    return out


def by_sureness(items: list[Item]) -> Ratings:
    """Return the ratings of sentences of situations that patterns told, or the network at least so surely."""
    out: Ratings = defaultdict(list)
    reader = shared_situation_reader()
    for item in items:
        text, before = str(item["text"]), str(item["before"])
        told = reader.told(text, before=before)
        sure = {f"situation:{name}": share for name, share in told.situations}
        sure |= {f"theme:{name}": share for name, share in told.themes}
        sure |= {f"tone:{name}": share for name, share in told.tones}
        known = {f"situation:{one.id}" for one in situations_in(text, language="en")[:1]}
        for kind, source, _, rating in sentences_of(item):
            if source in known:
                out[kind, "situation", "told by patterns"].append(rating)
            for least in AT_LEAST:
                if sure.get(source, 0.0) >= least:
                    out[kind, source.split(":")[0], f"{least} sure"].append(rating)
    return out


def show(ratings: Ratings) -> None:
    for key, found in sorted(ratings.items()):
        shares = [sum(one >= least for one in found) / len(found) for least in (1, 2)]
        print(f"{' '.join(key)}: acceptable {shares[0]:.2f}, good {shares[1]:.2f} of {len(found)}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpora", type=Path, default=Path("corpora/situations"))
    args = parser.parse_args()
    english = read(args.corpora / "en/rated.jsonl")
    show(by_source(english))
    show(by_sureness(english))
    print("Spanish")
    show(by_source(read(args.corpora / "es/rated.jsonl")))
    first = {(str(item["text"]), str(item["before"])): sentences_of(item) for item in english}
    pairs = [
        (one[3], other[3])
        for item in read(args.corpora / "en/rated_second.jsonl")
        for one, other in zip(first[str(item["text"]), str(item["before"])], sentences_of(item), strict=True)
    ]
    kappa = cohen_kappa_score(*zip(*pairs, strict=True), weights="linear")
    print(f"rated twice: {len(pairs)}, kappa with linear weights {kappa:.2f}")


if __name__ == "__main__":
    main()
