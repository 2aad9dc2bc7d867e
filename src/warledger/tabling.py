"""The way of a table: rows into the ledger, nights out of it, and the two held against each other.

Enters: a table as read, a ledger. Leaves: entries, nights, a comparison. A second path beside `pipeline`, for what no
language reads. Does not belong here: what a stage does.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from warledger import incidents, tables
from warledger.errors import UsageError
from warledger.incidents.nights import COLUMNS, Comparison, NightRow
from warledger.ledger import Edition, Ledger
from warledger.model import StoredClaim, StoredReport, canonical_json
from warledger.pipeline import TOLD

BATCH = 250
"""Rows recorded at once, all or nothing."""


def import_table(read: tables.Imported, ledger: Ledger) -> Iterator[Counter[str]]:
    """Record a table's rows, a batch at a time; each batch tells how many rows were added, unchanged and so on.

    Raises LedgerError where a batch cannot be written; nothing of that batch is then recorded.
    """
    for at in range(0, len(read.rows), BATCH):
        done: Counter[str] = Counter()
        with ledger.batch():
            for row in read.rows[at : at + BATCH]:
                recorded = ledger.record(
                    Edition(report=row.report, updated=row.updated),
                    original=row.original,
                    media_type="text/csv",
                    claims=row.claims,
                    refusals=(),
                    engine_version=tables.ENGINE_VERSION,
                    rules_version=f"{read.mapping.name}/{read.mapping.version}",
                )
                done[recorded.status] += 1
        yield done


def nights(
    ledger: Ledger, *, start: str, end: str, as_known_on: str | None = None
) -> tuple[NightRow, ...]:
    """The rows of the nights and days from `start` to `end` (ISO dates, inclusive)."""
    first, last = incidents.around(start, end)
    claims = ledger.told_of(
        start=first, end=last, kinds=COLUMNS, standing=TOLD, as_known_on=as_known_on
    )
    return tuple(r for r in incidents.nights(claims) if start <= r.night <= end)


def compare(
    ledger: Ledger, table: tables.Imported | str, *, as_known_on: str | None = None
) -> Comparison:
    """The ledger's own figures against those of a table: one read from a file, or one imported under a name.

    Raises UsageError where the ledger holds no table of that name.
    """
    claims = ledger.claims(kinds=COLUMNS, standing=TOLD, as_known_on=as_known_on)
    if isinstance(table, str):
        name = table
        if not any(incidents.origin(c) == name for c in claims):
            raise UsageError(
                f"no table {name!r} is imported; import it with: warledger import-table FILE"
            )
    else:
        name = table.mapping.name
        claims = [c for c in claims if incidents.origin(c) != name]
        claims += [c for row in table.rows for c in _stored(row)]
    return incidents.compare(incidents.nights(claims), name)


def _stored(row: tables.TableRow) -> Iterator[StoredClaim]:
    """A row's claims as if recorded, for holding a table against the ledger without importing it."""
    version = hashlib.sha256(canonical_json(row.report)).hexdigest()
    source = StoredReport(row.report, version, hashlib.sha256(row.original).hexdigest(), "")
    for claim in row.claims:
        if claim.kind in COLUMNS:
            yield StoredClaim(claim.id, claim, source)
