"""Recording and asking: the ledger's one class.

Enters: a report with its original bytes, its claims and refusals. Leaves: what was recorded, and answers.
Does not belong here: the form of the tables (`schema`), the originals (`archive`), the word index (`search`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Engine, create_engine, event, func, insert, or_, select
from sqlalchemy.exc import DatabaseError, OperationalError

from warledger.errors import LedgerError
from warledger.ledger import schema, search
from warledger.ledger.archive import Archive
from warledger.ledger.search import Hit
from warledger.model import Claim, Refusal, Report, StoredClaim, StoredReport, canonical_json

BUSY_SECONDS = 30
Status = Literal["added", "unchanged", "new_version", "reread"]


class Recorded(msgspec.Struct, frozen=True):
    """What recording a report did: `added`, `unchanged`, `new_version` or `reread`, and the counts."""

    status: Status
    report_id: str
    claims: int
    refused: int


class Shown(msgspec.Struct, frozen=True):
    """A report with all of its claims and refusals, or a single claim's report with that claim alone."""

    source: StoredReport
    claims: tuple[StoredClaim, ...]
    refusals: tuple[Refusal, ...]
    engine_version: str
    rules_version: str


class Ledger:
    """A ledger in an SQLite file, with its archive of originals in the folder `<file>.archive` beside it."""

    def __init__(self, engine: Engine, archive: Archive, clock: Callable[[], datetime]) -> None:
        self._engine = engine
        self._archive = archive
        self._clock = clock

    @classmethod
    def open(
        cls, path: str | Path, *, create: bool = True, clock: Callable[[], datetime] | None = None
    ) -> Ledger:
        """Opens the ledger in the file `path`, making it where `create` allows.

        `clock` gives the time that entries are recorded at (UTC). Raises LedgerError where the file is no ledger,
        is not there, cannot be written, or belongs to a newer version.
        """
        place = Path(path)
        if place.is_dir():
            raise LedgerError(f"{place} is a folder; name a file with --ledger FILE")
        if not place.exists() and not create:
            raise LedgerError(
                f"{place}: no ledger there yet; record reports first with: warledger add PATH"
            )
        if create:
            try:
                place.parent.mkdir(parents=True, exist_ok=True)
            except OSError as problem:
                raise LedgerError(
                    f"{place.parent}: {problem.strerror}; choose another with --ledger FILE"
                ) from None
        engine = create_engine(f"sqlite:///{place}", connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _set_up)
        event.listen(engine, "begin", _begin)
        ledger = cls(engine, Archive(place.with_name(place.name + ".archive")), clock or _now)
        with _told(str(place)):
            ledger._prepare(str(place))
        return ledger

    def _prepare(self, name: str) -> None:
        with self._engine.connect() as connection:
            ready = schema.check(connection, name)
            connection.rollback()
        if not ready:
            with self._engine.connect() as connection:
                connection.connection.driver_connection.execute("PRAGMA journal_mode = WAL")  # type: ignore[union-attr]
            with self._engine.begin() as connection:
                schema.make(connection)
                search.make(connection)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Closes the file."""
        self._engine.dispose()

    def record(
        self,
        report: Report,
        *,
        original: bytes,
        media_type: str,
        claims: Sequence[Claim],
        refusals: Sequence[Refusal],
        engine_version: str,
        rules_version: str,
    ) -> Recorded:
        """Records a report and what was drawn from it, all or nothing.

        The same report read by the same engine and rules changes nothing (`unchanged`); another text under the same
        id is a `new_version`; the same text read by newer rules is a `reread`. Raises LedgerError where a claim's
        quotation does not stand in the text at its offsets, or the ledger cannot be written.
        """
        _prove_quotes(report, claims)
        version = hashlib.sha256(canonical_json(report)).hexdigest()
        reading = _digest(version, engine_version, rules_version)
        writing = self._engine.execution_options(immediate=True)
        with _told("the ledger"), writing.begin() as connection:
            known = connection.execute(
                select(schema.report.c.version).where(schema.report.c.report_id == report.id)
            ).scalars()
            versions = set(known)
            if version in versions and self._has(connection, reading):
                return Recorded("unchanged", report.id, len(claims), len(refusals))
            if version not in versions:
                self._add_report(connection, report, version, original, media_type)
            self._add_extraction(
                connection, version, reading, (engine_version, rules_version), (claims, refusals)
            )
        status: Status = "reread" if version in versions else "new_version" if versions else "added"
        return Recorded(status, report.id, len(claims), len(refusals))

    def _has(self, connection: Connection, reading: str) -> bool:
        table = schema.extraction
        found = select(table.c.extraction_id).where(table.c.extraction_id == reading)
        return connection.execute(found).first() is not None

    def _entry(self, connection: Connection, kind: str, body: object) -> int:
        data = canonical_json(body)
        moment = self._clock().astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
        row = {"kind": kind, "recorded_at_utc": moment, "body": data.decode()}
        row["sha256"] = hashlib.sha256(data).hexdigest()
        result = connection.execute(insert(schema.entry).values(**row))
        key = result.inserted_primary_key
        assert key is not None
        return int(key[0])

    def _add_report(
        self, connection: Connection, report: Report, version: str, original: bytes, media_type: str
    ) -> None:
        sha256 = self._archive.keep(original)
        body = {"report": report, "version": version, "original": sha256}
        sequence = self._entry(connection, "report", body)
        table = schema.original
        if (
            connection.execute(select(table.c.sha256).where(table.c.sha256 == sha256)).first()
            is None
        ):
            row = {"sha256": sha256, "media_type": media_type, "size": len(original)}
            connection.execute(insert(table).values(sequence=sequence, **row))
        fields = {
            f: getattr(report, f)
            for f in ("text", "published", "publisher", "url", "title", "lang")
        }
        connection.execute(
            insert(schema.report).values(
                version=version,
                report_id=report.id,
                original_sha256=sha256,
                sequence=sequence,
                **fields,
            )
        )
        search.add(connection, version, report.title, report.text)

    def _add_extraction(
        self,
        connection: Connection,
        version: str,
        reading: str,
        by: tuple[str, str],
        drawn: tuple[Sequence[Claim], Sequence[Refusal]],
    ) -> None:
        claims, refusals = drawn
        body = {
            "version": version,
            "engine": by[0],
            "rules": by[1],
            "claims": claims,
            "refusals": refusals,
        }
        sequence = self._entry(connection, "extraction", body)
        connection.execute(
            insert(schema.extraction).values(
                extraction_id=reading,
                version=version,
                engine_version=by[0],
                rules_version=by[1],
                sequence=sequence,
            )
        )
        rows: dict[str, dict[str, Any]] = {}
        for position, claim in enumerate(claims):
            rows.setdefault(claim.id, _claim_row(reading, position, claim))
        if rows:
            connection.execute(insert(schema.claim), list(rows.values()))
        if refusals:
            connection.execute(
                insert(schema.refusal),
                [
                    {"extraction_id": reading, "position": n, "body": canonical_json(r).decode()}
                    for n, r in enumerate(refusals)
                ],
            )

    def claims(
        self, *, start: str | None = None, end: str | None = None, report: str | None = None
    ) -> list[StoredClaim]:
        """The claims of the latest reading of the latest version of each report, in the order of recording.

        `start` and `end` (ISO dates, inclusive) keep claims whose time touches the span; a claim without a time is
        kept by its report's day of publication. `report` keeps those of one report.
        """
        with _told("the ledger"), self._engine.connect() as connection:
            return list(self._claims(connection, start, end, report))

    def _claims(
        self, connection: Connection, start: str | None, end: str | None, report: str | None
    ) -> Iterator[StoredClaim]:
        claim, reading, source = schema.claim.c, schema.extraction.c, schema.report.c
        day = func.substr(source.published, 1, 10)
        query = (
            select(schema.claim, schema.report, schema.entry.c.recorded_at_utc)
            .join(schema.extraction, claim.extraction_id == reading.extraction_id)
            .join(schema.report, reading.version == source.version)
            .join(schema.entry, source.sequence == schema.entry.c.sequence)
            .where(claim.extraction_id.in_(_latest()))
            .order_by(reading.sequence, claim.position)
        )
        if start is not None:
            query = query.where(
                or_(claim.ends_on >= start, claim.ends_on.is_(None) & (day >= start))
            )
        if end is not None:
            query = query.where(
                or_(claim.starts_on <= end, claim.starts_on.is_(None) & (day <= end))
            )
        if report is not None:
            query = query.where(source.report_id == report)
        for row in connection.execute(query).mappings():
            decoded = msgspec.json.decode(row["body"], type=Claim)
            yield StoredClaim(row["claim_id"], decoded, _stored_report(row))

    def show(self, name: str) -> Shown:
        """The report or claim of that id, or of the only id that starts so. Raises LedgerError for none or several."""
        with _told("the ledger"), self._engine.connect() as connection:
            reports = _starting(connection, schema.report.c.report_id, name)
            claims = _starting(connection, schema.claim.c.claim_id, name)
            if name in reports:
                reports, claims = [name], []
            if len(reports) + len(claims) > 1:
                found = ", ".join([*reports, *claims][:4])
                raise LedgerError(
                    f"{name!r} is the start of several ids ({found} …); give more of it"
                )
            if reports:
                return self._shown(connection, reports[0], None)
            if claims:
                return self._shown(connection, self._report_of(connection, claims[0]), claims[0])
        raise LedgerError(
            f"no report or claim has an id that starts with {name!r}; find it with: warledger search WORDS"
        )

    def _report_of(self, connection: Connection, claim_id: str) -> str:
        query = (
            select(schema.report.c.report_id)
            .join(schema.extraction, schema.extraction.c.version == schema.report.c.version)
            .join(schema.claim, schema.claim.c.extraction_id == schema.extraction.c.extraction_id)
            .where(schema.claim.c.claim_id == claim_id)
        )
        return str(connection.execute(query).scalars().first())

    def _shown(self, connection: Connection, report_id: str, only: str | None) -> Shown:
        query = (
            select(schema.extraction, schema.report, schema.entry.c.recorded_at_utc)
            .join(schema.report, schema.extraction.c.version == schema.report.c.version)
            .join(schema.entry, schema.report.c.sequence == schema.entry.c.sequence)
            .where(schema.report.c.report_id == report_id)
            .order_by(schema.extraction.c.sequence.desc())
        )
        row = connection.execute(query).mappings().first()
        assert row is not None
        claims = [
            c for c in self._claims(connection, None, None, report_id) if only in (None, c.id)
        ]
        refusals = connection.execute(
            select(schema.refusal.c.body)
            .where(schema.refusal.c.extraction_id == row["extraction_id"])
            .order_by(schema.refusal.c.position)
        ).scalars()
        decoded = tuple(msgspec.json.decode(body, type=Refusal) for body in refusals)
        return Shown(
            _stored_report(row),
            tuple(claims),
            decoded if only is None else (),
            row["engine_version"],
            row["rules_version"],
        )

    def search(self, words: str, limit: int = 20) -> list[Hit]:
        """The reports that hold all the words, the best first; case is folded, a word may end in `*`."""
        with _told("the ledger"), self._engine.connect() as connection:
            return search.find(connection, words, limit)

    def counts(self) -> dict[str, int]:
        """How many reports (versions), claims and refusals the ledger holds."""
        tables = {"reports": schema.report, "claims": schema.claim, "refusals": schema.refusal}
        with _told("the ledger"), self._engine.connect() as connection:
            return {
                name: int(connection.execute(select(func.count()).select_from(table)).scalar_one())
                for name, table in tables.items()
            }

    def original(self, sha256: str) -> bytes:
        """The original bytes kept under a hash. Raises LedgerError where they are gone or changed."""
        return self._archive.read(sha256)


def _now() -> datetime:
    return datetime.now(UTC)


def _set_up(connection: Any, record: object) -> None:
    # The driver's own transactions are off, so that BEGIN IMMEDIATE below is the only one.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A writer takes the lock at once: taking it late, after a read, could not wait for another writer.
    immediate = connection.get_execution_options().get("immediate", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Turns the database's errors into one line that says what to do."""
    try:
        yield
    except (OperationalError, DatabaseError) as problem:
        raise LedgerError(_reason(name, str(problem.orig))) from None


def _reason(name: str, problem: str) -> str:
    for sign, reason in (
        ("not a database", "is no ledger; name another file with --ledger FILE"),
        ("malformed", "is damaged; restore it from a copy"),
        (
            "readonly",
            "cannot be written; check its permissions or choose another with --ledger FILE",
        ),
        (
            "unable to open",
            "cannot be opened or made there; choose another place with --ledger FILE",
        ),
        ("full", "has no room left on its disk; nothing of this report was recorded"),
        ("locked", f"is being written by another process for over {BUSY_SECONDS} s; try again"),
        ("disk I/O", "cannot be written to its disk; nothing of this report was recorded"),
        ("no such table", "is no ledger; name another file with --ledger FILE"),
    ):
        if sign in problem:
            return f"{name} {reason}"
    return f"{name}: {problem}"


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _latest() -> Any:
    """The newest extraction of the newest version of each report."""
    newest = (
        select(func.max(schema.extraction.c.sequence))
        .join(schema.report, schema.extraction.c.version == schema.report.c.version)
        .where(
            schema.report.c.sequence.in_(
                select(func.max(schema.report.c.sequence)).group_by(schema.report.c.report_id)
            )
        )
        .group_by(schema.report.c.report_id)
    )
    return select(schema.extraction.c.extraction_id).where(schema.extraction.c.sequence.in_(newest))


def _starting(connection: Connection, column: Any, name: str) -> list[str]:
    escaped = name.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    query = (
        select(column)
        .distinct()
        .where(column.like(escaped + "%", escape="\\"))
        .order_by(column)
        .limit(5)
    )
    return [str(value) for value in connection.execute(query).scalars()]


def _stored_report(row: Any) -> StoredReport:
    fields = {f: row[f] for f in ("text", "published", "publisher", "url", "title", "lang")}
    report = Report(id=row["report_id"], **fields)
    return StoredReport(report, row["version"], row["original_sha256"], row["recorded_at_utc"])


def _claim_row(reading: str, position: int, claim: Claim) -> dict[str, Any]:
    return {
        "extraction_id": reading,
        "claim_id": claim.id,
        "position": position,
        "kind": claim.kind,
        "item_class": claim.item.class_,
        "side": claim.speaker.side,
        "speaker": claim.speaker.name,
        "starts_on": claim.time.start if claim.time else None,
        "ends_on": claim.time.end if claim.time else None,
        "body": canonical_json(claim).decode(),
    }


def _prove_quotes(report: Report, claims: Sequence[Claim]) -> None:
    for claim in claims:
        for piece in claim.evidence:
            if report.text[piece.start : piece.end] != piece.quote:
                raise LedgerError(
                    f"report {report.id}: the words of claim {claim.id} do not stand at {piece.start}-{piece.end}"
                )
