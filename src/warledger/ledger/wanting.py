"""What may be asked of the shelf, as conditions on its rows; counts come from its tally where that holds all that is asked.

Enters: a `Wanted`. Leaves: conditions and queries. Does not belong here: running them (`browsing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, distinct, func, select

from warledger.ledger import search, shelf

MONTH = 31
NEWEST = 10_000
"""Claims whose places a facet counts, the newest of those that match."""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """What is looked for; empty fields ask nothing. `start` and `end` are ISO days that a claim's time touches;
    one told of more than a month, such as a sum since the start of a war, is of its last day alone.

    `signed` is how many people have to have let a claim stand; at 0 only rejected ones are left out, at -1 none.
    `side` `-` stands for claims that no side is told of. `words` are looked up in the reports' texts.
    """

    kinds: tuple[str, ...] = ()
    side: str | None = None
    speaker: str | None = None
    place: str | None = None
    publisher: str | None = None
    lang: str | None = None
    modality: str | None = None
    state: str | None = None
    plant: str | None = None
    start: str | None = None
    end: str | None = None
    words: str | None = None
    report: str | None = None
    nationwide: bool = False
    signed: int = 0


def conditions(connection: Connection, wanted: Wanted) -> list[Any] | None:
    """What the shelf's rows that are wanted fulfil; None where nothing can match."""
    table = shelf.claim.c
    made = _counted(table, wanted)
    equal = {
        table.modality: wanted.modality,
        table.state: wanted.state,
        table.plant: wanted.plant,
        table.report_id: wanted.report,
    }
    made += [column == value for column, value in equal.items() if value is not None]
    if wanted.nationwide:
        made.append(table.placed == 0)
    if wanted.place is not None:
        named = select(shelf.place.c.number).where(shelf.place.c.name == wanted.place)
        made.append(table.number.in_(named))
    if wanted.words is not None:
        held = search.holding(connection, wanted.words)
        if not held:
            return None
        made.append(table.report.in_(held))
    return made


def _counted(table: Any, wanted: Wanted) -> list[Any]:
    """The conditions on what the tally counts by too; `table` is its columns or the claims'."""
    made = [table.signed >= wanted.signed] if wanted.signed > -1 else []
    equal = {
        table.side: wanted.side,
        table.speaker: wanted.speaker,
        table.publisher: wanted.publisher,
        table.lang: wanted.lang,
    }
    for column, value in equal.items():
        if value is not None:
            made.append(column.is_(None) if value == "-" else column == value)
    if wanted.kinds:
        made.append(table.kind.in_(wanted.kinds))
    if wanted.start is not None:
        made.append(table.day >= wanted.start)
    if wanted.end is not None:
        # The bound on the last day is told twice, so that a range of the index serves.
        short = func.coalesce(table.days, 0) <= MONTH
        made += [
            table.day <= _later(wanted.end),
            table.starts_on <= wanted.end,
            short | (table.day <= wanted.end),
        ]
    return made


def alike(wanted: Wanted, matching: Sequence[Any], by: Sequence[str]) -> Any:
    """How many claims wanted are alike in the columns `by`; from the tally where it holds all that is asked."""
    asked = (wanted.place, wanted.report, wanted.modality, wanted.state, wanted.plant, wanted.words)
    if wanted.nationwide or any(value is not None for value in asked):
        columns = [shelf.claim.c[name] for name in by]
        return (
            select(*columns, func.count(shelf.claim.c.number)).where(*matching).group_by(*columns)
        )
    table = shelf.tally.c
    columns = [table[name] for name in by]
    claims = func.coalesce(func.sum(table.claims), 0)
    return select(*columns, claims).where(*_counted(table, wanted)).group_by(*columns)


def named_places(matching: Sequence[Any]) -> Any:
    """How often each place is named by the newest claims that match."""
    table, named = shelf.claim.c, shelf.place.c
    newest = select(table.number).where(*matching)
    newest = newest.order_by(table.day.desc(), table.number).limit(NEWEST)
    count = func.count(distinct(named.number))
    return (
        select(named.name, count)
        .where(named.number.in_(newest))
        .group_by(named.name)
        .order_by(count.desc(), named.name)
        .limit(500)
    )


def _later(day: str) -> str:
    """A month after a day, or the last day that there is."""
    ordinal = min(date.fromisoformat(day).toordinal() + MONTH, date.max.toordinal())
    return date.fromordinal(ordinal).isoformat()
