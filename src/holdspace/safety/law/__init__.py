"""Law is configuration: which capabilities a place switches off, and which duties it sets."""

from holdspace.safety.law._profiles import (
    CAPABILITIES,
    DUTIES,
    ENVIRONMENT,
    FAMILY_CAPABILITY,
    LawProfile,
    LawRule,
    Permission,
    UnknownProfile,
    allowed,
    current_profile,
    duty,
    law_profile,
    profile_ids,
)

__all__ = [
    "CAPABILITIES",
    "DUTIES",
    "ENVIRONMENT",
    "FAMILY_CAPABILITY",
    "LawProfile",
    "LawRule",
    "Permission",
    "UnknownProfile",
    "allowed",
    "current_profile",
    "duty",
    "law_profile",
    "profile_ids",
]
