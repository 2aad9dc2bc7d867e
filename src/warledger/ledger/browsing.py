"""Looking things up: claims by kind, side, speaker, place, day and words; counts of each; reports and their versions.

Enters: what is wanted, as a `Wanted`. Leaves: claims page by page, counts, reports.
Does not belong here: recording (`store`), what fills the shelf (`shelf`), how anything is shown.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, Select, distinct, exists, func, select, text

from warledger.ledger import nearby, schema, search, shelf, shelves
from warledger.ledger.connecting import told, writing
from warledger.ledger.nightly import NightFigure, nights, order
from warledger.ledger.queries import AT_ONCE, bodies, load, stored_report
from warledger.ledger.wanting import (
    Wanted,
    alike,
    conditions,
    is_whole,
    kept_nights,
    named_of_kinds,
    named_places,
    within,
)
from warledger.model import TABLE_ROW, StoredClaim, StoredReport

PLACED = 8_000
"""Claims whose places are counted, the newest, where the sums do not tell them."""
MERGED = 2_000
"""Claims of each of several kinds that are put in order here; further on the database does it."""
STRETCH = 16
"""Days that are looked at first for the last figures."""
FACETS = ("kind", "side", "speaker", "place", "publisher", "lang")


class Found(msgspec.Struct, frozen=True):
    """One page of claims in the order asked for, and how many there are in all."""

    rows: tuple[StoredClaim, ...]
    total: int


class Count(msgspec.Struct, frozen=True):
    """A value of a facet (`-` for none told) and how many claims have it."""

    value: str
    count: int


class DayCount(msgspec.Struct, frozen=True):
    """A day, a kind, and how many claims of that kind it has."""

    day: str
    kind: str
    count: int


class Figure(msgspec.Struct, frozen=True):
    """What one speaker gave for one thing on one day: its lowest and highest end, how many claims say it, and one of them."""

    day: str
    precision: str | None
    kind: str
    item_class: str | None
    state: str | None
    speaker: str | None
    side: str | None
    publisher: str | None
    low: float | None
    high: float | None
    claims: int
    claim_id: str


class Figures(msgspec.Struct, frozen=True):
    """Figures in order of time; `since` is the first day of which all are there, where earlier ones were left out."""

    rows: tuple[Figure, ...]
    since: str | None


class PlaceCount(msgspec.Struct, frozen=True):
    """A place named by claims: code and degrees where known, how many claims name it, and with which phrases."""

    name: str
    code: str | None
    lat: float | None
    lon: float | None
    count: int
    phrases: tuple[str, ...]
    kinds: tuple[str, ...]


class Listed(msgspec.Struct, frozen=True):
    """A recorded report without its text; `passage` marks the words found with U+0002 and U+0003."""

    report_id: str
    title: str | None
    publisher: str | None
    published: str | None
    lang: str | None
    claims: int
    passage: str | None = None


class Edited(msgspec.Struct, frozen=True):
    """A later version of a report: its entry's number and time, and which report it is."""

    sequence: int
    recorded_at_utc: str
    report_id: str
    title: str | None
    publisher: str | None


class SourceRow(msgspec.Struct, frozen=True):
    """A publisher or a speaker: how many claims and reports bear the name, from which day to which."""

    name: str
    side: str | None
    claims: int
    reports: int
    first: str | None
    last: str | None


class Browser:
    """Questions to the shelf, which is brought up to date before each answer."""

    def __init__(self, engine: Engine, name: str) -> None:
        self._engine = engine
        self._name = name
        self._filled = -1
        self._lock = threading.Lock()

    def head(self) -> int:
        """The number of the last entry; while it stays the same, so does every answer."""
        with told(self._name), self._engine.connect() as connection:
            return shelf.head(connection)

    def size(self) -> int:
        """How many current claims there are, those rejected among them."""
        with self._asking() as connection:
            query = select(func.sum(shelves.whole.c.claims))
            return int(connection.execute(query).scalar() or 0)

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        with told(self._name):
            self.refresh()
            with self._engine.connect() as connection:
                yield connection

    def refresh(self) -> None:
        """Brings the shelf up to the last entry; does nothing when it is there already."""
        with self._lock:
            with self._engine.connect() as connection:
                last = shelf.head(connection)
            if last == self._filled:
                return
            with writing(self._engine) as connection:
                shelf.make(connection)
                shelf.fill(connection)
            self._filled = last

    def claims(self, wanted: Wanted, *, limit: int = 50, offset: int = 0) -> Found:
        """The claims wanted, the latest day first; `limit` 0 gives the total alone."""
        with self._asking() as connection:
            matching = conditions(connection, wanted)
            if matching is None:
                return Found((), 0)
            total = sum(int(row[-1]) for row in connection.execute(alike(wanted, matching, ())))
            numbers = (
                _newest(connection, wanted, matching, offset + limit)[offset:] if limit else []
            )
            return Found(tuple(_stored(connection, numbers)), total)

    def all(self, wanted: Wanted, *, most: int) -> list[StoredClaim]:
        """The claims wanted, the earliest day first, `most` at most."""
        with self._asking() as connection:
            matching = conditions(connection, wanted)
            if matching is None:
                return []
            table = shelf.claim.c
            query = (
                select(table.number).where(*matching).order_by(table.day, table.number).limit(most)
            )
            return _stored(connection, list(connection.execute(query).scalars()))

    def apart(self, wanted: Wanted, numbers: Collection[float]) -> list[StoredClaim]:
        """Of the claims wanted those that may be held against what is told of other days: on another basis than an
        event, by a row of a table, or with one of the numbers."""
        table = shelf.claim.c
        with self._asking() as connection:
            matching = conditions(connection, wanted)
            if matching is None:
                return []
            other: Any = table.basis.is_not(None)
            other |= table.report_id.startswith(TABLE_ROW) | table.low.in_(sorted(numbers))
            query = select(table.number).where(*matching, other).order_by(table.number)
            return _stored(connection, list(connection.execute(query).scalars()))

    def series(self, kinds: Collection[str]) -> list[StoredClaim]:
        """The claims that settle what was told of each day and month, as `nearby.series` chooses them."""
        with self._asking() as connection:
            return _stored(connection, nearby.series(connection, kinds))

    def concerned(self, ids: Collection[str], around: int) -> list[StoredClaim]:
        """What may be held against these claims, as `nearby.concerned` chooses it; what was rejected is left out."""
        with self._asking() as connection:
            return _stored(connection, nearby.concerned(connection, ids, around))

    def claim(self, claim_id: str, *, signed: int = -1) -> StoredClaim | None:
        """The current claim of that id, or None; `signed` as in `Wanted`."""
        with self._asking() as connection:
            table = shelf.claim.c
            query = select(table.number).where(table.claim_id == claim_id, table.signed >= signed)
            found = _stored(connection, list(connection.execute(query.limit(1)).scalars()))
        return found[0] if found else None

    def facet(self, name: str, wanted: Wanted, *, limit: int = 12) -> list[Count]:
        """The commonest values of a facet among the claims wanted; of places, among the newest `NEWEST` of these."""
        return self.facets((name,), wanted, limit=limit)[name]

    def facets(
        self, names: Sequence[str], wanted: Wanted, *, limit: int = 12
    ) -> dict[str, list[Count]]:
        """The same for several facets at once."""
        plain = [name for name in names if name != "place"]
        counted: dict[str, Counter[str]] = {name: Counter() for name in names}
        with self._asking() as connection:
            matching = conditions(connection, wanted)
            if matching is None:
                return {name: [] for name in names}
            if plain:
                for *values, count in connection.execute(alike(wanted, matching, plain)):
                    for name, value in zip(plain, values, strict=True):
                        counted[name]["-" if value is None else str(value)] += int(count)
            if "place" in names:
                whole = is_whole(wanted)
                query = named_of_kinds(wanted) if whole else named_places(matching)
                counted["place"].update(dict(connection.execute(query).all()))
        return {
            name: [
                Count(value, count)
                for value, count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
            ][:limit]
            for name, found in counted.items()
        }

    def days(self, wanted: Wanted) -> list[DayCount]:
        """Every day with claims wanted, by kind, in order of time."""
        with self._asking() as connection:
            matching = conditions(connection, wanted)
            if matching is None:
                return []
            query = alike(wanted, matching, ("day", "kind")).order_by(text("1"), text("2"))
            return [DayCount(*row) for row in connection.execute(query) if row[0]]

    def figures(self, wanted: Wanted, *, most: int) -> Figures:
        """The different numbers asserted of each day, kind, class and speaker, in order of time; of more than about
        `most` those of the last days, whole days each.

        Figures of one weapon model, of places within a night (with `nationwide`), cumulative ones, and claims
        without a number are left out. The day is the last of the claim's time.
        """
        table = shelf.claim.c
        with self._asking() as connection:
            matching = conditions(connection, wanted)
            if matching is None:
                return Figures((), None)
            matching += [
                table.day.is_not(None),
                table.model.is_(None),
                table.modality == "asserted",
                func.coalesce(table.basis, "event") != "cumulative",
                (table.low.is_not(None)) | (table.high.is_not(None)),
            ]
            first, last = (
                connection.execute(
                    select(table.day).where(*matching).order_by(one).limit(1)
                ).scalar()
                for one in (table.day, table.day.desc())
            )
            return _back_from(connection, matching, first, last, most)

    def nights(self, wanted: Wanted) -> list[NightFigure]:
        """What each speaker gave for each class and night, in order of time; every different figure stands once.

        The day is that on which the night ends; `start` and `end` are bounds of it. `nightly` says which figures count.
        """
        table = shelves.night.c
        with self._asking() as connection:
            matching = kept_nights(table, wanted)
            if matching is not None:
                found = connection.execute(select(shelves.night).where(*matching))
                return sorted((NightFigure(*row) for row in found), key=order)
            made = conditions(connection, msgspec.structs.replace(wanted, start=None, end=None))
            if made is None:
                return []
            return nights(connection, shelf.claim, [*made, *within(shelf.claim.c.day, wanted)])

    def last_nights(self, wanted: Wanted, most: int) -> list[NightFigure]:
        """The same of the last nights alone."""
        day = shelves.night.c.day
        with self._asking() as connection:
            matching = kept_nights(shelves.night.c, wanted)
            if matching is not None:
                query = select(day).distinct().where(*matching).order_by(day.desc()).limit(most)
                days = list(connection.execute(query).scalars())
                wanted = msgspec.structs.replace(wanted, start=days[-1] if days else wanted.start)
        found = self.nights(wanted)
        kept = set(sorted({figure.day for figure in found})[-most:])
        return [figure for figure in found if figure.day in kept]

    def night_speakers(self, wanted: Wanted) -> list[str]:
        """Who gave figures of nights, those of the most nights first, then by name."""
        table = shelves.night.c
        days = func.count(distinct(table.day))
        with self._asking() as connection:
            matching = kept_nights(table, wanted)
            if matching is not None:
                query = select(table.speaker).where(*matching, table.speaker.is_not(None))
                query = query.group_by(table.speaker).order_by(days.desc(), table.speaker)
                return [str(name) for name in connection.execute(query).scalars()]
        told: dict[str, set[str]] = {}
        for figure in self.nights(wanted):
            if figure.speaker is not None:
                told.setdefault(figure.speaker, set()).add(figure.day)
        return sorted(told, key=lambda name: (-len(told[name]), name))

    def last_day(
        self, kinds: Sequence[str], *, before: str | None = None, signed: int = 0
    ) -> str | None:
        """The last day with a claim of one of the kinds (of any, for none), on `before` or earlier."""
        table = shelf.claim.c
        query = select(func.max(table.day)).where(table.signed >= signed)
        if kinds:
            query = query.where(table.kind.in_(kinds))
        if before is not None:
            query = query.where(table.day <= before)
        with self._asking() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else str(found)

    def next_day(self, kinds: Sequence[str], after: str, *, signed: int = 0) -> str | None:
        """The first day later than `after` with a claim of one of the kinds (of any, for none)."""
        table = shelf.claim.c
        query = select(func.min(table.day)).where(table.day > after, table.signed >= signed)
        if kinds:
            query = query.where(table.kind.in_(kinds))
        with self._asking() as connection:
            found = connection.execute(query).scalar()
        return None if found is None else str(found)

    def places(self, wanted: Wanted, *, limit: int = 2_000) -> list[PlaceCount]:
        """The places that the claims wanted name, the most often named first.

        Where more is asked than kinds, of very many claims the newest `PLACED` count.
        """
        table, told = shelf.place.c, shelves.named.c
        with self._asking() as connection:
            if is_whole(wanted):
                query = select(shelves.named)
                if wanted.kinds:
                    query = query.where(told.kind.in_(wanted.kinds))
                return _gathered(connection.execute(query).all())[:limit]
            matching = conditions(connection, wanted)
            if matching is None:
                return []
            newest = select(shelf.claim.c.number).where(*matching, shelf.claim.c.placed > 0)
            newest = newest.order_by(shelf.claim.c.day.desc(), shelf.claim.c.number).limit(PLACED)
            columns = (table.name, table.code, table.lat, table.lon, table.text, shelf.claim.c.kind)
            query = (
                select(*columns, func.count(distinct(table.number)))
                .join(shelf.claim, shelf.claim.c.number == table.number)
                .where(table.number.in_(newest))
                .group_by(*columns)
            )
            rows = connection.execute(query).all()
        return _gathered(rows)[:limit]

    def reports(
        self, *, limit: int = 50, offset: int = 0, publisher: str | None = None
    ) -> tuple[list[Listed], int]:
        """The latest version of each report, the latest published first, and how many there are."""
        table = shelves.report.c
        named = [] if publisher is None else [table.publisher == publisher]
        query = (
            select(table.report_id, table.title, table.publisher, table.published)
            .add_columns(table.lang, table.claims)
            .where(*named)
            .order_by(table.published.desc(), table.report_id)
        )
        counted = select(func.count()).select_from(shelves.report).where(*named)
        with self._asking() as connection:
            total = int(connection.execute(counted).scalar() or 0)
            rows = connection.execute(query.limit(limit).offset(offset)).all()
        return [Listed(*row) for row in rows], total

    def search(self, words: str, *, limit: int = 20) -> list[Listed]:
        """The reports whose latest version holds all the words, the best match first."""
        with self._asking() as connection:
            last = shelf.head(connection)
            hits = search.find(connection, words, limit, last)
            known = self._listed(connection, [hit.version for hit in hits if not hit.superseded])
        return [
            msgspec.structs.replace(known[hit.version], passage=hit.passage)
            for hit in hits
            if hit.version in known
        ]

    def _listed(self, connection: Connection, versions: Sequence[str]) -> dict[str, Listed]:
        source, laid = schema.report.c, shelves.report.c
        query = (
            select(source.version, source.report_id, source.title, source.publisher)
            .add_columns(source.published, source.lang, func.coalesce(laid.claims, 0))
            .outerjoin(shelves.report, laid.report == source.sequence)
            .where(source.version.in_(versions))
        )
        return {row[0]: Listed(*tuple(row)[1:]) for row in connection.execute(query)}

    def edited(self, *, limit: int = 50) -> list[Edited]:
        """The newest versions of reports that were known in another one before, the newest first."""
        source, before = schema.report.c, schema.report.alias("before").c
        known = exists().where(before.source == source.source, before.sequence < source.sequence)
        several = select(source.source).group_by(source.source).having(func.count() > 1)
        entry = schema.entry.c
        query = (
            select(source.sequence, entry.recorded_at_utc, source.report_id, source.title)
            .add_columns(source.publisher)
            .join(schema.entry, entry.sequence == source.sequence)
            .where(source.source.in_(several), known)
            .order_by(source.sequence.desc())
            .limit(limit)
        )
        with self._asking() as connection:
            return [Edited(*row) for row in connection.execute(query)]

    def telling_alike(
        self, report_id: str, *, signed: int = 0, most: int = 200
    ) -> list[StoredReport]:
        """The other sources' reports with a claim of the same kind, class, day and figure as one of this report."""
        mine, other = shelf.claim.alias("mine").c, shelf.claim.alias("other").c
        query = (
            select(other.report)
            .distinct()
            .where(
                mine.report_id == report_id,
                other.day == mine.day,
                other.kind == mine.kind,
                other.source != mine.source,
                other.signed >= signed,
                func.coalesce(other.item_class, "") == func.coalesce(mine.item_class, ""),
                func.coalesce(other.low, -1) == func.coalesce(mine.low, -1),
                func.coalesce(other.high, -1) == func.coalesce(mine.high, -1),
            )
            .order_by(other.report)
            .limit(most)
        )
        with self._asking() as connection:
            entries = [int(number) for number in connection.execute(query).scalars()]
            found = bodies(connection, entries)
        return [stored_report(found[n][1], found[n][0]) for n in entries]

    def sources(self, by: str, *, limit: int = 500, signed: int = 0) -> list[SourceRow]:
        """The publishers (`by` "publisher") or speakers (`by` "speaker"), those with the most claims first."""
        query = _credited(by) if signed == 0 else _counted_sources(by, signed)
        with self._asking() as connection:
            return [SourceRow(*row) for row in connection.execute(query.limit(limit))]


def _newest(
    connection: Connection, wanted: Wanted, matching: Sequence[Any], most: int
) -> list[int]:
    """The numbers of the claims matching, the latest day first; of several kinds each kind's, which an index gives in
    order, are put together."""
    table = shelf.claim.c
    ordered = select(table.number, table.day).where(*matching)
    ordered = ordered.order_by(table.day.desc(), table.number).limit(most)
    if len(wanted.kinds) < 2 or most > MERGED:
        return [int(row.number) for row in connection.execute(ordered)]
    rows = [
        row
        for kind in wanted.kinds
        for row in connection.execute(ordered.where(table.kind == kind))
    ]
    rows.sort(key=lambda row: row.number)
    rows.sort(key=lambda row: row.day or "", reverse=True)
    return [int(row.number) for row in rows[:most]]


def _credited(by: str) -> Select[Any]:
    """Publishers or speakers from the sums, with the days of their first and last claims."""
    table, told = shelf.claim.c, shelves.credit.c
    of_name = [table[by] == told.name, table.day.is_not(None), table.signed >= 0]
    if by == "speaker":
        of_name.append(table.side.is_not_distinct_from(told.side))
    first, last = (
        select(table.day).where(*of_name).order_by(one).limit(1).scalar_subquery()
        for one in (table.day, table.day.desc())
    )
    return (
        select(told.name, told.side, told.claims, told.reports, first, last)
        .where(told.role == by)
        .order_by(told.claims.desc(), told.name)
    )


def _counted_sources(by: str, signed: int) -> Select[Any]:
    table = shelf.claim.c
    column = table[by]
    side = table.side if by == "speaker" else func.max(None)
    return (
        select(column, side, func.count(), func.count(distinct(table.report)))
        .add_columns(func.min(table.day), func.max(table.day))
        .where(column.is_not(None), table.signed >= signed)
        .group_by(column, *([table.side] if by == "speaker" else []))
        .order_by(func.count().desc(), column)
    )


def _back_from(
    connection: Connection, matching: Sequence[Any], first: str | None, last: str | None, most: int
) -> Figures:
    """The figures of the last days, a longer stretch at a time, until there are so many."""
    if first is None or last is None:
        return Figures((), None)
    table = shelf.claim.c
    told = (table.day, table.precision, table.kind, table.item_class, table.state)
    group = (*told, table.speaker, table.side, table.publisher, table.low, table.high)
    found: list[Figure] = []
    past, length = date.fromisoformat(last).toordinal() + 1, STRETCH
    begin = date.fromisoformat(first).toordinal()
    while past > begin and len(found) < most:
        start = max(begin, past - length)
        query = (
            select(*group, func.count(), func.min(table.claim_id))
            .where(*matching, table.day >= _day(start), table.day < _day(past))
            .group_by(*group)
            .order_by(table.day, table.kind, table.item_class, table.speaker, table.low)
        )
        found = [*(Figure(*tuple(row)) for row in connection.execute(query)), *found]
        past, length = start, length * 2
    return Figures(tuple(found), _day(past) if past > begin else None)


def _day(ordinal: int) -> str:
    return date.fromordinal(max(1, min(ordinal, date.max.toordinal()))).isoformat()


def _stored(connection: Connection, numbers: Sequence[int]) -> list[StoredClaim]:
    """The claims of the shelf's rows with those numbers, in that order."""
    table = shelf.claim.c
    found: dict[int, Any] = {}
    for start in range(0, len(numbers), AT_ONCE):
        query = select(table.number, table.claim_id, table.position, table.sequence, table.report)
        query = query.where(table.number.in_(numbers[start : start + AT_ONCE]))
        found |= {row.number: row for row in connection.execute(query)}
    return list(load(connection, [found[number] for number in numbers]))


def _gathered(rows: Sequence[Any]) -> list[PlaceCount]:
    """One row a place, whatever phrases and kinds it comes with."""
    by_place: dict[tuple[Any, ...], list[Any]] = {}
    for row in rows:
        by_place.setdefault(tuple(row[:4]), []).append(row)
    made = [
        PlaceCount(
            key[0],
            key[1],
            key[2],
            key[3],
            sum(int(row[6]) for row in group),
            tuple(sorted({str(row[4]) for row in group})),
            tuple(sorted({str(row[5]) for row in group})),
        )
        for key, group in by_place.items()
    ]
    return sorted(made, key=lambda found: (-found.count, found.name, found.code or ""))
