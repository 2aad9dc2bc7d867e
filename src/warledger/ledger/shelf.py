"""The shelf: the current claims laid out for looking things up, derived from the ledger and rebuilt from it at will.

Enters: extractions that the ledger recorded since the shelf was last filled. Leaves: one row a claim of the latest
reading of each source's latest version, and one row a place that it names, with the indexes that pages need; and, for
whoever verifies, the first row that is not what the ledger gives.
Does not belong here: anything that is not in the ledger already; dropping these tables loses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Connection, Select, Table, delete, func, insert, inspect, select, text

from warledger.ledger import schema, sums
from warledger.ledger.decisions import of
from warledger.ledger.queries import bodies, current
from warledger.ledger.shelves import WEIGHED, claim, metadata, place, report, state, tally
from warledger.ledger.sums import batched
from warledger.ledger.weighing import refused, sureness, wording
from warledger.model import TABLE_ROW, Claim, Period

__all__ = [
    "LAID",
    "claim",
    "fault",
    "fill",
    "filled_to",
    "head",
    "holds",
    "is_stale",
    "make",
    "metadata",
    "place",
    "state",
    "tally",
]

SHAPE = "8"
"""Changed when the columns below change: a shelf of another shape is emptied and filled again."""

POSITIONS = 1 << 20
"""Claims that one extraction can have: a row's number is its entry's times this, plus its place in it."""

_AT_ONCE = 200


class _Drawn(msgspec.Struct, frozen=True):
    claims: tuple[Claim, ...]


_drawn = msgspec.json.Decoder(_Drawn)


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
    owed, days = None, None
    if done >= 0:
        owed, days = sums.before(connection, touched), _days_told(connection, touched)
        for group in batched(touched, _AT_ONCE):
            _clear(connection, group)
    signed = _signatures(connection, last)
    for group in batched(touched, _AT_ONCE):
        query = _current(last).where(schema.report.c.source.in_(group))
        laid = list(_rows(connection, connection.execute(query).mappings().all(), signed))
        for table, rows in _by_table(laid).items():
            if rows:
                connection.execute(insert(table), rows)
    sums.adjust(connection, touched, owed)
    sums.of_days(connection, None if days is None else days | _days_told(connection, touched))
    if max(done, 0).bit_length() != last.bit_length():
        _weigh_indexes(connection)
    connection.execute(delete(state))
    connection.execute(
        insert(state),
        [{"name": "head", "value": str(last)}, {"name": "shape", "value": SHAPE}],
    )


def _weigh_indexes(connection: Connection) -> None:
    """Lets the database see which indexes part the rows best; as often as the ledger has doubled."""
    if connection.dialect.name == "sqlite":
        connection.execute(text("PRAGMA analysis_limit = 1000"))
        tables = [*metadata.tables]
    else:
        tables = [*metadata.tables, *schema.metadata.tables, "report_words"]
    for table in tables:
        connection.execute(text(f"ANALYZE {table}"))


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
    for group in batched(connection.execute(_current(done)).mappings().all(), _AT_ONCE):
        high = int(group[-1]["sequence"]) + 1
        for table, rows in _by_table(list(_rows(connection, group, signed))).items():
            if (otherwise := _other(connection, table, rows, (low, high))) is not None:
                return otherwise
        low = high
    for table in LAID:
        if (otherwise := _other(connection, table, [], (low, None))) is not None:
            return otherwise
    return sums.fault(connection)


LAID = (claim, place, report)
"""The tables whose rows follow from one reading each."""


class _Laid(msgspec.Struct, frozen=True):
    """What one reading lays on the shelf."""

    report: dict[str, Any]
    claims: list[dict[str, Any]]
    places: list[dict[str, Any]]


def _by_table(laid: Sequence[_Laid]) -> dict[Table, list[dict[str, Any]]]:
    return {
        report: [one.report for one in laid],
        claim: [row for one in laid for row in one.claims],
        place: [row for one in laid for row in one.places],
    }


def _other(
    connection: Connection,
    table: Table,
    wanted: list[dict[str, Any]],
    within: tuple[int, int | None],
) -> str | None:
    """The first row of the entries from `within[0]` up to `within[1]` that is not as wanted."""
    first, past = within
    column, scale = (table.c.sequence, 1) if table is report else (table.c.number, POSITIONS)
    query = select(table).where(column >= first * scale)
    if past is not None:
        query = query.where(column < past * scale)
    keys = [key.name for key in table.primary_key]
    there = {tuple(row[k] for k in keys): dict(row) for row in connection.execute(query).mappings()}
    for row in wanted:
        entry = row[column.name] // scale
        found = there.pop(tuple(row[k] for k in keys), None)
        if found is None:
            return f"table {table.name} lacks a row that entry {entry} gives"
        changed = [n for n, value in row.items() if n not in WEIGHED and found[n] != value]
        if changed:
            return f"table {table.name} has another {changed[0]} than entry {entry} gives"
    if there:
        return f"table {table.name} holds a row that no entry gives"
    return None


def _days_told(connection: Connection, sources: Sequence[str]) -> set[str]:
    """The days of the claims of these sources."""
    return {
        str(day)
        for group in batched(sources, _AT_ONCE)
        for day in connection.execute(
            select(func.coalesce(claim.c.day, "")).distinct().where(claim.c.source.in_(group))
        ).scalars()
    }


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
    """The sources of which an entry after `done` speaks, and those of claims that it decides on, each once."""
    source, reading, taken = schema.report.c, schema.extraction.c, schema.withdrawal.c
    decided = select(schema.decision.c.claim_id).where(schema.decision.c.sequence > done)
    parts = (
        select(source.source).where(source.sequence > done),
        select(source.source)
        .join(schema.extraction, reading.version == source.version)
        .where(reading.sequence > done),
        select(taken.source).where(taken.sequence > done),
        select(claim.c.source).where(claim.c.claim_id.in_(decided)),
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
            source.title,
            reading.claims,
            reading.refusals,
        )
        .select_from(schema.extraction)
        .join(schema.report, reading.version == source.version)
        .where(current(last))
        .order_by(reading.sequence)
    )


def _clear(connection: Connection, sources: Sequence[str]) -> None:
    old = select(claim.c.number).where(claim.c.source.in_(sources))
    connection.execute(delete(place).where(place.c.number.in_(old)))
    connection.execute(delete(report).where(report.c.source.in_(sources)))
    connection.execute(delete(claim).where(claim.c.source.in_(sources)))


def _rows(
    connection: Connection, readings: Sequence[Any], signed: Mapping[str, int]
) -> Iterator[_Laid]:
    for group in batched(readings, _AT_ONCE):
        written = bodies(connection, [row["sequence"] for row in group])
        for reading in group:
            drawn = _drawn.decode(written[reading["sequence"]][1]).claims
            claims: dict[str, dict[str, Any]] = {}
            places: list[dict[str, Any]] = []
            for position, made in enumerate(drawn):
                identity = made.id
                if identity in claims:
                    continue
                number = reading["sequence"] * POSITIONS + position
                row = _row(made, reading)
                row |= {"number": number, "claim_id": identity, "position": position}
                row["signed"] = signed.get(identity, 0)
                claims[identity] = row
                places += _places(made, number)
            yield _Laid(_report(reading, len(claims)), list(claims.values()), places)


def _report(reading: Any, claims: int) -> dict[str, Any]:
    names = ("sequence", "report", "source", "report_id", "title", "publisher", "published", "lang")
    return {**{name: reading[name] for name in names}, "claims": claims}


def _row(made: Claim, reading: Any) -> dict[str, Any]:
    time, quantity = made.time, made.quantity
    published = (reading["published"] or "")[:10] or None
    first = made.places[0] if made.places else None
    gate = refused(reading["claims"], reading["refusals"])
    bound = quantity.bound if quantity else None
    doubtful = wording(bound, made.modality, made.speaker.name)
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
        "bound": bound,
        "placed": len(made.places),
        "where": (first.code or first.name) if first else None,
        "rule": made.rule,
        "gate": gate,
        "wording": doubtful,
        "figures": 1,
        "sure": sureness(1, gate, doubtful),
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
