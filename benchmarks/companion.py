"""How fast the companion is: `python -m benchmarks.companion`.

Prints the composed reply after 100 exchanges (200 turns) on one core, and 50 talks at once on two cores.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

LINES = (
    "my boss shouted at me again today and i just stood there",
    "i cant sleep, it goes round and round in my head",
    "my sister says i should move but i cant afford it",
    "i dont know, its all a bit much",
    "we had a fight about money last night",
)
AT = datetime(2026, 3, 4, 20, 15, tzinfo=UTC)


def talk_of(count: int, *, seed: str):  # type: ignore[no-untyped-def]  # -- imported late, after cores are set
    from holdspace.companion import Talk, answer

    talk = Talk(seed=seed)
    for number in range(count):
        message = f"{LINES[number % 5]} ({number})"
        talk = talk.then(message, answer(message, talk=talk, at=AT), at=AT)
    return talk


def one_core() -> None:
    """Print the 50th and 95th percentile in milliseconds of a reply with 200 turns behind it."""
    from holdspace.companion import answer

    os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[0]})
    talk = talk_of(100, seed="one")
    answer("hello", talk=talk, at=AT)
    took = []
    for number in range(60):
        began = time.perf_counter()
        reply = answer(f"{LINES[number % 5]}, {number}", talk=talk, at=AT)
        took.append(1000 * (time.perf_counter() - began))
        talk = talk.then(f"{LINES[number % 5]}, {number}", reply, at=AT)
    cuts = statistics.quantiles(took, n=20)
    print(f"reply after 200 turns, one core: median {cuts[9]:.0f} ms, 95th percentile {cuts[18]:.0f} ms")


def fifty() -> None:
    """Print the same for 50 talks at once."""
    from holdspace.companion import answer

    talks = [talk_of(5, seed=str(number)) for number in range(50)]
    answer("hello", talk=talks[0], at=AT)

    def ask(number: int) -> float:
        began = time.perf_counter()
        answer(f"{LINES[number % 5]}, {number}", talk=talks[number], at=AT)
        return 1000 * (time.perf_counter() - began)

    with ThreadPoolExecutor(50) as pool:
        took = sorted(pool.map(ask, range(50)))
    cuts = statistics.quantiles(took, n=20)
    print(f"50 talks at once: median {cuts[9]:.0f} ms, 95th percentile {cuts[18]:.0f} ms")


def main() -> None:
    if len(sys.argv) > 1:
        {"one_core": one_core, "fifty": fifty}[sys.argv[1]]()
        return
    for part in ("one_core", "fifty"):
        subprocess.run([sys.executable, "-m", "benchmarks.companion", part], check=True)


if __name__ == "__main__":
    main()
