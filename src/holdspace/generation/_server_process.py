"""The program that runs a model file; `_local` starts it as a process of its own.

A process, not a thread: loading holds Python's lock for seconds, and a fault in the native code ends its
process. Neither may touch the one that does the crisis check. It imports nothing of Holdspace.

It reads one line of JSON from standard input, answers with one line on standard output (the address, or
nothing if the file cannot be run) and ends when standard input does: it never outlives who started it.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module
from typing import Any

BATCH_TOKENS = 64  # small, for between batches it notices that nobody waits for the reply any more
CACHE_MIB = 256
SILENT = -1


def main() -> None:
    """Serve the model that standard input names until standard input ends."""
    told = json.loads(sys.stdin.readline())
    answer = os.fdopen(os.dup(1), "w", encoding="utf-8")
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 -- no pathlib: this process starts fast
        os.dup2(nowhere.fileno(), 1)  # no line of the native code may reach a log: it could hold a prompt
        os.dup2(nowhere.fileno(), 2)
    server = _serve(told)
    answer.write(f"{server.listening_address}\n")
    answer.close()
    sys.stdin.read()
    os._exit(0)  # without the native shut-down, which would wait for a reply under way


def _serve(told: dict[str, Any]) -> Any:
    xllamacpp = import_module("xllamacpp")  # an extra: type checks must pass without it
    params = xllamacpp.CommonParams()
    params.model.path = told["path"]
    params.n_ctx = told["context"]
    params.cpuparams.n_threads = params.cpuparams_batch.n_threads = told["threads"]
    params.n_parallel = 1
    params.n_batch = params.n_ubatch = BATCH_TOKENS
    params.cache_ram_mib = CACHE_MIB
    params.no_extra_bufts = True  # weights stay in the mapped file: loads in a quarter of the time
    params.enable_reasoning = 0  # words for a person; thinking aloud does not fit into the time
    params.hostnames = ["127.0.0.1"]
    params.port = 0  # any free one
    params.api_keys = [told["key"]]
    params.cors_origins = ""
    params.offline = True
    params.ui = params.endpoint_slots = params.endpoint_props = params.endpoint_metrics = False
    params.verbosity = SILENT
    return xllamacpp.Server(params)


if __name__ == "__main__":
    main()
