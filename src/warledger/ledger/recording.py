"""Recording a report: which version it is, what has to be written, and that its quotations hold.

Enters: an edition, its original, what was drawn from it. Leaves: entries, or nothing. Does not belong here: asking.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, bindparam, select

from warledger.errors import LedgerError
from warledger.ledger import moments, schema
from warledger.ledger.archive import Archive
from warledger.ledger.deriving import extraction_id, version_of
from warledger.ledger.entries import Writer
from warledger.ledger.identity import source_of
from warledger.ledger.records import (
    Edition,
    ExtractionBody,
    OriginalFacts,
    Recorded,
    ReportBody,
)
from warledger.model import Claim, Refusal, Report


class Drawn(msgspec.Struct, frozen=True):
    """What was drawn from a report, and by which engine with which rules."""

    claims: Sequence[Claim]
    refusals: Sequence[Refusal]
    engine_version: str
    rules_version: str


class Original(msgspec.Struct, frozen=True):
    """The bytes that a report came from."""

    data: bytes
    media_type: str


def prove_quotes(report: Report, claims: Sequence[Claim]) -> None:
    """Raises LedgerError where a claim's quotation does not stand in the text at its offsets."""
    for claim in claims:
        for piece in claim.evidence:
            if report.text[piece.start : piece.end] != piece.quote:
                raise LedgerError(
                    f"report {report.id}: the words of claim {claim.id} do not stand at {piece.start}-{piece.end}"
                )


def record(
    writer: Writer, archive: Archive, edition: Edition, original: Original, drawn: Drawn
) -> Recorded:
    """Writes what is new of an edition and of its reading; `Ledger.record` says what comes back."""
    report = edition.report
    prove_quotes(report, drawn.claims)
    sha256 = hashlib.sha256(original.data).hexdigest()
    source = edition.source or source_of(report, sha256)
    updated = moments.updated(edition.updated)
    known = _versions(writer.connection, source)
    version = _version(report, updated, known)
    reading = extraction_id(version, drawn.engine_version, drawn.rules_version)
    fresh = version not in {row.version for row in known}
    counts = (len(drawn.claims), len(drawn.refusals))
    if not fresh:
        older = known[-1].version != version
        if _is_read(writer, reading):
            return Recorded("unchanged", report.id, *counts, superseded=older)
        _add_reading(writer, version, drawn)
        return Recorded("reread", report.id, *counts, superseded=older)
    archive.keep(writer.connection, original.data, sha256)
    effective = _effective(writer.moment, updated, known)
    body = ReportBody(
        report=report,
        version=version,
        original=OriginalFacts(sha256, original.media_type, len(original.data)),
        source=source,
        effective=effective,
        updated=updated,
        retrieval=edition.retrieval,
    )
    writer.append("report", body, body)
    _add_reading(writer, version, drawn)
    if not known:
        return Recorded("added", report.id, *counts)
    older = effective < known[-1].effective_at_utc
    return Recorded("new_version", report.id, *counts, superseded=older)


def already(
    connection: Connection, edition: Edition, original_sha256: str, engine: str, rules: str
) -> Recorded | None:
    """What recording an edition would say, where that engine and these rules have read it; else None."""
    report = edition.report
    known = _versions(connection, edition.source or source_of(report, original_sha256))
    version = _version(report, moments.updated(edition.updated), known)
    if version not in {row.version for row in known}:
        return None
    table = schema.extraction.c
    query = select(table.claims, table.refusals).where(
        table.extraction_id == extraction_id(version, engine, rules)
    )
    row = connection.execute(query).first()
    if row is None:
        return None
    older = known[-1].version != version
    return Recorded("unchanged", report.id, row.claims, row.refusals, superseded=older)


def read_again(writer: Writer, version: str, drawn: Drawn) -> bool:
    """Writes a reading of a version that is there; `Ledger.read_again` says what comes back."""
    if _is_read(writer, extraction_id(version, drawn.engine_version, drawn.rules_version)):
        return False
    table = schema.report.c
    query = (
        select(schema.entry.c.body)
        .join(schema.report, table.sequence == schema.entry.c.sequence)
        .where(table.version == version)
    )
    body = writer.connection.execute(query).scalar()
    if body is None:
        raise LedgerError(f"the ledger holds no version {version[:12]}…")
    prove_quotes(msgspec.json.decode(body, type=ReportBody).report, drawn.claims)
    _add_reading(writer, version, drawn)
    return True


def _add_reading(writer: Writer, version: str, drawn: Drawn) -> None:
    body = ExtractionBody(
        version=version,
        engine=drawn.engine_version,
        rules=drawn.rules_version,
        claims=tuple(drawn.claims),
        refusals=tuple(drawn.refusals),
    )
    writer.append("extraction", body, body)


_VERSIONS = (
    select(
        schema.report.c.version, schema.report.c.effective_at_utc, schema.report.c.updated_at_utc
    )
    .where(schema.report.c.source == bindparam("source"))
    .order_by(schema.report.c.effective_at_utc, schema.report.c.sequence)
)


def _versions(connection: Connection, source: str) -> list[Row[Any]]:
    """The versions known of a source, the latest last."""
    return list(connection.execute(_VERSIONS, {"source": source}))


def _version(report: Report, updated: str | None, known: Sequence[Row[Any]]) -> str:
    """The version's id; a text known before, to which the source says that it went back, is a version of its own."""
    version = version_of(report)
    if updated is None or version not in {row.version for row in known}:
        return version
    newest = max((row.updated_at_utc for row in known if row.updated_at_utc), default=None)
    went_back = known[-1].version != version and newest is not None and updated >= newest
    return version_of(report, updated) if went_back else version


def _effective(moment: str, updated: str | None, known: Sequence[Row[Any]]) -> str:
    """When the version counts from: now, or just before the first one that its source changed later than it."""
    later = [
        row.effective_at_utc
        for row in known
        if updated and row.updated_at_utc and row.updated_at_utc > updated
    ]
    if not later:
        return moment
    return moments.stamp(datetime.fromisoformat(min(later)) - timedelta(seconds=1))


def _is_read(writer: Writer, reading: str) -> bool:
    table = schema.extraction
    found = select(table.c.sequence).where(table.c.extraction_id == reading)
    return writer.connection.execute(found).first() is not None
