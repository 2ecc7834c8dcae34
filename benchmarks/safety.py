"""`python -m benchmarks.safety`: what the gate costs, in time and memory, without further packages.

The one-core part runs in a process of its own that may use a single core: 60 English words after 20 turns, in
a talk that went on before, so that earlier turns were read when they were said. The words are those of the
held-out crisis messages; the session is the fictional demo practice's, as in `benchmarks.reading`.
"""

from __future__ import annotations

import json
import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.reading import UTTERANCES, conversation_of
from holdspace.analysis import read
from holdspace.analysis._network_reader import speakers_read
from holdspace.analysis.risk import read_risk
from holdspace.safety import Turn, assess
from holdspace.safety.gate import shared_model
from holdspace.safety.gate.rule_files import firing, rules

HELD_OUT = Path("corpora/crisis/f.jsonl")
ROUNDS = 200
WORDS = 60
TURNS = 20


def timed(work: Callable[[], object]) -> float:
    """Return milliseconds."""
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def show(name: str, times: list[float]) -> None:
    print(f"{name}: median {np.median(times):.1f} ms, 99th percentile {np.percentile(times, 99):.1f} ms")


def megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def on_one_core() -> None:
    """Time rules and gate with a single core."""
    os.sched_setaffinity(0, {0})
    items = [json.loads(line) for line in HELD_OUT.read_text(encoding="utf-8").splitlines()]
    texts = [item["text"] for item in items if "lang" not in item]
    rng = random.Random(1)
    messages = [" ".join(" ".join(rng.sample(texts, 8)).split()[:WORDS]) for _ in range(ROUNDS)]
    rules()
    show(f"rules alone, {WORDS} words, one core", [timed(lambda m=m: firing(m)) for m in messages])
    before = megabytes()
    print(f"first message, models loaded: {timed(lambda: assess('hello')):.0f} ms")
    assess("hallo, wie geht es dir")
    print(f"memory: {before:.0f} MB without the networks, {megabytes():.0f} MB with both")
    times = []
    for message in messages:
        talk = [Turn("companion" if n % 2 else "client", rng.choice(texts)[:160]) for n in range(TURNS)]
        for n in range(0, TURNS, 2):
            assess(talk[n].text, history=talk[:n])
        times.append(timed(lambda m=message, h=talk: assess(m, history=h)))
    show(f"gate, {WORDS} words after {TURNS} turns, one core", times)


def main() -> None:
    if sys.argv[1:] == ["one-core"]:
        on_one_core()
        return
    subprocess.run([sys.executable, "-m", "benchmarks.safety", "one-core"], check=True)
    session = conversation_of(UTTERANCES)
    read(conversation_of(10))  # loads the networks
    whole = timed(lambda: read(session)) / 1000
    shared_model.cache_clear()  # forgets what was said of each utterance
    names = {f"risk:{signal}" for rule in rules() for signal in rule.signals} | {"risk:hopelessness"}
    heard = speakers_read(session)
    risk = timed(lambda: list(read_risk(session, constructs=names, speakers=heard))) / 1000
    print(f"session of {UTTERANCES} utterances: {whole:.1f} s, of which risk {risk:.1f} s")


if __name__ == "__main__":
    main()
