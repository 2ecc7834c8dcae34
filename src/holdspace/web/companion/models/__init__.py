"""Columns and constraints of talks and skills."""

from holdspace.web.companion.models._consent import ModelConsent
from holdspace.web.companion.models._skill import SkillDone
from holdspace.web.companion.models._talk import StoredExchange, StoredTalk

__all__ = ["ModelConsent", "SkillDone", "StoredExchange", "StoredTalk"]
