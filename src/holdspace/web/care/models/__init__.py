"""Columns and constraints of the care record."""

from holdspace.web.care.models._analysis import Analysis, State
from holdspace.web.care.models._client import Client
from holdspace.web.care.models._session import Session

__all__ = ["Analysis", "Client", "Session", "State"]
