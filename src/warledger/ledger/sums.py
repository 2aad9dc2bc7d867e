"""What is summed over the shelf's claims, so that a page reads a few rows and not every claim.

Enters: a connection, the sources that something new is said of, the days that they tell of. Leaves: rows of sums; for
whoever verifies, the first table whose sums are not those of the claims. Does not belong here: the claims' own rows
(`shelf`).

Sums over all days grow by what the sources say now less what they said before. What is told of one day (counts, nights,
how many figures are told of one thing) is made anew for the days that the sources tell of.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

import msgspec
from sqlalchemy import (
    Connection,
    Select,
    Table,
    bindparam,
    delete,
    distinct,
    func,
    insert,
    literal,
    null,
    select,
    union_all,
    update,
)

from warledger.ledger import shelves
from warledger.ledger.nightly import nights
from warledger.ledger.weighing import sureness

NIGHTLY = ("launched", "intercepted")
"""The kinds whose nights are kept."""
AT_ONCE = 200
_DAYS_AT_ONCE = 20
_Row = TypeVar("_Row")
Key = tuple[Any, ...]
Counts = dict[Key, tuple[int, ...]]

_claim, _place = shelves.claim.c, shelves.place.c


class Sum(NamedTuple):
    """A table of sums, how many of its last columns are sums, and the query that gives its rows for some claims."""

    table: Table
    counted: int
    query: Callable[[Sequence[Any]], Select[Any]]


def _counts(names: Sequence[str]) -> Callable[[Sequence[Any]], Select[Any]]:
    columns = [_claim[name] for name in names]
    return lambda where: select(*columns, func.count()).where(*where).group_by(*columns)


def _named(where: Sequence[Any]) -> Select[Any]:
    columns = (_place.name, _place.code, _place.lat, _place.lon, _place.text, _claim.kind)
    return (
        select(*columns, func.count(distinct(_place.number)))
        .join_from(shelves.claim, shelves.place, _claim.number == _place.number)
        .where(*where, _claim.signed >= 0)
        .group_by(*columns)
    )


def _credits(where: Sequence[Any]) -> Select[Any]:
    parts = []
    for role, name, side in (
        ("publisher", _claim.publisher, null()),
        ("speaker", _claim.speaker, _claim.side),
    ):
        grouped = [name] if role == "publisher" else [name, side]
        parts.append(
            select(
                literal(role).label("role"),
                name.label("name"),
                side.label("side"),
                func.count().label("claims"),
                func.count(distinct(_claim.report)).label("reports"),
            )
            .where(*where, name.is_not(None), _claim.signed >= 0)
            .group_by(*grouped)
        )
    return select(union_all(*parts).subquery())


SUMS = (
    Sum(shelves.whole, 1, _counts(("kind", "side", "speaker", "publisher", "lang", "signed"))),
    Sum(shelves.daily, 1, _counts(("day", "kind", "signed"))),
    Sum(shelves.rule, 1, _counts(("rule", "kind"))),
    Sum(shelves.named, 1, _named),
    Sum(shelves.credit, 2, _credits),
)
_TALLIED = tuple(column.name for column in shelves.tally.c if column.name != "claims")


def before(connection: Connection, sources: Sequence[str]) -> dict[str, Counts]:
    """What the sums owe to these sources as they stand."""
    return {one.table.name: _given(connection, one, sources) for one in SUMS}


def _given(connection: Connection, one: Sum, sources: Sequence[str]) -> Counts:
    found: dict[Key, list[int]] = {}
    for group in batched(sources, AT_ONCE):
        for row in connection.execute(one.query((_claim.source.in_(group),))):
            key, numbers = tuple(row[: -one.counted]), row[-one.counted :]
            kept = found.setdefault(key, [0] * one.counted)
            for n, number in enumerate(numbers):
                kept[n] += int(number)
    return {key: tuple(numbers) for key, numbers in found.items()}


def adjust(
    connection: Connection, sources: Sequence[str], owed: Mapping[str, Counts] | None
) -> None:
    """Brings the sums over all days up to what the sources say now; makes all anew where `owed` is None."""
    for one in SUMS:
        if owed is None:
            connection.execute(delete(one.table))
            columns = [column.name for column in one.table.c]
            connection.execute(insert(one.table).from_select(columns, one.query(())))
        else:
            _grow(connection, one, owed[one.table.name], _given(connection, one, sources))


def _grow(connection: Connection, one: Sum, old: Counts, new: Counts) -> None:
    nothing = (0,) * one.counted
    for key in {*old, *new}:
        was, now = old.get(key, nothing), new.get(key, nothing)
        if was == now:
            continue
        columns = list(one.table.c)
        same = [c.is_not_distinct_from(v) for c, v in zip(columns, key, strict=False)]
        there = connection.execute(select(*columns[-one.counted :]).where(*same)).first()
        sums = [
            int(held) - less + more
            for held, less, more in zip(there or nothing, was, now, strict=True)
        ]
        connection.execute(delete(one.table).where(*same))
        if any(sums):
            names = [column.name for column in columns]
            connection.execute(insert(one.table), dict(zip(names, (*key, *sums), strict=True)))


def of_days(connection: Connection, days: set[str] | None) -> None:
    """Makes anew what is told of each of the days (`""` stands for no day), or of all."""
    if days is None:
        connection.execute(delete(shelves.night))
        _tally(connection, None)
    for group in batched(sorted(_all_days(connection) if days is None else days), _DAYS_AT_ONCE):
        if days is not None:
            _tally(connection, group)
            connection.execute(delete(shelves.night).where(shelves.night.c.day.in_(group)))
        told = _nights(connection, group)
        if told:
            connection.execute(insert(shelves.night), told)
        weighed = list(_weighed(connection, group))
        if weighed:
            connection.execute(
                update(shelves.claim).where(_claim.number == bindparam("of")), weighed
            )


def _all_days(connection: Connection) -> list[str]:
    query = select(func.coalesce(_claim.day, "")).distinct()
    return [str(day) for day in connection.execute(query).scalars()]


def _tally(connection: Connection, days: Sequence[str] | None) -> None:
    old = delete(shelves.tally)
    where: tuple[Any, ...] = ()
    if days is not None:
        old = old.where(_on(shelves.tally.c.day, days))
        where = (_on(_claim.day, days),)
    connection.execute(old)
    counted = _counts(_TALLIED)(where)
    connection.execute(insert(shelves.tally).from_select([*_TALLIED, "claims"], counted))


def _on(day: Any, days: Sequence[str]) -> Any:
    """That a day is one of these, `""` standing for none."""
    told = day.in_([one for one in days if one])
    return told | day.is_(None) if "" in days else told


def _nights(connection: Connection, days: Sequence[str]) -> list[dict[str, Any]]:
    matching = (_claim.day.in_(days), _claim.kind.in_(NIGHTLY), _claim.signed >= 0)
    return [msgspec.structs.asdict(one) for one in nights(connection, shelves.claim, matching)]


_THING = ("kind", "item_class", "model", "where", "starts_on", "ends_on")


def _weighed(connection: Connection, days: Sequence[str]) -> Iterator[dict[str, Any]]:
    """What has changed of how many figures are told of the things of these days, claim by claim."""
    names = ("number", *_THING, "low", "high", "gate", "wording", "figures", "sure")
    rows = connection.execute(
        select(*(_claim[name] for name in names)).where(_on(_claim.day, days))
    ).all()
    told: dict[Key, set[Key]] = defaultdict(set)
    for row in rows:
        told[tuple(row[1:7])].add((row.low, row.high))
    for row in rows:
        figures = len(told[tuple(row[1:7])])
        sure = sureness(figures, row.gate, row.wording)
        if (figures, sure) != (row.figures, row.sure):
            yield {"of": row.number, "figures": figures, "sure": sure}


def fault(connection: Connection) -> str | None:
    """The first table whose sums are not those of the claims; None where all are."""
    wanted = [*SUMS, Sum(shelves.tally, 1, _counts(_TALLIED))]
    for one in wanted:
        told, given = (connection.execute(q) for q in (select(one.table), one.query(())))
        if _sorted(told) != _sorted(given):
            return f"table {one.table.name} has another count than the claims give"
    told_nights: list[tuple[Any, ...]] = []
    for group in batched(sorted(_all_days(connection)), _DAYS_AT_ONCE):
        told_nights += [tuple(row.values()) for row in _nights(connection, group)]
        if next(_weighed(connection, group), None) is not None:
            return "table shelf_claim weighs a claim otherwise than the others tell"
    if _sorted(connection.execute(select(shelves.night))) != _sorted(told_nights):
        return "table shelf_night has other figures than the claims give"
    return None


def _sorted(rows: Iterable[Any]) -> list[str]:
    return sorted(repr(tuple(row)) for row in rows)


def batched(rows: Iterable[_Row], size: int) -> Iterator[list[_Row]]:
    """The rows in lists of that length, the last one perhaps shorter."""
    group: list[_Row] = []
    for row in rows:
        group.append(row)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group
