"""Pick ordinary talk that an earlier network took for danger: `python -m training.crisis.mine --out FILE`.

Reads every line of `training.crisis.ordinary` with the networks in the package; of each source keeps the
`--hard` most alarming of those looked at and `--random` others, none of the quarter held for calibration.
"""

from __future__ import annotations

import argparse
import json
import random
from pathlib import Path

from holdspace.models import SafetyPassage, shared_safety_reader
from training.crisis.ordinary import Line, lines


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--read", type=int, default=6000, help="lines of a source that are looked at")
    parser.add_argument("--hard", type=int, default=500)
    parser.add_argument("--random", type=int, default=250)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    reader = shared_safety_reader()
    by_source: dict[str, list[Line]] = {}
    for line in lines(args.data):
        if not line.held:
            by_source.setdefault(line.source, []).append(line)
    rng = random.Random(1)
    with args.out.open("w", encoding="utf-8") as file:
        for source, known in by_source.items():
            read = rng.sample(known, min(args.read, len(known)))
            answers = reader.read([SafetyPassage(x.text[:1500], x.context[-800:]) for x in read])
            scores = [answer.probabilities["level:crisis"] for answer in answers]
            found = sorted(zip(scores, read, strict=True), key=lambda pair: -pair[0])
            rest = found[args.hard :]
            for score, line in [*found[: args.hard], *rng.sample(rest, min(args.random, len(rest)))]:
                file.write(
                    json.dumps(
                        {"source": source, "text": line.text, "context": line.context, "p": round(score, 4)},
                        ensure_ascii=False,
                    )
                    + "\n"
                )
            print(
                source, len(found), "read;", sum(score > 0.5 for score, _ in found), "above 0.5", flush=True
            )


if __name__ == "__main__":
    main()
