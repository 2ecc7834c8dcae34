"""Plain names of needs and languages on the help pages."""

from __future__ import annotations

from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

NEED_NAMES = {
    "crisis": _("Somebody to talk to"),
    "suicide": _("Thoughts of suicide"),
    "self_harm": _("Self-harm"),
    "child": _("Children and young people"),
    "abuse": _("Violence or abuse"),
    "lgbtq": _("LGBTQ+ people"),
    "addiction": _("Alcohol, drugs, gambling"),
    "bereavement": _("Grief"),
    "eating": _("Eating"),
    "medical": _("Medical advice"),
    "perpetrator": _("Afraid of hurting somebody"),
    "psychosis": _("Voices or fears that others do not share"),
    "veterans": _("Veterans"),
    "students": _("Students"),
    "older": _("Older people"),
}


def language_name(code: str) -> str:
    """Return the language's own name; its code where Django does not know it."""
    try:
        return str(get_language_info(code)["name_local"]).capitalize()
    except KeyError:
        return code
