"""In which language danger is answered: the message's own where there are texts in it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from holdspace.models import english_share
from holdspace.safety.crisis_reply._reply import languages
from holdspace.safety.guard import language

SURE = 0.8  # of the languages that there are texts in
LONGEST = 2000


def language_for(message: str, *, fired: Sequence[str] = (), before: str = "en") -> str:
    """Return the ISO 639-1 code of the language to answer in.

    Args: fired: what the gate named, for its rules know their language; before: of the talk so far, for
          messages too short to tell.
    """
    known = languages()
    by_rule = (name.removeprefix("rule:").split(".")[0] for name in fired if name.startswith("rule:"))
    found = next((code for code in by_rule if code in known and code != "en"), "")
    if found:
        return found
    sure = language(message[:LONGEST])
    if sure:
        return sure if sure in known else "en"
    if english_share(message) == 0:
        code, probability = _identifier().classify(message[:LONGEST])
        if probability >= SURE:
            return str(code)
    return before if before in known else "en"


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    found = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    found.set_languages(list(languages()))
    return found
