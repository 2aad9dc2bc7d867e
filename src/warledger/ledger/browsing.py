"""Looking things up: claims by kind, side, speaker, place, day and words; counts of each; reports and their versions.

Enters: what is wanted, as a `Wanted`. Leaves: claims page by page, counts, reports.
Does not belong here: recording (`store`), what fills the shelf (`shelf`), how anything is shown.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, distinct, exists, func, select

from warledger.ledger import schema, search, shelf
from warledger.ledger.connecting import told, writing
from warledger.ledger.queries import AT_ONCE, bodies, latest, load, stored_report
from warledger.ledger.wanting import Wanted, alike, conditions, named_places
from warledger.model import TABLE_ROW, StoredClaim, StoredReport

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


class NightFigure(msgspec.Struct, frozen=True):
    """What one speaker gave of one class of weapon for one night or day: the class's own figure, or where a telling has
    none, the sum of the `models` that it tells (0 for an own figure); `claim_id` is one of the claims."""

    day: str
    kind: str
    item_class: str | None
    speaker: str | None
    side: str | None
    low: float
    high: float
    models: int
    claims: int
    claim_id: str


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
            query = select(func.count()).select_from(shelf.claim)
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
            table = shelf.claim.c
            numbers = (
                select(table.number)
                .where(*matching)
                .order_by(table.day.desc(), table.number)
                .limit(limit)
                .offset(offset)
            )
            wanted_numbers = list(connection.execute(numbers).scalars()) if limit else []
            return Found(tuple(_stored(connection, wanted_numbers)), total)

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
        """Of the claims wanted those that may be held against what is told of other days: told of more than a night,
        on another basis than an event, by a row of a table, or with one of the numbers."""
        table = shelf.claim.c
        with self._asking() as connection:
            matching = conditions(connection, wanted)
            if matching is None:
                return []
            other = (table.days > 1) | table.basis.is_not(None)
            other |= table.report_id.startswith(TABLE_ROW) | table.low.in_(sorted(numbers))
            query = select(table.number).where(*matching, other).order_by(table.number)
            return _stored(connection, list(connection.execute(query).scalars()))

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
                counted["place"].update(dict(connection.execute(named_places(matching)).all()))
        return {
            name: [
                Count(value, count)
                for value, count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
            ][:limit]
            for name, found in counted.items()
        }

    def days(self, wanted: Wanted) -> list[DayCount]:
        """Every day with claims wanted, by kind, in order of time."""
        table = shelf.claim.c
        with self._asking() as connection:
            matching = conditions(connection, wanted)
            if matching is None:
                return []
            query = select(table.day, table.kind, func.count()).where(table.day.is_not(None))
            query = query.where(*matching)
            query = query.group_by(table.day, table.kind).order_by(table.day, table.kind)
            return [DayCount(str(d), str(k), int(n)) for d, k, n in connection.execute(query)]

    def figures(self, wanted: Wanted) -> list[Figure]:
        """The different numbers asserted of each day, kind, class and speaker, in order of time.

        Figures of one weapon model, of places within a night (with `nationwide`), cumulative ones, and claims
        without a number are left out. The day is the last of the claim's time.
        """
        table = shelf.claim.c
        with self._asking() as connection:
            matching = conditions(connection, wanted)
            if matching is None:
                return []
            told = (table.day, table.precision, table.kind, table.item_class, table.state)
            group = (*told, table.speaker, table.side, table.publisher, table.low, table.high)
            query = (
                select(*group, func.count(), func.min(table.claim_id))
                .where(
                    *matching,
                    table.day.is_not(None),
                    table.model.is_(None),
                    table.modality == "asserted",
                    func.coalesce(table.basis, "event") != "cumulative",
                    (table.low.is_not(None)) | (table.high.is_not(None)),
                )
                .group_by(*group)
                .order_by(table.day, table.kind, table.item_class, table.speaker, table.low)
            )
            return [Figure(*tuple(row)) for row in connection.execute(query)]

    def nights(self, wanted: Wanted) -> list[NightFigure]:
        """What each speaker gave for each class and night, in order of time; every different figure stands once.

        What one source tells belongs together: its own figure of a class is taken, else the sum over its models, each
        counted once. Figures of places, of more than one night, cumulative ones and those without a number are left
        out. The day is that on which the night ends.
        """
        table = shelf.claim.c
        with self._asking() as connection:
            matching = conditions(connection, wanted)
            if matching is None:
                return []
            told = (table.day, table.kind, table.item_class, table.speaker, table.side)
            low, high = (
                func.max(func.coalesce(one, other))
                for one, other in ((table.low, table.high), (table.high, table.low))
            )
            models = (
                select(*told, table.telling, table.model, low.label("low"), high.label("high"))
                .add_columns(func.count().label("claims"), func.min(table.claim_id).label("one"))
                .where(
                    *matching,
                    table.days <= 1,
                    table.placed == 0,
                    table.modality == "asserted",
                    func.coalesce(table.basis, "event") == "event",
                    (table.low.is_not(None)) | (table.high.is_not(None)),
                )
                .group_by(*told, table.telling, table.model)
                .subquery()
                .c
            )
            key = (models.day, models.kind, models.item_class, models.speaker, models.side)
            own = models.model.is_(None)
            query = (
                select(*key, func.sum(models.low), func.sum(models.high))
                .add_columns(func.count(models.model), func.sum(models.claims))
                .add_columns(func.min(models.one), models.telling)
                .group_by(*key, models.telling, own)
                .order_by(*key, models.telling)
            )
            rows = connection.execute(query).all()
        return _nights(rows)

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
        """The places that the claims wanted name, the most often named first."""
        table = shelf.place.c
        with self._asking() as connection:
            matching = conditions(connection, wanted)
            if matching is None:
                return []
            query = (
                select(table.name, table.code, table.lat, table.lon, table.text, shelf.claim.c.kind)
                .add_columns(func.count(distinct(table.number)))
                .join(shelf.claim, shelf.claim.c.number == table.number)
                .where(*matching)
                .group_by(
                    table.name, table.code, table.lat, table.lon, table.text, shelf.claim.c.kind
                )
            )
            rows = connection.execute(query).all()
        return _gathered(rows)[:limit]

    def reports(
        self, *, limit: int = 50, offset: int = 0, publisher: str | None = None
    ) -> tuple[list[Listed], int]:
        """The latest version of each report, the latest published first, and how many there are."""
        source, counted = schema.report.c, shelf.claim.c
        claims = (
            select(counted.report, func.count().label("claims")).group_by(counted.report).subquery()
        )
        with self._asking() as connection:
            query = (
                select(source.report_id, source.title, source.publisher, source.published)
                .add_columns(source.lang, func.coalesce(claims.c.claims, 0))
                .outerjoin(claims, claims.c.report == source.sequence)
                .where(latest(shelf.head(connection)))
            )
            if publisher is not None:
                query = query.where(source.publisher == publisher)
            total = connection.execute(select(func.count()).select_from(query.subquery())).scalar()
            ordered = query.order_by(source.published.desc(), source.report_id)
            rows = connection.execute(ordered.limit(limit).offset(offset)).all()
        return [Listed(*row) for row in rows], int(total or 0)

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
        source = schema.report.c
        claims = (
            select(func.count())
            .where(shelf.claim.c.report == source.sequence)
            .correlate(schema.report)
            .scalar_subquery()
        )
        query = select(source.version, source.report_id, source.title, source.publisher)
        query = query.add_columns(source.published, source.lang, claims)
        rows = connection.execute(query.where(source.version.in_(versions)))
        return {row[0]: Listed(*tuple(row)[1:]) for row in rows}

    def edited(self, *, limit: int = 50) -> list[Edited]:
        """The newest versions of reports that were known in another one before, the newest first."""
        source, before = schema.report.c, schema.report.alias("before").c
        known = exists().where(before.source == source.source, before.sequence < source.sequence)
        entry = schema.entry.c
        query = (
            select(source.sequence, entry.recorded_at_utc, source.report_id, source.title)
            .add_columns(source.publisher)
            .join(schema.entry, entry.sequence == source.sequence)
            .where(known)
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
        table = shelf.claim.c
        column = getattr(table, by)
        side = table.side if by == "speaker" else func.max(None)
        query = (
            select(column, side, func.count(), func.count(distinct(table.report)))
            .add_columns(func.min(table.day), func.max(table.day))
            .where(column.is_not(None), table.signed >= signed)
            .group_by(column, *([table.side] if by == "speaker" else []))
            .order_by(func.count().desc(), column)
            .limit(limit)
        )
        with self._asking() as connection:
            return [SourceRow(*row) for row in connection.execute(query)]


def _stored(connection: Connection, numbers: Sequence[int]) -> list[StoredClaim]:
    """The claims of the shelf's rows with those numbers, in that order."""
    table = shelf.claim.c
    found: dict[int, Any] = {}
    for start in range(0, len(numbers), AT_ONCE):
        query = select(table.number, table.claim_id, table.position, table.sequence, table.report)
        query = query.where(table.number.in_(numbers[start : start + AT_ONCE]))
        found |= {row.number: row for row in connection.execute(query)}
    return list(load(connection, [found[number] for number in numbers]))


def _nights(rows: Sequence[Any]) -> list[NightFigure]:
    """Rows of own figures and of sums over models: of one telling the own figure, of equal figures one."""
    tellings: dict[tuple[Any, ...], NightFigure] = {}
    for *fields, telling in rows:
        figure = NightFigure(*fields)
        key = (*fields[:5], telling)
        if key not in tellings or figure.models == 0:
            tellings[key] = figure
    once: dict[tuple[Any, ...], NightFigure] = {}
    for key, figure in tellings.items():
        same = (*key[:5], figure.low, figure.high)
        known = once.get(same, figure)
        claims = figure.claims + (known.claims if same in once else 0)
        shown = figure if figure.models < known.models else known
        once[same] = msgspec.structs.replace(shown, claims=claims)
    return sorted(
        once.values(), key=lambda f: (f.day, f.kind, f.item_class or "", f.speaker or "", f.low)
    )


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
