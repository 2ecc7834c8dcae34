"""Carries the person's own words over into a reply: the clause that matters most, in the second person."""

from holdspace.companion.carry_over._carried import Carried, carried, noun_phrases

__all__ = ["Carried", "carried", "noun_phrases"]
