"""The shelf: the current claims laid out for looking things up, derived from the ledger and rebuilt from it at will.

Enters: extractions that the ledger recorded since the shelf was last filled. Leaves: one row a claim of the latest
reading of each source's latest version, and one row a place that it names, with the indexes that pages need; and, for
whoever verifies, the first row that is not what the ledger gives.
Does not belong here: anything that is not in the ledger already; dropping these tables loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Float,
    Index,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    Text,
    bindparam,
    delete,
    func,
    insert,
    inspect,
    select,
    update,
)

from warledger.ledger import schema
from warledger.ledger.decisions import of
from warledger.ledger.queries import bodies, current
from warledger.model import TABLE_ROW, Claim, Period

SHAPE = "6"
"""Changed when the columns below change: a shelf of another shape is emptied and filled again."""

POSITIONS = 1 << 20
"""Claims that one extraction can have: a row's number is its entry's times this, plus its place in it."""

_BATCH = 2_000
_AT_ONCE = 200
_Row = TypeVar("_Row")
metadata = MetaData()


class _Drawn(msgspec.Struct, frozen=True):
    claims: tuple[Claim, ...]


_drawn = msgspec.json.Decoder(_Drawn)
_NUMBER = BigInteger().with_variant(Integer, "sqlite")

claim = Table(
    "shelf_claim",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("sequence", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("report", Integer, nullable=False, index=True),
    Column("source", Text, nullable=False, index=True),
    Column("report_id", Text, nullable=False, index=True),
    Column("claim_id", String(16), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("item_class", String(32)),
    Column("model", Text),
    Column("side", String(8)),
    Column("speaker", Text),
    Column("publisher", Text),
    Column("lang", String(16)),
    Column("modality", String(16), nullable=False),
    Column("basis", String(16)),
    Column("state", Text),
    Column("plant", Text),
    Column("precision", String(16)),
    Column("starts_on", String(10)),
    Column("ends_on", String(10)),
    Column("day", String(10)),
    Column("days", Integer),
    Column("telling", Text, nullable=False),
    Column("low", Float),
    Column("high", Float),
    Column("bound", String(16)),
    Column("placed", Integer, nullable=False),
    Column("signed", Integer, nullable=False),
    Index("shelf_by_kind", "kind", "day"),
    Index("shelf_by_day", "day", "kind"),
    Index("shelf_by_side", "side", "day"),
    Index("shelf_by_speaker", "speaker", "day"),
    Index("shelf_by_publisher", "publisher", "day"),
)
place = Table(
    "shelf_place",
    metadata,
    Column("number", _NUMBER, primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("code", String(32)),
    Column("text", Text, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Index("shelf_place_by_name", "name", "number"),
)
tally = Table(
    "shelf_tally",
    metadata,
    *(
        Column(name, claim.c[name].type)
        for name in (
            "kind", "side", "speaker", "publisher", "lang", "signed", "starts_on", "day", "days",
        )
    ),
    Column("claims", Integer, nullable=False),
    Index("shelf_tally_by_day", "day"),
)  # fmt: skip
"""How many claims are alike in all that is counted by, so that counting reads a few rows and not every claim."""
state = Table(
    "shelf_state",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("value", String(64), nullable=False),
)


def head(connection: Connection) -> int:
    """The number of the ledger's last entry: as long as it stays, every answer stays."""
    return int(connection.execute(select(func.max(schema.entry.c.sequence))).scalar() or 0)


def filled_to(connection: Connection) -> int:
    """The entry up to which the shelf holds everything; -1 where it was never filled or has another shape."""
    rows = {str(n): v for n, v in connection.execute(select(state.c.name, state.c.value))}
    return int(rows.get("head", -1)) if rows.get("shape") == SHAPE else -1


def is_stale(connection: Connection) -> bool:
    """Whether what there is of it is of another shape, or was never filled."""
    return not inspect(connection).has_table(state.name) or filled_to(connection) < 0


def holds(part: schema.Part) -> bool:
    """Whether a part of a file's layout is one of its tables or their indexes, of whatever shape."""
    return part.type in ("table", "index") and part.table in metadata.tables


def make(connection: Connection) -> None:
    """Makes the tables; those of another shape are dropped first."""
    metadata.create_all(connection)
    if filled_to(connection) < 0:
        metadata.drop_all(connection)
        metadata.create_all(connection)


def fill(connection: Connection) -> None:
    """Brings the shelf up to the ledger's last entry."""
    done, last = filled_to(connection), head(connection)
    if done >= last:
        return
    touched = _touched(connection, done)
    days = _decided_days(connection, done) | _days_told(connection, touched) if done >= 0 else None
    if done >= 0:
        for group in _batched(touched, _AT_ONCE):
            _clear(connection, group)
    readings = [
        row
        for group in _batched(touched, _AT_ONCE)
        for row in connection.execute(
            _current(last).where(schema.report.c.source.in_(group))
        ).mappings()
    ]
    for rows in _batched(_rows(connection, readings, {}), _BATCH):
        connection.execute(insert(claim), [row for row, _ in rows])
        places = [found for _, named in rows for found in named]
        if places:
            connection.execute(insert(place), places)
    signed = [{"decided": c, "signed": n} for c, n in _signatures(connection, last).items()]
    if signed:
        connection.execute(
            update(claim).where(claim.c.claim_id == bindparam("decided")),
            signed,
        )
    _count(connection, None if days is None else days | _days_told(connection, touched))
    connection.execute(delete(state))
    connection.execute(
        insert(state),
        [{"name": "head", "value": str(last)}, {"name": "shape", "value": SHAPE}],
    )


def fault(connection: Connection) -> str | None:
    """What is not as the ledger gives it, up to the entry that the shelf was filled to; None where all is.

    A shelf that was never filled, or has another shape, is made anew before it is asked, and so is not held to anything.
    """
    if is_stale(connection):
        return None
    told = {str(n): str(v) for n, v in connection.execute(select(state.c.name, state.c.value))}
    done = filled_to(connection)
    if told != {"head": str(done), "shape": SHAPE} or done > head(connection):
        return "table shelf_state is not as it was left"
    signed = _signatures(connection, done)
    low = 0
    for group in _batched(connection.execute(_current(done)).mappings().all(), _AT_ONCE):
        high = (int(group[-1]["sequence"]) + 1) * POSITIONS
        rows = list(_rows(connection, group, signed))
        places = [found for _, named in rows for found in named]
        for table, wanted in ((claim, [row for row, _ in rows]), (place, places)):
            if (otherwise := _other(connection, table, wanted, (low, high))) is not None:
                return otherwise
        low = high
    return (
        _other(connection, claim, [], (low, None))
        or _other(connection, place, [], (low, None))
        or _miscounted(connection)
    )


def _other(
    connection: Connection,
    table: Table,
    wanted: list[dict[str, Any]],
    within: tuple[int, int | None],
) -> str | None:
    """The first row of the numbers from `within[0]` up to `within[1]` that is not as wanted."""
    low, past = within
    query = select(table).where(table.c.number >= low)
    if past is not None:
        query = query.where(table.c.number < past)
    keys = [column.name for column in table.primary_key]
    there = {tuple(row[k] for k in keys): dict(row) for row in connection.execute(query).mappings()}
    for row in wanted:
        entry = row["number"] // POSITIONS
        found = there.pop(tuple(row[k] for k in keys), None)
        if found is None:
            return f"table {table.name} lacks a row that entry {entry} gives"
        if changed := [name for name, value in row.items() if found[name] != value]:
            return f"table {table.name} has another {changed[0]} than entry {entry} gives"
    if there:
        return f"table {table.name} holds a row that no entry gives"
    return None


_COUNTED = tuple(claim.c[column.name] for column in tally.c if column.name != "claims")


def _counts(days: Sequence[str] | None) -> Select[Any]:
    query = select(*_COUNTED, func.count()).group_by(*_COUNTED)
    return query if days is None else query.where(func.coalesce(claim.c.day, "").in_(days))


def _count(connection: Connection, days: set[str] | None) -> None:
    """Counts the claims of the days anew (`""` stands for no day), or all."""
    columns = [column.name for column in tally.c]
    for group in [None] if days is None else list(_batched(sorted(days), _AT_ONCE)):
        old = delete(tally)
        if group is not None:
            old = old.where(func.coalesce(tally.c.day, "").in_(group))
        connection.execute(old)
        connection.execute(insert(tally).from_select(columns, _counts(group)))


def _days_told(connection: Connection, sources: Sequence[str]) -> set[str]:
    """The days of the claims of these sources."""
    return {
        str(day)
        for group in _batched(sources, _AT_ONCE)
        for day in connection.execute(
            select(func.coalesce(claim.c.day, "")).distinct().where(claim.c.source.in_(group))
        ).scalars()
    }


def _decided_days(connection: Connection, done: int) -> set[str]:
    """The days of the claims that were decided on after an entry."""
    decided = select(schema.decision.c.claim_id).where(schema.decision.c.sequence > done)
    query = select(func.coalesce(claim.c.day, "")).distinct()
    return {
        str(day) for day in connection.execute(query.where(claim.c.claim_id.in_(decided))).scalars()
    }


def _miscounted(connection: Connection) -> str | None:
    """Whether a count is another than that of the claims."""
    told = sorted(map(repr, map(tuple, connection.execute(select(tally)))))
    given = sorted(map(repr, map(tuple, connection.execute(_counts(None)))))
    return None if told == given else "table shelf_tally has another count than the claims give"


def _signatures(connection: Connection, last: int) -> dict[str, int]:
    """How many people have let each claim stand, last word for last word; -1 where it was rejected.

    A claim on which they differ counts as one that nobody has signed.
    """
    words: dict[str, dict[str, str]] = {}
    for one in of(connection, None, last):
        if not one.decision.blind:
            words.setdefault(one.decision.claim, {})[one.decision.by] = one.decision.verdict
    signed = {}
    for claim_id, verdicts in words.items():
        said = set(verdicts.values())
        signed[claim_id] = 0 if len(said) > 1 else -1 if said == {"reject"} else len(verdicts)
    return signed


def _touched(connection: Connection, done: int) -> list[str]:
    """The sources of which an entry after `done` speaks, each once."""
    source, reading, taken = schema.report.c, schema.extraction.c, schema.withdrawal.c
    parts = (
        select(source.source).where(source.sequence > done),
        select(source.source)
        .join(schema.extraction, reading.version == source.version)
        .where(reading.sequence > done),
        select(taken.source).where(taken.sequence > done),
    )
    return sorted({str(name) for part in parts for name in connection.execute(part).scalars()})


def _current(last: int) -> Select[Any]:
    """The latest reading of the latest version of each source, in the order of recording."""
    source, reading = schema.report.c, schema.extraction.c
    return (
        select(
            reading.sequence,
            source.sequence.label("report"),
            source.source,
            source.report_id,
            source.publisher,
            source.lang,
            source.published,
        )
        .select_from(schema.extraction)
        .join(schema.report, reading.version == source.version)
        .where(current(last))
        .order_by(reading.sequence)
    )


def _clear(connection: Connection, sources: Sequence[str]) -> None:
    old = select(claim.c.number).where(claim.c.source.in_(sources))
    connection.execute(delete(place).where(place.c.number.in_(old)))
    connection.execute(delete(claim).where(claim.c.source.in_(sources)))


def _rows(
    connection: Connection, readings: Sequence[Any], signed: Mapping[str, int]
) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    for group in _batched(readings, _AT_ONCE):
        written = bodies(connection, [row["sequence"] for row in group])
        for reading in group:
            drawn = _drawn.decode(written[reading["sequence"]][1]).claims
            seen: set[str] = set()
            for position, made in enumerate(drawn):
                identity = made.id
                if identity in seen:
                    continue
                seen.add(identity)
                number = reading["sequence"] * POSITIONS + position
                row = _row(made, reading)
                row |= {"number": number, "claim_id": identity, "position": position}
                row["signed"] = signed.get(identity, 0)
                yield row, _places(made, number)


def _row(made: Claim, reading: Any) -> dict[str, Any]:
    time, quantity = made.time, made.quantity
    published = (reading["published"] or "")[:10] or None
    return {
        "sequence": reading["sequence"],
        "report": reading["report"],
        "source": reading["source"],
        "report_id": reading["report_id"],
        "kind": made.kind,
        "item_class": made.item.class_,
        "model": made.item.model,
        "side": made.speaker.side,
        "speaker": made.speaker.name,
        "publisher": reading["publisher"],
        "lang": reading["lang"],
        "modality": made.modality,
        "basis": made.detail.get("basis"),
        "state": _state(made),
        "plant": made.detail.get("plant"),
        "precision": time.precision if time else None,
        "starts_on": time.start[:10] if time else published,
        "ends_on": time.end[:10] if time else published,
        "day": time.end[:10] if time else published,
        "days": _days(time),
        "telling": _telling(reading["report_id"]),
        "low": quantity.low if quantity else None,
        "high": quantity.high if quantity else None,
        "bound": quantity.bound if quantity else None,
        "placed": len(made.places),
    }


def _telling(report_id: str) -> str:
    """What tells its figures as one: a report, and of an imported table all its rows."""
    return report_id.rpartition("/")[0] if report_id.startswith(TABLE_ROW) else report_id


def _days(time: Period | None) -> int | None:
    """How many days a claim's time spans beyond the one on which it begins; None without a time."""
    if time is None:
        return None
    return (date.fromisoformat(time.end[:10]) - date.fromisoformat(time.start[:10])).days


def _state(made: Claim) -> str | None:
    """What tells apart claims of one kind: exchanged, cut, restored, captured, an act of law."""
    if made.detail.get("exchanged"):
        return "exchanged"
    for name in ("state", "degree", "act", "status", "relation"):
        if made.detail.get(name):
            return str(made.detail[name])
    return None


def _places(made: Claim, number: int) -> list[dict[str, Any]]:
    return [
        {
            "number": number,
            "position": position,
            "name": found.name,
            "code": found.code,
            "text": found.text,
            "lat": found.lat,
            "lon": found.lon,
        }
        for position, found in enumerate(made.places)
    ]


def _batched(rows: Iterable[_Row], size: int) -> Iterator[list[_Row]]:
    group: list[_Row] = []
    for row in rows:
        group.append(row)
        if len(group) == size:
            yield group
            group = []
    if group:
        yield group
