"""`holdspace chat`: a talk in the terminal, or a file of scripts played from outside."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from holdspace.cli._failure import told
from holdspace.cli.json_lines import items_of

if TYPE_CHECKING:
    from holdspace.companion import Reply, Talk, Voice
    from holdspace.safety.help import Country

SCRIPTS_AT = "2026-01-05T15:00"


def chat_command(
    script: Annotated[
        Path | None,
        typer.Option(help='Lines of {"id", "turns": [...], "country"} to play; - for standard input.'),
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--json", help="Where to write the lines with the replies.")
    ] = None,
    country: Annotated[str, typer.Option(help="ISO 3166 code, for help lines.")] = "",
    seed: Annotated[str, typer.Option(help="The same seed gives the same words.")] = "0",
    at: Annotated[
        str,
        typer.Option(
            help="Local time, such as 2026-01-31T03:10; by default now, of scripts a Monday afternoon, "
            "so that they are answered the same at any hour."
        ),
    ] = "",
    consent: Annotated[
        bool, typer.Option(help="Let words, without names, go to a model on another machine.")
    ] = False,
    resume: Annotated[Path | None, typer.Option(help="Keep the talk in this file and go on from it.")] = None,
) -> None:
    """Talk with the companion here, or play a script and write what is answered."""
    from holdspace.safety import allowed

    permission = allowed("client_companion")
    if not permission:
        typer.echo(
            f"Switched off by the law profile: {permission.rule.says if permission.rule else ''}", err=True
        )
        raise typer.Exit(1)
    if script is not None:
        _play(script, out, country=country, seed=seed, at=at or SCRIPTS_AT, consent=consent)
    else:
        _talk(country=country, seed=seed, at=at, kept=resume, consent=consent)


@lru_cache(maxsize=1)
def _voice() -> Voice:
    """Return the voice of the settings, its model loaded."""
    from holdspace.companion import Generated, speaker_of
    from holdspace.generation import GenerationError

    with told(GenerationError):
        voice = speaker_of()
    if isinstance(voice, Generated):
        voice.warm()
    return voice


def _play(script: Path, out: Path | None, *, country: str, seed: str, at: str, consent: bool) -> None:
    from holdspace.safety import take_time

    take_time()
    target = out.open("w", encoding="utf-8") if out else None
    try:
        for number, item in items_of(script):
            turns = item.get("turns") if isinstance(item, dict) else None
            if not isinstance(turns, list):
                typer.echo(f"{script}: line {number} has no list of turns.", err=True)
                raise typer.Exit(1)
            played = played_script(item, country=country, seed=seed, at=_time(at), consent=consent)
            line = json.dumps(played, ensure_ascii=False)
            if target:
                target.write(line + "\n")
                target.flush()
            else:
                typer.echo(line)
    finally:
        if target:
            target.close()


def played_script(
    item: dict[str, Any], *, country: str, seed: str, at: datetime, consent: bool = False
) -> dict[str, Any]:
    """Return a script with the companion's replies; its own `country` and `at` count before those given."""
    from holdspace.companion import Person, Talk, answer

    own = str(item.get("country") or country or "")
    person = Person(country=_country(own), lets_words_leave=consent)
    when = _time(str(item["at"])) if item.get("at") else at
    voice = _voice()
    talk = Talk(seed=f"{seed}/{item.get('id', '')}")
    turns = []
    for said in item["turns"]:
        message = _words_of(said)
        began = time.perf_counter()
        reply = answer(message, talk=talk, at=when, person=person, voice=voice)
        took = 1000 * (time.perf_counter() - began)
        talk = talk.then(message, reply, at=when)
        turns.append({"client": message, **_as_json(reply), "ms": round(took, 1)})
    return {"id": item.get("id"), "turns": turns}


def _words_of(said: object) -> str:
    """Return the words of a turn: a string, or an object that has them in text, content or client."""
    if isinstance(said, dict):
        return next((str(said[key]) for key in ("text", "content", "client") if said.get(key)), "")
    return "" if said is None else str(said)


def _as_json(reply: Reply) -> dict[str, Any]:
    return {
        "reply": reply.text,
        "cards": [{"kind": card.kind, "text": card.text} for card in reply.cards],
        "level": reply.level.value,
        "strategy": reply.strategy,
        "guard": list(reply.guard),
        "speaker": reply.spoken_by.value,
    }


def _time(at: str) -> datetime:
    if not at:
        return datetime.now().astimezone()
    try:
        return datetime.fromisoformat(at).replace(tzinfo=UTC)
    except ValueError:
        typer.echo(f"{at!r} is not a time such as 2026-01-31T03:10.", err=True)
        raise typer.Exit(1) from None


def _country(code: str) -> Country | None:
    from holdspace.safety.help import UnknownCountry
    from holdspace.safety.help import country as country_of

    if not code:
        return None
    try:
        return country_of(code)
    except UnknownCountry:
        return None


def _talk(*, country: str, seed: str, at: str, kept: Path | None, consent: bool) -> None:
    from rich.console import Console

    from holdspace.companion import Person, answer

    console = Console(highlight=False, markup=False)
    talk = _kept(kept, seed=seed)
    person = Person(country=_country(country), lets_words_leave=consent)
    console.print("Holdspace is software, not a person. Leave with Ctrl+D.", style="dim")
    for exchange in talk.exchanges:
        console.print(f"> {exchange.client}")
        _show(console, exchange.reply)
    voice = _voice()
    while True:
        try:
            message = console.input("> ")
        except (EOFError, KeyboardInterrupt):
            console.print()
            return
        now = _time(at)
        reply = answer(message, talk=talk, at=now, person=person, voice=voice)
        talk = talk.then(message, reply, at=now)
        if kept is not None:
            _keep(kept, talk)
        _show(console, reply)


def _show(console: Any, reply: Reply) -> None:
    for sentence in reply.sentences:
        console.print(sentence, style="magenta", end=" ")
    console.print()
    for card in reply.cards:
        console.print(
            f"  [{_LABEL.get(card.kind, card.kind)}] {card.text}",
            style="bold" if card.kind == "crisis" else "dim",
        )


_LABEL = {"crisis": "help now", "resources": "help", "skill": "exercise", "notice": "note"}


def _kept(path: Path | None, *, seed: str) -> Talk:
    from holdspace.companion import Exchange, Talk, reply_from_dict

    if path is None or not path.exists():
        return Talk(seed=seed)
    try:
        stored = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        exchanges = tuple(
            Exchange(item["client"], reply_from_dict(item["reply"]), datetime.fromisoformat(item["at"]))
            for item in stored
        )
    except (OSError, ValueError, KeyError, TypeError):
        typer.echo(f"{path} is not a talk that was kept with --resume. It was left as it is.", err=True)
        raise typer.Exit(1) from None
    return Talk(exchanges, seed, exchanges[0].at if exchanges else None)


def _keep(path: Path, talk: Talk) -> None:
    """Append the last exchange; the file is for its owner alone."""
    last = talk.exchanges[-1]
    line = {"client": last.client, "reply": last.reply.to_dict(), "at": last.at.isoformat()}
    path.touch(mode=0o600)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line, ensure_ascii=False) + "\n")
