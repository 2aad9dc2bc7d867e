"""From an entry to the rows that questions are asked of: the same function when recording and when verifying.

Enters: an entry and its body. Leaves: rows by table. Does not belong here: writing or comparing them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Table

from warledger.ledger import schema
from warledger.ledger.moments import day
from warledger.ledger.records import (
    Decision,
    Entry,
    ExtractionBody,
    MigrationBody,
    OriginalFacts,
    ReportBody,
    WithdrawalBody,
)
from warledger.model import Claim, Regrouping, Report, canonical_json

Body = ReportBody | ExtractionBody | WithdrawalBody | Decision | Regrouping | MigrationBody
Rows = dict[Table, list[dict[str, Any]]]
BODIES: dict[str, type[Body]] = {
    "report": ReportBody,
    "extraction": ExtractionBody,
    "withdrawal": WithdrawalBody,
    "decision": Decision,
    "regrouping": Regrouping,
    "migration": MigrationBody,
}
"""The kinds of entry that the ledger itself reads; entries of other kinds are kept and handed back as they are."""

SPANS = (1, 31, 366)
"""The longest claims of each class of length, in days; those of the class after the last are longer still."""

_DECODERS = {kind: msgspec.json.Decoder(form) for kind, form in BODIES.items()}


def meaning(entry: Entry) -> Body | None:
    """The body as the ledger reads it; None for a kind that it only keeps. Raises msgspec.DecodeError for another form."""
    decoder = _DECODERS.get(entry.kind)
    return None if decoder is None else decoder.decode(entry.body)


def derive(entry: Entry, body: Body, published: Callable[[str], str | None]) -> Rows:
    """The rows that follow from an entry. `published` gives a version's date of publication."""
    if isinstance(body, ReportBody):
        return _report(entry, body)
    if isinstance(body, ExtractionBody):
        return _extraction(entry, body, day(published(body.version)))
    if isinstance(body, WithdrawalBody):
        return {schema.withdrawal: [{"sequence": entry.sequence, "source": body.source}]}
    if isinstance(body, Decision):
        return {
            schema.decision: [
                {
                    "sequence": entry.sequence,
                    "claim_id": body.claim,
                    "by": body.by,
                    "verdict": body.verdict,
                    "blind": body.blind,
                }
            ]
        }
    if isinstance(body, Regrouping):
        return {}
    return {schema.original: [_original(facts, sequence) for facts, sequence in body.originals]}


def _original(facts: OriginalFacts, sequence: int) -> dict[str, Any]:
    return {**msgspec.structs.asdict(facts), "sequence": sequence}


def _report(entry: Entry, body: ReportBody) -> Rows:
    report, original = body.report, body.original
    row = {
        "sequence": entry.sequence,
        "version": body.version,
        "report_id": report.id,
        "source": body.source or report.id,
        "effective_at_utc": body.effective or entry.recorded_at_utc,
        "updated_at_utc": body.updated,
        "original_sha256": original if isinstance(original, str) else original.sha256,
    }
    row |= {f: getattr(report, f) for f in ("published", "publisher", "url", "title", "lang")}
    # A report of schema 1 names its original by the hash alone; the rest stands in the migration's entry.
    kept = [] if isinstance(original, str) else [_original(original, entry.sequence)]
    return {schema.original: kept, schema.report: [row]}


def _extraction(entry: Entry, body: ExtractionBody, published_on: str | None) -> Rows:
    rows: dict[str, dict[str, Any]] = {}
    for position, claim in enumerate(body.claims):
        identity = claim.id
        if identity not in rows:
            rows[identity] = _claim(entry.sequence, position, identity, claim, published_on)
    row = {
        "sequence": entry.sequence,
        "extraction_id": extraction_id(body.version, body.engine, body.rules),
        "version": body.version,
        "engine_version": body.engine,
        "rules_version": body.rules,
        "claims": len(rows),
        "refusals": len(body.refusals),
    }
    return {schema.extraction: [row], schema.claim: list(rows.values())}


def _claim(
    sequence: int, position: int, identity: str, claim: Claim, published_on: str | None
) -> dict[str, Any]:
    first = day(claim.time.start) if claim.time else published_on
    last = day(claim.time.end) if claim.time else published_on
    place = claim.places[0] if claim.places else None
    quantity = claim.quantity
    return {
        "sequence": sequence,
        "position": position,
        "claim_id": identity,
        "kind": claim.kind,
        "item_class": claim.item.class_,
        "model": claim.item.model,
        "place": (place.code or place.name) if place else None,
        "side": claim.speaker.side,
        "speaker": claim.speaker.name,
        "low": quantity.low if quantity else None,
        "high": quantity.high if quantity else None,
        "bound": quantity.bound if quantity else None,
        "modality": claim.modality,
        "rule": claim.rule,
        "first_day": first,
        "last_day": last,
        "span": _span(first, last),
    }


def _span(first: str | None, last: str | None) -> int | None:
    if first is None or last is None:
        return None
    days = (date.fromisoformat(last) - date.fromisoformat(first)).days
    return sum(days > longest for longest in SPANS)


def version_of(report: Report, updated: str | None = None) -> str:
    """The id of a version: SHA-256 over the report, and over `updated` too where a source went back to an earlier text."""
    value: object = report if updated is None else {"report": report, "updated": updated}
    return hashlib.sha256(canonical_json(value)).hexdigest()


def extraction_id(version: str, engine: str, rules: str) -> str:
    """The id of a reading: SHA-256 over the version read, the engine's and the rules' versions."""
    return hashlib.sha256("\n".join((version, engine, rules)).encode()).hexdigest()
