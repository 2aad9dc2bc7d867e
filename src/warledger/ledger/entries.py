"""The chain: entries one after another, each holding the hash of the one before.

Enters: a kind and a body. Leaves: an entry, written with the rows derived from it. Does not belong here: what the
bodies mean (`deriving`), when to write which (`recording`).

The hash of an entry is SHA-256 over five lines: the hash of the entry before (empty for the first), the sequence
number, the kind, the time, the canonical JSON of the body.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, bindparam, func, insert, select

from warledger.ledger import schema, search
from warledger.ledger.deriving import Body, derive
from warledger.ledger.moments import stamp
from warledger.ledger.records import Entry, ReportBody, Seal
from warledger.model import canonical_json

START = ""
"""What stands for the hash before the first entry."""


def digest(previous: str, sequence: int, kind: str, recorded_at_utc: str, body: str) -> str:
    """The hash of an entry, in hexadecimal."""
    lines = "\n".join((previous, str(sequence), kind, recorded_at_utc, body))
    return hashlib.sha256(lines.encode()).hexdigest()


def head(connection: Connection) -> Seal | None:
    """The last entry's place, hash and time; None where there is none."""
    row = connection.execute(
        select(schema.entry.c.sequence, schema.entry.c.sha256, schema.entry.c.recorded_at_utc)
        .order_by(schema.entry.c.sequence.desc())
        .limit(1)
    ).first()
    return None if row is None else Seal(*row)


def last_known(connection: Connection, moment: str | None) -> int:
    """The sequence number of the last entry known at `moment` (None: now); 0 where there was none.

    Entries are dated in the order in which they were recorded, so that what was known then is a beginning of the
    chain.
    """
    sequence = schema.entry.c.sequence
    last = int(connection.execute(select(func.max(sequence))).scalar() or 0)
    if moment is None:
        return last
    later = select(func.min(sequence)).where(schema.entry.c.recorded_at_utc > moment)
    first_after = connection.execute(later).scalar()
    return last if first_after is None else int(first_after) - 1


def walk(
    connection: Connection, *, kind: str | None = None, last: int | None = None
) -> Iterator[Entry]:
    """The entries in order, of one kind where that is given, up to the sequence number `last`."""
    query = select(schema.entry).order_by(schema.entry.c.sequence)
    if kind is not None:
        query = query.where(schema.entry.c.kind == kind)
    if last is not None:
        query = query.where(schema.entry.c.sequence <= last)
    for row in connection.execution_options(yield_per=500).execute(query):
        yield Entry(*row)


def between(connection: Connection, first: int, last: int) -> list[Entry]:
    """The entries from one sequence number to another, both inclusive."""
    table = schema.entry.c
    query = select(schema.entry).where(table.sequence.between(first, last))
    return [Entry(*row) for row in connection.execute(query.order_by(table.sequence))]


_INSERT = {table: insert(table) for table in (schema.entry, *schema.DERIVED)}
_KEPT = select(schema.original.c.sha256).where(schema.original.c.sha256 == bindparam("hash"))


class Writer:
    """Appends entries within one transaction, which has to hold the ledger's lock.

    All of its entries carry one time: the clock's, or that of the last entry where the clock was set back, for what
    was recorded later is never known earlier.
    """

    def __init__(self, connection: Connection, clock: Callable[[], datetime]) -> None:
        self.connection = connection
        before = head(connection)
        self._sequence, self._sha256 = (before.sequence, before.sha256) if before else (0, START)
        self._published: dict[str, str | None] = {}
        now = stamp(clock())
        self.moment = max(now, before.recorded_at_utc) if before else now

    def append(self, kind: str, body: object, meaning: Body | None = None) -> Entry:
        """Writes an entry, and the rows that are derived from `meaning`, its body as the ledger reads it."""
        written = canonical_json(body).decode()
        sequence = self._sequence + 1
        sha256 = digest(self._sha256, sequence, kind, self.moment, written)
        entry = Entry(sequence, kind, self.moment, written, sha256, self._sha256)
        self.connection.execute(_INSERT[schema.entry], msgspec.structs.asdict(entry))
        self._sequence, self._sha256 = sequence, sha256
        if meaning is not None:
            if isinstance(meaning, ReportBody):
                self._published[meaning.version] = meaning.report.published
            write_rows(self.connection, entry, meaning, self._published)
        return entry


def write_rows(
    connection: Connection, entry: Entry, meaning: Body, known: Mapping[str, str | None]
) -> None:
    """Writes the rows that follow from an entry, and its words into the index.

    `known` holds dates of publication by version that need not be looked up.
    """

    def published_on(version: str) -> str | None:
        return known[version] if version in known else published(connection, version)

    derived = derive(entry, meaning, published_on)
    for table, rows in derived.items():
        fresh = [r for r in rows if table is not schema.original or not _is_kept(connection, r)]
        if fresh:
            connection.execute(_INSERT[table], fresh)
    search.add(connection, entry.sequence, meaning)


def _is_kept(connection: Connection, row: dict[str, Any]) -> bool:
    return connection.execute(_KEPT, {"hash": row["sha256"]}).first() is not None


def published(connection: Connection, version: str) -> str | None:
    """When the report of that version says that it was published."""
    table = schema.report
    value = connection.execute(select(table.c.published).where(table.c.version == version)).scalar()
    return None if value is None else str(value)
