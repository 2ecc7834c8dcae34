"""When the client has to be told that this is software: at the start, when asked, by the law profile."""

from __future__ import annotations

from datetime import datetime, timedelta

from holdspace.companion._talk import Card, Talk
from holdspace.companion.understand import Understanding
from holdspace.safety.law import duty

TEXT = {
    "en": "Holdspace is software, not a person. No person reads along. In danger, please use Help now.",
    "es": "Holdspace es un programa, no una persona. Nadie lee mientras escribes. "
    "Si hay peligro, usa Help now (ayuda ahora).",
    "fr": "Holdspace est un programme, pas une personne. Personne ne lit en même temps. "
    "En cas de danger, utilise Help now (aide maintenant).",
    "de": "Holdspace ist ein Programm, kein Mensch. Niemand liest mit. "
    "Bei Gefahr nutze bitte Help now (Hilfe jetzt).",
    "pt": "Holdspace é um programa, não uma pessoa. Ninguém lê enquanto você escreve. "
    "Em caso de perigo, use Help now (ajuda agora).",
    "it": "Holdspace è un programma, non una persona. Nessuno legge mentre scrivi. "
    "Se c'è pericolo, usa Help now (aiuto subito).",
}


def notice_card(talk: Talk, understood: Understanding, *, at: datetime) -> tuple[Card, ...]:
    """Return the notice when it is due, () otherwise. Said at the start whatever the law."""
    given = [e.at for e in talk.exchanges if any(card.kind == "notice" for card in e.reply.cards)]
    rule = duty("ai_notice")
    hours = rule.parameters.get("every_hours") if rule else None
    is_due = not given or (hours is not None and at - given[-1] >= timedelta(hours=float(str(hours))))
    if not is_due and "ask_ai" not in understood.acts:
        return ()
    return (Card("notice", TEXT.get(understood.language, TEXT["en"])),)
