"""Puts a reply together from the written repertoire and the person's own words."""

from holdspace.companion.compose._compose import Composed, compose
from holdspace.companion.compose._repertoire import LANGUAGES, Repertoire, repertoire, spoken_a_little

__all__ = ["LANGUAGES", "Composed", "Repertoire", "compose", "repertoire", "spoken_a_little"]
