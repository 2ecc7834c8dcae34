"""Carries the person's own words over into a reply: the clause that matters most, in the second person."""

from holdspace.companion.carry_over._carried import carried, noun_phrases
from holdspace.companion.carry_over._kind import kinds
from holdspace.companion.carry_over._said import Carried

__all__ = ["Carried", "carried", "kinds", "noun_phrases"]
