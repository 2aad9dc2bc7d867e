"""From a table's row to a report and its claims.

Enters: a row and a mapping. Leaves: a `TableRow`, or a `BadRow` with the reason. Does not belong here: files (`cells`),
the ledger.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator, Sequence
from math import isfinite

import msgspec

from warledger.model import (
    TABLE_ROW,
    Claim,
    Evidence,
    Item,
    Number,
    Place,
    Quantity,
    Report,
    Speaker,
    canonical_json,
)
from warledger.tables.cells import Row
from warledger.tables.mapping import FigureColumn, Mapping, Spot, Weapon, weapons
from warledger.tables.moments import Wrong, changed, period

_KEY = re.compile(r"[\w.:-]{1,64}")
_AND = re.compile(r"\s+and\s+")
_NAN = re.compile(r"\bnan\b", re.IGNORECASE)


class TableRow(msgspec.Struct, frozen=True):
    """A row as it will be recorded; `updated` is when the table's maker says that it was last changed."""

    line: int
    report: Report
    claims: tuple[Claim, ...]
    original: bytes
    updated: str | None = None


class BadRow(msgspec.Struct, frozen=True):
    """A row that cannot be recorded, and why."""

    line: int
    reason: str


def read(row: Row, mapping: Mapping) -> TableRow | BadRow:
    """The report and claims of a row. The report's text has a line a filled cell, `column: value`, values exact.

    The id derives from the mapping's name and the cells, so that the same row is the same report wherever it stands; in
    a table whose maker gives each row an id of its own it is that, so that a row changed later is a version.
    """
    text = "".join(f"{column}: {value}\n" for column, value in row.cells.items())
    try:
        name = _name(row, mapping)
        updated = changed(row.cells, mapping)
    except Wrong as problem:
        return BadRow(row.line, str(problem))
    report = Report(
        id=f"{TABLE_ROW}{mapping.name}/{name}",
        text=text,
        publisher=mapping.publisher,
        title=f"{mapping.name}, {row.cells.get(mapping.start, '')}",
    )
    try:
        return TableRow(
            row.line, report, tuple(_claims(row, mapping, report)), row.original, updated
        )
    except Wrong as problem:
        return BadRow(row.line, str(problem))


def _name(row: Row, mapping: Mapping) -> str:
    if mapping.key is None:
        return hashlib.sha256(canonical_json((mapping.name, row.cells))).hexdigest()[:16]
    own = row.cells.get(mapping.key, "")
    if not _KEY.fullmatch(own):
        raise Wrong(f"{mapping.key} is no id: {own!r}")
    return own


def _claims(row: Row, mapping: Mapping, report: Report) -> Iterator[Claim]:
    cells = row.cells
    if missing := [c for c in (mapping.start, mapping.end, mapping.model) if c and c not in cells]:
        raise Wrong(f"{missing[0]} is empty")
    time, weapon = period(cells, mapping), _weapon(cells, mapping)
    seen = False
    for column in mapping.figure:
        for places, number in _figures(cells, column, mapping):
            seen = True
            if number == 0 and not column.zero_tells:
                continue
            quantity, best = _quantity(cells, column, number)
            yield Claim(
                report=report.id,
                kind=column.kind,
                item=_item(cells, mapping, column, weapon),
                quantity=quantity,
                places=places,
                actor=mapping.actor,
                speaker=_speaker(cells, mapping),
                time=time,
                detail=_detail(cells, mapping, column, report) | best,
                evidence=_evidence(
                    report.text,
                    cells,
                    (
                        column.column,
                        column.low,
                        column.high,
                        column.of,
                        mapping.model,
                        mapping.reference,
                    ),
                ),
                rule=f"table/{mapping.name}/{column.column}",
            )
    if not seen and not mapping.without_figures:
        raise Wrong("no figure in any of its columns")


def _figures(
    cells: dict[str, str], column: FigureColumn, mapping: Mapping
) -> Iterator[tuple[tuple[Place, ...], Number]]:
    value = cells.get(column.column)
    if value is None:
        return
    if not column.by_place:
        yield _places(cells, mapping), _number(column.column, value)
        return
    try:
        parts = ast.literal_eval(_NAN.sub("None", value))
        pairs = list(parts.items())
    except (ValueError, SyntaxError, AttributeError, MemoryError, RecursionError):
        raise Wrong(f"{column.column} is no list of places with numbers: {value!r}") from None
    for name, number in pairs:
        if number is not None:
            yield (Place(str(name).title(), str(name)),), _number(column.column, str(number))


def _quantity(
    cells: dict[str, str], column: FigureColumn, number: Number
) -> tuple[Quantity, dict[str, object]]:
    """The figure, and `best` for the detail where the table bounds it on both sides."""
    if column.low is None or column.high is None:
        return Quantity(number, number, "exact"), {}
    low, high = (_number(name, cells.get(name, "")) for name in (column.low, column.high))
    if not low <= number <= high:
        raise Wrong(f"{column.column}, {number}, does not lie between {low} and {high}")
    return Quantity(low, high, "exact" if low == high else "range"), {"best": number}


def _number(column: str, value: str) -> Number:
    try:
        number = float(value)
    except ValueError:
        raise Wrong(f"{column} is no number: {value!r}") from None
    if not isfinite(number) or number < 0:
        raise Wrong(f"{column} cannot be {value}")
    return int(number) if number.is_integer() else number


def _weapon(cells: dict[str, str], mapping: Mapping) -> Weapon | None:
    if mapping.model is None or mapping.models is None:
        return None
    names, words = weapons(mapping.models), cells[mapping.model]
    parts = [words] if words in names else _AND.split(words)
    if unknown := [p for p in parts if p not in names]:
        raise Wrong(f"{unknown[0]!r} is a weapon that {mapping.models} does not name")
    found = [names[p] for p in parts]
    classes = {w.class_ for w in found}
    models = [w.model for w in found if w.model]
    return Weapon(
        classes.pop() if len(classes) == 1 else "any",
        "/".join(dict.fromkeys(models)) if len(models) == len(found) else None,
    )


def _item(
    cells: dict[str, str], mapping: Mapping, column: FigureColumn, weapon: Weapon | None
) -> Item:
    if weapon is None:
        return Item(column.class_, column.model, cells.get(column.of or ""))
    words = cells[mapping.model] if mapping.model else None
    mixed = column.class_ is not None or (column.part is not None and column.part in cells)
    model = column.model or (None if mixed else weapon.model)
    return Item(column.class_ or weapon.class_, model, None if mixed else words)


def _places(cells: dict[str, str], mapping: Mapping) -> tuple[Place, ...]:
    """Where the row is told of; a whole country is no place. Of "X oblast, Y Raion" the narrower."""
    if mapping.spot is not None:
        return _at(cells, mapping.spot)
    value = cells.get(mapping.target or "")
    if not value:
        return ()
    found = []
    for part in _AND.split(value):
        name = part.rsplit(", ", 1)[-1]
        if part in mapping.whole or name in mapping.whole:
            continue
        named = mapping.regions.get(name) or name.replace(" oblast", " Oblast").replace(
            " raion", " Raion"
        )
        found.append(Place(named, part))
    return tuple(dict.fromkeys(found))


def _at(cells: dict[str, str], spot: Spot) -> tuple[Place, ...]:
    """The one place of a row; coordinates that are off the globe make the row a bad one."""
    name = cells.get(spot.name)
    if name is None:
        return ()
    where = [_coordinate(cells.get(c), c, most) for c, most in ((spot.lat, 90), (spot.lon, 180))]
    if None in where or cells.get(spot.precision) not in spot.exact:
        where = [None, None]
    return (Place(name, name, None, where[0], where[1]),)


def _coordinate(value: str | None, column: str, most: int) -> float | None:
    try:
        degrees = None if value is None else float(value)
    except ValueError:
        raise Wrong(f"{column} is no number: {value!r}") from None
    if degrees is not None and not -most <= degrees <= most:
        raise Wrong(f"{column} cannot be {value}")
    return degrees


def _speaker(cells: dict[str, str], mapping: Mapping) -> Speaker:
    """The body that the reference names; nobody where the mapping does not know it."""
    reference = cells.get(mapping.reference or "", "")
    body = mapping.speakers.get(reference.split("/", 1)[0])
    return (
        Speaker(body.name, body.side, mapping.publisher)
        if body
        else Speaker(None, None, mapping.publisher)
    )


def _detail(
    cells: dict[str, str], mapping: Mapping, column: FigureColumn, report: Report
) -> dict[str, object]:
    """Which row of the table it is, the row's source reference, and where it was launched from."""
    detail: dict[str, object] = {"row": report.id.rsplit("/", 1)[-1]}
    if reference := cells.get(mapping.reference or ""):
        detail["source"] = reference
    if column.kind == "launched" and (places := cells.get(mapping.launch_place or "")):
        detail["from"] = _AND.split(places)
    return detail


def _evidence(
    text: str, cells: dict[str, str], columns: Sequence[str | None]
) -> tuple[Evidence, ...]:
    """The lines of these columns: the figure first, then what it is of, then the source reference."""
    spans, at = {}, 0
    for column, value in cells.items():
        line = f"{column}: {value}"
        spans[column] = Evidence(at, at + len(line), line)
        at += len(line) + 1
    return tuple(spans[c] for c in dict.fromkeys(columns) if c in spans)
