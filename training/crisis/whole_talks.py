"""Play whole talks through the companion: `python -m training.crisis.whole_talks FILE ...`.

Prints for each file of `corpora/talks` how many ordinary talks met a crisis reply or a question about danger,
and how many dangerous ones were answered by one of them by the line that its writer called a crisis.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from holdspace.evaluation._companion_data import Scenario
from holdspace.evaluation.companion import is_escalated, play
from holdspace.safety import RiskLevel
from training.crisis import talks


def show(path: Path) -> None:
    ordinary, dangerous = [], []
    for number, script in enumerate(talks.scripts(path)):
        said = tuple(message for _, message in script.lines)
        talk = play(Scenario(f"{path.stem}{number}", "other", said, country="GB"))
        alarms = [is_escalated(exchange.reply) for exchange in talk.exchanges]
        asked = [exchange.reply.level is not RiskLevel.NONE for exchange in talk.exchanges]
        if script.is_ordinary:
            ordinary.append((any(alarms), any(asked) and not any(alarms)))
            continue
        levels = [level for level, _ in script.lines]
        if RiskLevel.CRISIS in levels:
            by = levels.index(RiskLevel.CRISIS) + 1
            dangerous.append((any(alarms[:by]), any(asked[:by])))
    print(
        f"{path.stem}: of {len(ordinary)} ordinary talks {_share(ordinary, 0)} met a crisis reply, "
        f"{_share(ordinary, 1)} only a question; of {len(dangerous)} dangerous ones "
        f"{_share(dangerous, 0)} met one in time, {_share(dangerous, 1)} that or a question",
        flush=True,
    )


def _share(found: list[tuple[bool, bool]], place: int) -> str:
    return f"{sum(one[place] for one in found) / max(1, len(found)):.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("paths", nargs="+", type=Path)
    for path in parser.parse_args().paths:
        show(path)


if __name__ == "__main__":
    main()
