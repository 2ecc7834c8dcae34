"""Crisis detectors by keyword from PyPI, to stand beside the gate (`requirements/bench.txt`)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec

Detector = Callable[[str], bool]


def peers() -> dict[str, Detector]:
    """Return the detectors that are installed, by package name; none is needed."""
    found: dict[str, Detector] = {}
    for name, module, made in (
        ("cogno-aegis", "cogno_aegis", _cogno_aegis),
        ("humane-proxy", "humane_proxy", _humane_proxy),
        ("mentalsaathi-ai", "mentalsaathi_ai", _mentalsaathi),
    ):
        if find_spec(module) is not None:
            with suppress(ImportError):  # one of them needs a language model's client merely to be imported
                found[name] = made()
    return found


def _cogno_aegis() -> Detector:
    rules = import_module("cogno_aegis.safety").DEFAULT_CRISIS_RULES
    logging.getLogger("cogno_aegis").setLevel(logging.CRITICAL)
    guard = import_module("cogno_aegis.input_guard").InputGuard(crisis_rules=rules)
    return lambda text: not guard.check_crisis(text).ok


def _humane_proxy() -> Detector:
    classify = import_module("humane_proxy.classifiers.heuristics").classify
    return lambda text: bool(classify(text)[0] == "self_harm")


def _mentalsaathi() -> Detector:
    check = import_module("mentalsaathi_ai.agent.crisis_keywords").quick_crisis_check
    return lambda text: check(text) is not None
