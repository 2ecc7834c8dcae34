"""Reading the catalogue's YAML files, strictly: an unknown, missing or ill-formed field is an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import yaml

from holdspace.constructs._construct import Construct, Measured, OperatingPoint, Source
from holdspace.constructs._errors import CatalogueError

ROLES = frozenset({"client", "therapist", "companion", "other"})
FAMILY_FIELDS = frozenset({"family", "source", "said_by", "scale", "limits", "constructs"})
CONSTRUCT_FIELDS = frozenset(
    {"name", "definition", "source", "said_by", "scale", "examples", "counter_examples", "limits"}
)
MEASURED_FIELDS = tuple(field.name for field in fields(Measured))


class _Loader(yaml.CSafeLoader):
    """Safe YAML in which a key given twice is an error; plain YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        if len(mapping) != len(node.value):
            raise yaml.constructor.ConstructorError(None, None, "a key is given twice", node.start_mark)
        return mapping


class _Entry:
    """One mapping of a file, with its place for the errors."""

    def __init__(self, mapping: object, *, file: str, construct: str = "", prefix: str = "") -> None:
        self.file, self.construct, self.prefix = file, construct, prefix
        if not isinstance(mapping, dict):
            raise self.error("must be a mapping of fields.")
        self.mapping: dict[Any, Any] = mapping

    def error(self, problem: str, *, field: str = "") -> CatalogueError:
        where = ".".join(part for part in (self.prefix, field) if part)
        return CatalogueError(file=self.file, construct=self.construct, field=where, problem=problem)

    def only(self, known: frozenset[str]) -> None:
        if unknown := sorted(str(key) for key in self.mapping if key not in known):
            raise self.error(f"is not a field. Known fields: {', '.join(sorted(known))}.", field=unknown[0])

    def entry(self, field: str) -> _Entry:
        prefix = ".".join(part for part in (self.prefix, field) if part)
        return _Entry(self.mapping.get(field), file=self.file, construct=self.construct, prefix=prefix)

    def text(self, field: str, *, default: str | None = None) -> str:
        value = self.mapping.get(field, default)
        if not isinstance(value, str) or (not value.strip() and default is None):
            raise self.error("must be text (quote words such as No, and numbers).", field=field)
        return " ".join(value.split())

    def texts(self, field: str) -> tuple[str, ...]:
        value = self.mapping.get(field, [])
        if not isinstance(value, list) or not all(isinstance(item, str) and item.strip() for item in value):
            raise self.error("must be a list of texts (quote words such as No, and numbers).", field=field)
        return tuple(" ".join(item.split()) for item in value)

    def number(self, field: str, *, most: float = 1.0) -> float:
        value = self.mapping.get(field)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= most:
            raise self.error(f"must be a number from 0 to {most:g}.", field=field)
        return float(value)


def read_family(file: Path) -> tuple[Construct, ...]:
    """Return the constructs of one family file, with its figures. Raises: CatalogueError, OSError."""
    family = _Entry(_parse(file, name=file.name), file=file.name)
    family.only(FAMILY_FIELDS)
    if family.text("family") != file.stem:
        raise family.error(f"must be {file.stem!r}, the name of the file.", field="family")
    figures = _read_figures(file.parent / "measured" / file.name)
    constructs = family.entry("constructs").mapping
    if not constructs:
        raise family.error("must name at least one construct.", field="constructs")
    read = tuple(
        _construct(_Entry(mapping, file=file.name, construct=str(name)), family=family, figures=figures)
        for name, mapping in constructs.items()
    )
    if unknown := sorted(set(figures) - {construct.id for construct in read}):
        raise CatalogueError(
            file=f"measured/{file.name}", construct=unknown[0], problem="is not a construct of this family."
        )
    return read


def _parse(file: Path, *, name: str) -> object:
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 -- _Loader is a safe one
    except yaml.MarkedYAMLError as exc:
        line = exc.problem_mark.line + 1 if exc.problem_mark else 0
        raise CatalogueError(file=name, problem=f"line {line} is not valid YAML: {exc.problem}.") from exc
    except (yaml.YAMLError, UnicodeDecodeError) as exc:
        raise CatalogueError(file=name, problem="is not YAML in UTF-8.") from exc


def _construct(own: _Entry, *, family: _Entry, figures: Mapping[str, _Entry]) -> Construct:
    own.only(CONSTRUCT_FIELDS)
    if not own.construct.replace("_", "a").isalpha() or own.construct != own.construct.lower():
        raise own.error("must be a name in small letters and underscores.")
    construct_id = f"{family.mapping['family']}:{own.construct}"
    figure = figures.get(construct_id)
    return Construct(
        id=construct_id,
        family=family.text("family"),
        name=own.text("name"),
        definition=own.text("definition"),
        source=_source(own if "source" in own.mapping else family),
        said_by=_roles(own if "said_by" in own.mapping else family),
        scale=(own if "scale" in own.mapping else family).text("scale"),
        examples=own.texts("examples"),
        counter_examples=own.texts("counter_examples"),
        limits=own.texts("limits") + family.texts("limits"),
        operating_point=_operating_point(figure) if figure else None,
        measured=_measured(figure) if figure else None,
    )


def _source(holder: _Entry) -> Source:
    source = holder.entry("source")
    source.only(frozenset({"citation", "url"}))
    url = source.text("url", default="")
    if url and not url.startswith("https://"):
        raise source.error("must be an https address.", field="url")
    return Source(citation=source.text("citation"), url=url)


def _roles(holder: _Entry) -> tuple[str, ...]:
    roles = holder.texts("said_by")
    if not roles or set(roles) - ROLES:
        raise holder.error(f"must list roles out of {', '.join(sorted(ROLES))}.", field="said_by")
    return roles


def _read_figures(file: Path) -> dict[str, _Entry]:
    """Return the figures by construct id; {} when nothing was measured yet. Other top-level keys are free."""
    if not file.exists():
        return {}
    name = f"measured/{file.name}"
    constructs = _Entry(_parse(file, name=name), file=name).entry("constructs").mapping
    return {str(key): _Entry(value, file=name, construct=str(key)) for key, value in constructs.items()}


def _operating_point(figure: _Entry) -> OperatingPoint | None:
    figure.only(frozenset({"operating_point", "measured"}))
    if "operating_point" not in figure.mapping:
        return None
    point = figure.entry("operating_point")
    point.only(frozenset({"present", "unsure"}))
    present, unsure = point.number("present"), point.number("unsure")
    if unsure > present:
        raise point.error("must not lie above `present`.", field="unsure")
    return OperatingPoint(present=present, unsure=unsure)


def _measured(figure: _Entry) -> Measured | None:
    if "measured" not in figure.mapping:
        return None
    entry = figure.entry("measured")
    entry.only(frozenset(MEASURED_FIELDS))
    shares = {name: entry.number(name) for name in MEASURED_FIELDS if name not in {"data", "support"}}
    for name in ("precision", "recall"):
        if shares[f"{name}_low"] > shares[f"{name}_high"]:
            raise entry.error(f"must not lie above {name}_high.", field=f"{name}_low")
    support = entry.number("support", most=1e12)
    if support != int(support):
        raise entry.error("must be a whole number.", field="support")
    return Measured(data=entry.text("data"), support=int(support), **shares)
