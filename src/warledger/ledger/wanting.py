"""What may be asked of the shelf, as conditions on its rows; counts come from its tally where that holds all that is asked.

Enters: a `Wanted`. Leaves: conditions and queries. Does not belong here: running them (`browsing`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, distinct, func, literal_column, select

from warledger.ledger import search, shelf, shelves
from warledger.ledger.sums import NIGHTLY

MONTH = 31
NEWEST = 2_000
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
        listed = ", ".join(map(str, held))  # numbers of our own, a thousand of which bind slowly
        of_report = shelf.claim.alias("of_report").c
        told = select(of_report.number).where(
            of_report.report.op("IN")(literal_column(f"({listed})"))
        )
        made.append(
            table.number.in_(told)
        )  # so that the index of reports serves, and not that of kinds
    return made


def _counted(table: Any, wanted: Wanted) -> list[Any]:
    """The conditions on what the tally counts by too; `table` is its columns or the claims'."""
    made = [table.signed >= wanted.signed] if wanted.signed > -1 else []
    equal = {
        "side": wanted.side,
        "speaker": wanted.speaker,
        "publisher": wanted.publisher,
        "lang": wanted.lang,
    }
    for name, value in equal.items():
        if value is not None:
            made.append(table[name].is_(None) if value == "-" else table[name] == value)
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
    """How many claims wanted are alike in the columns `by`; from the sums where they hold all that is asked."""
    if not is_summed(wanted):
        columns = [shelf.claim.c[name] for name in by]
        return (
            select(*columns, func.count(shelf.claim.c.number)).where(*matching).group_by(*columns)
        )
    dated = wanted.start is not None or wanted.end is not None or "day" in by
    plain = wanted == Wanted(kinds=wanted.kinds, start=wanted.start, signed=wanted.signed)
    by_day = plain and {"day", "kind"}.issuperset(by)
    table = (shelves.whole if not dated else shelves.daily if by_day else shelf.tally).c
    columns = [table[name] for name in by]
    claims = func.coalesce(func.sum(table.claims), 0)
    return select(*columns, claims).where(*_counted(table, wanted)).group_by(*columns)


def is_summed(wanted: Wanted) -> bool:
    """Whether the sums tell apart all that is asked."""
    asked = (wanted.place, wanted.report, wanted.modality, wanted.state, wanted.plant, wanted.words)
    return not wanted.nationwide and all(value is None for value in asked)


def is_whole(wanted: Wanted) -> bool:
    """Whether nothing but kinds is asked of the claims that nobody rejected."""
    return wanted == Wanted(kinds=wanted.kinds)


def kept_nights(table: Any, wanted: Wanted) -> list[Any] | None:
    """What the kept nights that are wanted fulfil; None where they do not tell apart all that is asked."""
    told = Wanted(
        kinds=wanted.kinds,
        side=wanted.side,
        speaker=wanted.speaker,
        start=wanted.start,
        end=wanted.end,
    )
    if wanted != told or not wanted.kinds or not set(wanted.kinds) <= set(NIGHTLY):
        return None
    made = [table.kind.in_(wanted.kinds), *within(table.day, wanted)]
    for column, value in ((table.side, wanted.side), (table.speaker, wanted.speaker)):
        if value is not None:
            made.append(column.is_(None) if value == "-" else column == value)
    return made


def within(day: Any, wanted: Wanted) -> list[Any]:
    """That a day lies in the span, where one is asked for."""
    first = [] if wanted.start is None else [day >= wanted.start]
    return first if wanted.end is None else [*first, day <= wanted.end]


def named_of_kinds(wanted: Wanted) -> Any:
    """How often each place is named by claims of the kinds wanted, from the sums."""
    named = shelves.named.c
    count = func.sum(named.claims)
    query = select(named.name, count).group_by(named.name).order_by(count.desc(), named.name)
    return (query.where(named.kind.in_(wanted.kinds)) if wanted.kinds else query).limit(500)


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
