"""Checks: claims in, findings out; pure, no clock, no SQL, no claim ever edited.

Enters: a report with its claims and statements, a record, stored claims, copies. Leaves: findings, each with a
permanent check id, a result, its working and the words that it rests on. Does not belong here: who is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from warledger.checks import against, balance, copies, stated, sums
from warledger.checks import reports as over
from warledger.checks.facts import Checked, Fact, facts
from warledger.checks.record import DAILY, Record, build
from warledger.model import Copies, Finding, StoredClaim

__all__ = [
    "CHECKS",
    "DAILY",
    "Checked",
    "Record",
    "across",
    "build",
    "by_claim",
    "check",
    "of_copies",
]

Within = Callable[[Checked, Sequence[Fact]], Iterator[Finding]]

WITHIN: tuple[Within, ...] = (
    sums.of_classes, sums.of_models, sums.of_places, sums.of_which,
    balance.balance, balance.shares,
    stated.conversions, stated.weekdays, stated.headline,
)  # fmt: skip

ACROSS: tuple[Callable[[Sequence[over.Told]], Iterator[Finding]], ...] = (
    over.revisions, over.speakers_apart, over.slips, over.falls, over.bases, over.references,
)  # fmt: skip

CHECKS = (
    "total-of-classes", "total-of-models", "total-of-places", "part-of-total",
    "balance", "stated-share", "unit-conversion", "weekday", "headline", "cited-page",
    "revision", "speakers-apart", "slip", "cumulative-fall", "counting-basis", "source-reference",
    "wire-copy",
    "superlative", "ratio", "event-count", "first-since",
)  # fmt: skip
"""Every check's permanent id; each has its section in `docs/checks.md`."""


def check(checked: Checked, record: Record | None = None) -> tuple[Finding, ...]:
    """What the checks find in one report, alone and (where a record is given) against the record.

    Without a record, comparisons with other days can only be told from the report's own figures. Findings stand in
    the order of the text.
    """
    known = record or Record()
    rows = facts(checked.report, checked.claims)
    found = [finding for within in WITHIN for finding in within(checked, rows)]
    found += stated.cited(checked, rows, known.pages)
    found += against.comparisons(checked, rows, known)
    return tuple(sorted(_once(found), key=_place))


def _place(finding: Finding) -> tuple[int, str]:
    return finding.passages[0].evidence.start, finding.check


def _once(found: Iterable[Finding]) -> list[Finding]:
    """Each finding once: two readings of one pair of figures may find the same."""
    return list({(f.check, f.sentence, f.passages): f for f in found}.values())


def across(claims: Iterable[StoredClaim]) -> tuple[Finding, ...]:
    """What the checks find across the reports of a record, check by check."""
    rows = over.told(claims)
    return tuple(finding for compare in ACROSS for finding in compare(rows))


def of_copies(stories: Iterable[Copies], claims: Iterable[StoredClaim]) -> tuple[Finding, ...]:
    """What copies of one story altered; `claims` are those of their reports."""
    return tuple(copies.altered(stories, claims))


def by_claim(findings: Iterable[Finding]) -> dict[str, tuple[Finding, ...]]:
    """The findings that concern each claim, by the claim's id, in their order."""
    found: dict[str, tuple[Finding, ...]] = {}
    for finding in findings:
        for claim in finding.claims:
            found[claim] = (*found.get(claim, ()), finding)
    return found
