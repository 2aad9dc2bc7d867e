"""Which recorded claims a check needs, so that nobody reads the whole ledger for a few of them.

Enters: a connection, claims' ids. Leaves: numbers of the shelf's rows. Does not belong here: what a check finds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from warledger.ledger import shelves
from warledger.ledger.queries import AT_ONCE
from warledger.model import TABLE_ROW

NEAREST = 200
"""Running totals of one speaker that are looked at on either side of those wanted."""
DAYS = 3
"""Days between publications within which one number told on two bases is no chance, from `SAME_NUMBER` on."""
SAME_NUMBER = 100

_claim, _report = shelves.claim.c, shelves.report.c


def series(connection: Connection, kinds: Collection[str]) -> list[int]:
    """The claims that settle what was told of each day and month: of each kind, class, side and time the fullest.

    Claims of places, of models, on another basis than an event and without a number settle nothing, but models where
    nothing else is told. Of a plant's losses of power those of each day and state are taken.
    """
    asserted = [_claim.modality == "asserted", _claim.signed >= 0]
    counted = [*asserted, _claim.placed == 0, _claim.low.is_not(None) | _claim.high.is_not(None)]
    event = func.coalesce(_claim.basis, "event") == "event"
    daily = [*counted, _claim.days <= 1, event, _claim.kind.in_(sorted(kinds))]
    cell = (_claim.kind, _claim.item_class, _claim.side, _claim.day)
    span = (_claim.kind, _claim.item_class, _claim.side, _claim.starts_on, _claim.ends_on)
    longer = [*counted, _claim.days > 1, func.coalesce(_claim.basis, "") != "cumulative"]
    fullest = (_claim.low.desc(), _claim.high.desc(), _claim.number)
    found = set(_first(connection, cell, fullest, [*daily, _claim.model.is_(None)], 1))
    found |= set(
        _first(connection, (*cell, _claim.model), fullest, [*daily, _claim.model.is_not(None)], 1)
    )
    for order in (fullest, (_claim.low, _claim.number)):
        found |= set(_first(connection, span, order, [*longer, _claim.model.is_(None)], 1))
    plants = [*asserted, _claim.kind == "nuclear_power", _claim.plant.is_not(None)]
    found |= set(
        _first(connection, (_claim.plant, _claim.state, _claim.day), (_claim.number,), plants, 3)
    )
    return sorted(found)


def _first(
    connection: Connection, of: Sequence[Any], order: Sequence[Any], where: Sequence[Any], most: int
) -> Iterator[int]:
    place = func.row_number().over(partition_by=of, order_by=order).label("place")
    ranked = select(_claim.number, place).where(*where).subquery().c
    query = select(ranked.number).where(ranked.place <= most)
    yield from (int(number) for number in connection.execute(query).scalars())


def concerned(connection: Connection, ids: Collection[str], around: int) -> list[int]:
    """The claims that may be held against these: of their reports, of their days and kinds, running totals of their
    speakers, their numbers on another basis, rows of their tables, and of reports published up to `around` days apart."""
    wanted = [
        row
        for group in _groups(sorted(ids))
        for row in connection.execute(select(shelves.claim).where(_claim.claim_id.in_(group)))
    ]
    if not wanted:
        return []
    found: set[int] = set()
    for group in _groups(sorted({row.report for row in wanted})):
        found |= _numbers(connection, _claim.report.in_(group))
    first, last = _published(connection, sorted({row.report for row in wanted}))
    kinds = sorted({row.kind for row in wanted})
    for days in _groups(sorted({row.day for row in wanted if row.day})):
        found |= _numbers(connection, _claim.day.in_(days), _claim.kind.in_(kinds))
    totals = {(r.speaker, r.kind) for r in wanted if r.basis == "cumulative" and r.speaker}
    for who, kind in sorted(totals):
        days = sorted(r.day for r in wanted if (r.speaker, r.kind) == (who, kind) and r.day)
        found |= _totals(connection, who, kind, days)
    published = select(_report.report).where(
        _report.published >= _moved(first, -around), _report.published < _moved(last, around + 1)
    )
    found |= _numbers(connection, _claim.report.in_(published))
    found |= _same_number(connection, wanted, (first, last))
    for telling in sorted({r.telling for r in wanted if r.report_id.startswith(TABLE_ROW)}):
        rows = (_claim.report_id >= f"{telling}/", _claim.report_id < f"{telling}0")
        found |= _numbers(connection, *rows, _claim.kind.in_(kinds))
    return sorted(found)


def _totals(connection: Connection, who: str, kind: str, days: Sequence[str]) -> set[int]:
    """A speaker's running totals of a kind, the nearest before and after those of the days."""
    if not days:
        return set()
    mine = [_claim.speaker == who, _claim.kind == kind, _claim.basis == "cumulative"]
    found: set[int] = set()
    for where, order in (
        (_claim.day <= days[-1], _claim.day.desc()),
        (_claim.day >= days[0], _claim.day),
    ):
        query = select(_claim.number).where(*mine, where, _claim.signed >= 0)
        query = query.order_by(order, _claim.number).limit(NEAREST)
        found |= {int(number) for number in connection.execute(query).scalars()}
    return found


def _same_number(
    connection: Connection, wanted: Sequence[Any], published: tuple[str, str]
) -> set[int]:
    """The claims of reports published about then that tell a number of these on another basis."""
    first, last = _moved(published[0], -DAYS), _moved(published[1], DAYS + 1)
    reports = select(_report.report).where(_report.published >= first, _report.published < last)
    event = func.coalesce(_claim.basis, "event") == "event"
    found: set[int] = set()
    for is_event in (True, False):
        mine = [r for r in wanted if ((r.basis or "event") == "event") is is_event]
        numbers = sorted({r.low for r in mine if r.low is not None and r.low >= SAME_NUMBER})
        kinds = sorted({r.kind for r in mine})
        other = ~event if is_event else event
        for some in _groups(numbers):
            found |= _numbers(
                connection,
                _claim.report.in_(reports),
                other,
                _claim.kind.in_(kinds),
                _claim.low.in_(some),
            )
    return found


def _published(connection: Connection, reports: Sequence[int]) -> tuple[str, str]:
    """The first and the last day on which these reports were published; where none tells, the calendar's last."""
    days = [
        str(day)[:10]
        for group in _groups(reports)
        for day in connection.execute(
            select(_report.published).where(_report.report.in_(group))
        ).scalars()
        if day
    ]
    return min(days, default=date.max.isoformat()), max(days, default=date.max.isoformat())


def _numbers(connection: Connection, *where: Any) -> set[int]:
    query = select(_claim.number).where(*where, _claim.signed >= 0)
    return {int(number) for number in connection.execute(query).scalars()}


def _groups(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


def _moved(day: str, days: int) -> str:
    found = date.fromisoformat(day)
    step = timedelta(days=abs(days))
    if days < 0:
        return (found - step if found - date.min > step else date.min).isoformat()
    return (found + step if date.max - found > step else date.max).isoformat()
