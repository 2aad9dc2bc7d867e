"""Recording a report: which version it is, what has to be written, and that its quotations hold.

Enters: an edition, its original, what was drawn from it. Leaves: entries, or nothing. Does not belong here: asking.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Row, select

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
    Status,
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
    known = _versions(writer, source)
    version = _version(report, updated, known)
    reading = extraction_id(version, drawn.engine_version, drawn.rules_version)
    fresh = version not in {row.version for row in known}
    counts = (len(drawn.claims), len(drawn.refusals))
    if not fresh and _is_read(writer, reading):
        return Recorded("unchanged", report.id, *counts, superseded=known[-1].version != version)
    if fresh:
        archive.keep(writer.connection, original.data, sha256)
        _add_report(writer, report, (version, source, updated), known, _facts(sha256, original))
    _add_reading(writer, version, drawn)
    status: Status = "reread" if not fresh else "new_version" if known else "added"
    latest = _versions(writer, source)[-1].version
    return Recorded(status, report.id, *counts, superseded=latest != version)


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


def _versions(writer: Writer, source: str) -> list[Row[Any]]:
    """The versions known of a source, the latest last."""
    table = schema.report
    query = (
        select(table.c.version, table.c.effective_at_utc, table.c.updated_at_utc)
        .where(table.c.source == source)
        .order_by(table.c.effective_at_utc, table.c.sequence)
    )
    return list(writer.connection.execute(query))


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


def _add_report(
    writer: Writer,
    report: Report,
    identity: tuple[str, str, str | None],
    known: Sequence[Row[Any]],
    original: OriginalFacts,
) -> None:
    version, source, updated = identity
    body = ReportBody(
        report=report,
        version=version,
        original=original,
        source=source,
        effective=_effective(writer.moment, updated, known),
        updated=updated,
    )
    writer.append("report", body, body)


def _facts(sha256: str, original: Original) -> OriginalFacts:
    return OriginalFacts(sha256, original.media_type, len(original.data))


def _is_read(writer: Writer, reading: str) -> bool:
    table = schema.extraction
    found = select(table.c.sequence).where(table.c.extraction_id == reading)
    return writer.connection.execute(found).first() is not None
