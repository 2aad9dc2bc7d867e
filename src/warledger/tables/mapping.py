"""Mappings: which column of a table is which slot of a claim, as data.

Enters: the TOML files of this package, or a file of the user's. Leaves: typed mappings. Does not belong here: rows.
"""

from __future__ import annotations

import functools
import hashlib
import tomllib
from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Literal

import msgspec

from warledger.errors import TableError
from warledger.model import KINDS, Actor


class Body(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whose word a row is."""

    name: str
    side: str | None = None


class FigureColumn(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    rename={"class_": "class"},
):
    """A column that holds a figure: the kind of its claim and what it sets otherwise than the row.

    `part` names a column that, where filled, tells that the row's model is only part of this figure. With `by_place`
    the cell holds several figures, a place each. `low` and `high` name columns that bound the figure, whose own number is
    then `detail.best`. `of` names the column that says whose the counted are. `zero_tells` is false where the table's
    maker writes 0 for what is not known.
    """

    column: str
    kind: str
    class_: str | None = None
    model: str | None = None
    part: str | None = None
    by_place: bool = False
    low: str | None = None
    high: str | None = None
    of: str | None = None
    zero_tells: bool = True


class Spot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Columns that name one place: its name, coordinates, and how exact these are.

    Coordinates count where `precision` holds one of `exact`; else they are those of some larger place's middle.
    """

    name: str
    lat: str
    lon: str
    precision: str
    exact: tuple[str, ...]


class Mapping(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to read one table; docs/tables.md says what each field is. `refused` says why it gives no claims."""

    name: str
    publisher: str
    required: tuple[str, ...]
    start: str
    end: str
    model: str | None = None
    models: str | None = None
    reference: str | None = None
    target: str | None = None
    launch_place: str | None = None
    whole: tuple[str, ...] = ()
    regions: dict[str, str] = {}
    speakers: dict[str, Body] = {}
    actor: Actor | None = None
    figure: tuple[FigureColumn, ...] = ()
    refused: str | None = None
    key: str | None = None
    updated: str | None = None
    date_form: str | None = None
    date_precision: str | None = None
    precisions: dict[str, Literal["day", "week", "month", "year"]] = {}
    spot: Spot | None = None
    without_figures: bool = False

    @property
    def version(self) -> str:
        """Sixteen hexadecimal digits over the mapping and the names of weapons: the version of the rules."""
        names = weapons(self.models) if self.models else {}
        return hashlib.sha256(msgspec.json.encode((self, names), order="sorted")).hexdigest()[:16]


class Weapon(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"class_": "class"}):
    """A weapon as a table names it."""

    class_: str
    model: str | None = None


def fitting(columns: Sequence[str], given: str | None = None) -> Mapping:
    """The mapping for a table with these columns, or that of the file or name `given`.

    Raises TableError where none fits, or the given one is not there, is no mapping, or asks for other columns.
    """
    if given:
        found = _given(given)
        if missing := [c for c in found.required if c not in columns]:
            raise TableError(
                f"mapping {found.name} asks for columns that the table lacks: {', '.join(missing)}"
            )
        return found
    fit = [m for m in known() if set(m.required) <= set(columns)]
    if not fit:
        names = ", ".join(m.name for m in known())
        raise TableError(
            f"no mapping fits a table with the columns {', '.join(columns[:8])}; give --mapping FILE ({names} are known)"
        )
    return max(fit, key=lambda m: len(m.required))


@functools.cache
def known() -> tuple[Mapping, ...]:
    """The mappings of this package, by name."""
    folder = resources.files("warledger.tables")
    files = sorted(
        f.name for f in folder.iterdir() if f.name.endswith(".toml") and f.name != "models.toml"
    )
    return tuple(
        _decoded(folder.joinpath(name).read_text(encoding="utf-8"), name) for name in files
    )


def _given(name: str) -> Mapping:
    for mapping in known():
        if mapping.name == name:
            return mapping
    try:
        return _decoded(Path(name).read_text(encoding="utf-8"), name)
    except (OSError, UnicodeDecodeError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise TableError(
            f"{name}: {reason}; name a mapping file or one of {', '.join(m.name for m in known())}"
        ) from None


def _decoded(text: str, name: str) -> Mapping:
    try:
        found = msgspec.convert(tomllib.loads(text), Mapping)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as problem:
        raise TableError(f"{name}: {problem}") from None
    if unknown := sorted({f.kind for f in found.figure} - KINDS):
        raise TableError(f"{name}: no such kind of claim: {', '.join(unknown)}")
    return found


@functools.cache
def weapons(name: str) -> dict[str, Weapon]:
    """The weapons of a file of names of this package."""
    text = resources.files("warledger.tables").joinpath(name).read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text)["weapon"], dict[str, Weapon])
