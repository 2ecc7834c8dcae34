"""How people type when they can hardly type: slips, missing spaces, long letters, digits for letters."""

from __future__ import annotations

import random

_NEAR = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wqretyuoiosadfhgjkkxzvcbmn", strict=True))
_DIGIT = str.maketrans("aeiost", "4310$7")


def noisy(text: str, *, rng: random.Random) -> str:
    """Return `text` in another hand: other case, and now and then slips of the thumb."""
    draw = rng.random()
    if draw < 0.35:
        text = text.lower()
    elif draw < 0.42:
        text = text.upper()
    if rng.random() < 0.3:
        text = "".join(sign for sign in text if sign not in ".,'!?;:’")
    if rng.random() < 0.4:
        share = rng.choice((0.01, 0.03, 0.06))
        text = "".join(_slip(sign, rng) if rng.random() < share else sign for sign in text)
    if rng.random() < 0.06:
        text = " ".join(word.translate(_DIGIT) if rng.random() < 0.5 else word for word in text.split(" "))
    if rng.random() < 0.04:
        text = text.replace(" ", "")[:200]
    return text


def _slip(sign: str, rng: random.Random) -> str:
    lower = sign.lower()
    if sign == " ":
        return rng.choice(("", "  ", " "))
    if lower not in _NEAR:
        return sign
    return rng.choice(("", sign * 2, sign * 3, _NEAR[lower], lower))
