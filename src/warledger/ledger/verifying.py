"""Verifying: whether the ledger is what was recorded, and if not, the first thing that does not hold.

Enters: a connection in one snapshot, the archive, a seal where there is one. Leaves: a `Verdict`.
Does not belong here: mending anything.

In order: the database's own pages, the triggers, then entry by entry the hash, the chain, the ids derived from content,
the rows derived from the body and the quotations; then rows that no entry gave, the seal, the tables that pages are
shown from, the originals, the index of words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import msgspec
from sqlalchemy import Connection, Table, func, select, text
from sqlalchemy.exc import DBAPIError

from warledger.errors import LedgerError
from warledger.ledger import queries, schema, search, shelf
from warledger.ledger.archive import Archive, InDatabase
from warledger.ledger.deriving import Body, derive, meaning, version_of
from warledger.ledger.entries import START, digest, walk
from warledger.ledger.opening import plan
from warledger.ledger.records import Entry, ExtractionBody, ReportBody, Seal
from warledger.model import Report, StoredReport

AT_ONCE = 500
Progress = Callable[[int], None]


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Whether everything holds; `fault` names the first thing that does not. The counts say how much was proved."""

    fault: str | None
    entries: int
    claims: int
    quotations: int
    originals: int
    head: Seal | None

    @property
    def holds(self) -> bool:
        """Whether nothing at fault was found."""
        return self.fault is None


class _Fault(Exception):
    """The first thing that does not hold."""


class _Walk:
    """One pass over a ledger, counting what it has proved."""

    def __init__(self, connection: Connection, archive: Archive) -> None:
        self.connection = connection
        self.archive = archive
        self.head: Seal | None = None
        self.claims = self.quotations = self.originals = 0
        self.rows: dict[Table, int] = {}
        self.kept: dict[str, tuple[str, int, int]] = {}
        self.cited: dict[str, int] = {}

    def all(self, seal: Seal | None, progress: Progress) -> None:
        self._pages()
        entries = walk(self.connection)
        while batch := list(islice(entries, AT_ONCE)):
            self._batch(batch)
            progress(batch[-1].sequence)
        self._leftovers()
        if seal is not None:
            self._sealed(seal)
        if (fault := shelf.fault(self.connection)) is not None:
            raise _Fault(f"what is shown: {fault}")
        self._originals()

    def _pages(self) -> None:
        if self.connection.dialect.name == "sqlite":
            for told in self.connection.execute(text("PRAGMA integrity_check(1)")).scalars():
                if told != "ok":
                    raise _Fault(f"the database's pages: {' '.join(str(told).split())}")
            self._layout()
        wanted = set(schema.triggers(self.connection.dialect.name))
        if gone := sorted(wanted - schema.guards(self.connection)):
            raise _Fault(f"the trigger {gone[0]}, which keeps the ledger append-only, is gone")

    def _layout(self) -> None:
        """Holds the file's layout, which names tables, indexes and triggers, to that of a new ledger."""
        there, (wanted, beside) = schema.parts(self.connection), plan()
        if shelf.is_stale(
            self.connection
        ):  # of another shape: made anew before anything is asked of it
            there = {part for part in there if not shelf.holds(part)}
        for tables in beside:
            wanted |= tables if there & tables else set()
        for part in sorted(there ^ wanted):
            raise _Fault(f"the {part.type} {part.name} is gone, added or not as it was made")
        revision = self.connection.execute(text(f"SELECT version_num FROM {schema.REVISION_TABLE}"))
        if revision.scalars().all() != [f"{schema.SCHEMA_VERSION:04}"]:
            raise _Fault(f"table {schema.REVISION_TABLE} names another schema")

    def _batch(self, batch: list[Entry]) -> None:
        bodies = [self._chained(entry) for entry in batch]
        read = self._read_reports([b for b in bodies if isinstance(b, ExtractionBody)], batch)
        wanted: dict[Table, list[dict[str, Any]]] = {table: [] for table in schema.DERIVED}
        for entry, body in zip(batch, bodies, strict=True):
            if body is None:
                continue
            self._proved(entry, body, read)
            derived = derive(entry, body, lambda version: read[version].report.published)
            for table, rows in derived.items():
                wanted[table].extend(rows)
        self._keep(wanted.pop(schema.original))
        for table, rows in wanted.items():
            self._compare(table, rows, batch)
        self._words(batch, bodies)

    def _chained(self, entry: Entry) -> Body | None:
        before = self.head.sequence if self.head else 0
        if entry.sequence != before + 1:
            raise _Fault(f"entry {before + 1} is gone: after entry {before} comes {entry.sequence}")
        if entry.previous_sha256 != (self.head.sha256 if self.head else START):
            raise _Fault(f"entry {entry.sequence} does not follow the entry before it")
        own = digest(
            entry.previous_sha256, entry.sequence, entry.kind, entry.recorded_at_utc, entry.body
        )
        if own != entry.sha256:
            raise _Fault(f"entry {entry.sequence} ({entry.kind}) is not what was recorded")
        self.head = Seal(entry.sequence, entry.sha256, entry.recorded_at_utc)
        try:
            return meaning(entry)
        except msgspec.DecodeError as problem:
            raise _Fault(f"entry {entry.sequence} is no {entry.kind}: {problem}") from None

    def _read_reports(
        self, readings: list[ExtractionBody], batch: list[Entry]
    ) -> dict[str, StoredReport]:
        table = schema.report.c
        query = select(table.sequence).where(
            table.version.in_({r.version for r in readings}),
            table.sequence <= batch[-1].sequence,
        )
        found = queries.bodies(self.connection, self.connection.execute(query).scalars())
        stored = [queries.stored_report(body, moment) for moment, body in found.values()]
        return {s.version: s for s in stored}

    def _proved(self, entry: Entry, body: Body, read: dict[str, StoredReport]) -> None:
        if isinstance(body, ReportBody):
            if body.version not in (version_of(body.report), version_of(body.report, body.updated)):
                raise _Fault(f"entry {entry.sequence}: the report is not the version that it names")
            sha256 = body.original if isinstance(body.original, str) else body.original.sha256
            self.cited.setdefault(sha256, entry.sequence)
        elif isinstance(body, ExtractionBody):
            if body.version not in read:
                raise _Fault(f"entry {entry.sequence} reads a report that the ledger does not hold")
            self._quotes(entry, body, read[body.version].report)

    def _quotes(self, entry: Entry, body: ExtractionBody, report: Report) -> None:
        for claim in body.claims:
            self.claims += 1
            for piece in claim.evidence:
                self.quotations += 1
                if report.text[piece.start : piece.end] != piece.quote:
                    raise _Fault(
                        f"entry {entry.sequence}: the words of claim {claim.id} do not stand in "
                        f"report {report.id} at {piece.start}-{piece.end}"
                    )

    def _keep(self, rows: list[dict[str, Any]]) -> None:
        for row in rows:
            self.kept.setdefault(row["sha256"], (row["media_type"], row["size"], row["sequence"]))

    def _compare(self, table: Table, wanted: list[dict[str, Any]], batch: list[Entry]) -> None:
        self.rows[table] = self.rows.get(table, 0) + len(wanted)
        keys = [column.name for column in table.primary_key]
        query = (
            select(table)
            .where(table.c.sequence.between(batch[0].sequence, batch[-1].sequence))
            .order_by(*(table.c[key] for key in keys))
        )
        found = {tuple(row[k] for k in keys): dict(row) for row in self._mappings(query)}
        for row in wanted:
            key = tuple(row[k] for k in keys)
            if key not in found:
                raise _Fault(f"entry {row['sequence']}: its row in table {table.name} is gone")
            other = found.pop(key)
            if changed := [name for name in row if row[name] != other[name]]:
                raise _Fault(
                    f"entry {row['sequence']}: table {table.name} has another {changed[0]} than was recorded"
                )
        if found:
            raise _Fault(
                f"table {table.name} holds a row that entry {next(iter(found))[0]} did not give"
            )

    def _mappings(self, query: Any) -> Iterator[Any]:
        yield from self.connection.execute(query).mappings()

    def _words(self, batch: list[Entry], bodies: list[Body | None]) -> None:
        if self.connection.dialect.name == "sqlite":
            return  # compared all at once by `search.check`
        found = search.words_between(self.connection, batch[0].sequence, batch[-1].sequence)
        for entry, body in zip(batch, bodies, strict=True):
            words = search.folded(body.report) if isinstance(body, ReportBody) else None
            if found.pop(entry.sequence, None) != words:
                raise _Fault(
                    f"entry {entry.sequence}: the index of words does not hold the report's"
                )

    def _leftovers(self) -> None:
        for table in schema.DERIVED:
            wanted = len(self.kept) if table is schema.original else self.rows.get(table, 0)
            self._counted(table, wanted)
        if not isinstance(self.archive, InDatabase):
            self._counted(schema.original_bytes, 0)
        elif self._count(schema.original_bytes) > len(self.kept):
            raise _Fault("the database holds an original that no report names")

    def _counted(self, table: Table, wanted: int) -> None:
        if (there := self._count(table)) != wanted:
            raise _Fault(f"table {table.name} holds {there} rows where the entries give {wanted}")

    def _count(self, table: Table) -> int:
        return int(self.connection.execute(select(func.count()).select_from(table)).scalar_one())

    def _sealed(self, seal: Seal) -> None:
        last = self.head.sequence if self.head else 0
        if seal.sequence > last:
            raise _Fault(
                f"the seal was set at entry {seal.sequence}, and the ledger ends at {last}"
            )
        table = schema.entry.c
        query = select(table.sha256).where(table.sequence == seal.sequence)
        if self.connection.execute(query).scalar() != seal.sha256:
            raise _Fault(
                f"entry {seal.sequence} is not the one that was sealed: the chain was written anew"
            )

    def _originals(self) -> None:
        rows = {row["sha256"]: row for row in self._mappings(select(schema.original))}
        for sha256, sequence in self.cited.items():
            if sha256 not in self.kept:
                raise _Fault(f"entry {sequence} names an original of which nothing was recorded")
            row = rows.get(sha256)
            if (
                row is None
                or (row["media_type"], row["size"], row["sequence"]) != self.kept[sha256]
            ):
                raise _Fault(f"entry {sequence}: table original has another row than was recorded")
            try:
                size = len(self.archive.read(self.connection, sha256))
            except LedgerError as problem:
                raise _Fault(f"entry {sequence}: {problem}") from None
            if size != row["size"]:
                raise _Fault(f"entry {sequence}: the original has {size} bytes, not {row['size']}")
            self.originals += 1


def verify(
    connection: Connection, archive: Archive, seal: Seal | None, progress: Progress
) -> Verdict:
    """Proves everything that can be proved, in one snapshot; `progress` is told the last entry done.

    `seal` is the head of the chain as it was noted elsewhere. Without it, a chain that someone cut short or
    wrote anew from some entry on is not told from a true one.
    """
    walked = _Walk(connection, archive)
    fault = None
    try:
        walked.all(seal, progress)
    except _Fault as found:
        fault = str(found)
    except (DBAPIError, msgspec.DecodeError, TypeError, ValueError) as problem:
        # A value of another type than its column's, a row that names an entry of another kind, a spoilt page.
        told = str(getattr(problem, "orig", problem))
        after = walked.head.sequence if walked.head else 0
        fault = f"after entry {after} the database cannot be read: {' '.join(told.split())}"
    return Verdict(
        fault=fault,
        entries=walked.head.sequence if walked.head else 0,
        claims=walked.claims,
        quotations=walked.quotations,
        originals=walked.originals,
        head=walked.head,
    )
