"""Checking: where readings, the ledger and the checks meet.

Enters: readings, a ledger. Leaves: findings. Does not belong here: what a check finds (`checks`).
"""

from __future__ import annotations

from collections.abc import Iterable

from warledger import checks, extraction
from warledger.ledger import Ledger
from warledger.model import Claim, Finding, Report, Statement, StoredClaim
from warledger.pipeline import TOLD, Reading


def series(ledger: Ledger) -> checks.Record:
    """What the ledger holds, as the series that comparisons are checked against."""
    return checks.build(ledger.claims(standing=TOLD))


def check(reading: Reading, record: checks.Record | None = None) -> tuple[Finding, ...]:
    """What the checks find in one reading, alone and (with a record) against the ledger."""
    return checks.check(checks.Checked(reading.report, reading.claims, reading.statements), record)


def of_days(
    ledger: Ledger, *, start: str, end: str, as_known_on: str | None = None
) -> tuple[Finding, ...]:
    """What the checks find in the reports that tell of the days, as the ledger knew them at a moment or knows them."""
    record = checks.build(ledger.claims(standing=TOLD, as_known_on=as_known_on))
    claims = ledger.claims(start=start, end=end, standing=TOLD, as_known_on=as_known_on)
    return of_claims(claims, record)


def of_claims(
    claims: Iterable[StoredClaim], record: checks.Record | None = None
) -> tuple[Finding, ...]:
    """What the checks find in recorded reports, each alone and against the record, and across them.

    The statements of a report are read again from its text; a report in no known language has none.
    """
    rows = list(claims)
    by_report: dict[str, list[StoredClaim]] = {}
    for row in rows:
        by_report.setdefault(row.source.version, []).append(row)
    found: list[Finding] = []
    for group in by_report.values():
        report = group[0].source.report
        drawn = tuple(row.claim for row in group)
        found += checks.check(checks.Checked(report, drawn, _statements(report, drawn)), record)
    return (*found, *checks.across(rows))


def _statements(report: Report, drawn: tuple[Claim, ...]) -> tuple[Statement, ...]:
    if all(claim.rule.startswith(report.lang or "?") for claim in drawn) and report.lang:
        return extraction.extract(report).statements
    return ()
