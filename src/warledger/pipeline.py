"""The way of one report, numbered: the only place where the stages meet.

Enters: paths and options. Leaves: readings (claims proved and claims refused) and failures, one at a time,
so that a folder of any size needs the memory of one report. Does not belong here: what a stage does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

import msgspec

from warledger import brief as briefing
from warledger import extraction, gate, languages, reading
from warledger import incidents as grouping
from warledger.errors import ExtractionError
from warledger.ledger import Edition, Ledger, Recorded, Standing
from warledger.model import (
    Claim,
    Extraction,
    Finding,
    Refusal,
    Report,
    Statement,
    StoredClaim,
    Trace,
)
from warledger.reading import Failure, ReadOptions, Source
from warledger.uncollected import uncollected

TOLD: tuple[Standing, ...] = ("open", "pending", "disputed", "accepted", "corrected")
"""How a claim has to stand in review to be told: a brief leaves out what people have rejected, and nothing else."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """One source as read: the claims that its words prove, those that they do not, and the trace.

    `known` is there for one that the ledger holds as it is; nothing was drawn from it again.
    """

    source: Source
    claims: tuple[Claim, ...]
    refusals: tuple[Refusal, ...]
    notes: tuple[Trace, ...]
    statements: tuple[Statement, ...] = ()
    known: Recorded | None = None

    @property
    def report(self) -> Report:
        """The report whose text the claims' offsets count in."""
        return self.source.report

    def explained(self) -> tuple[tuple[Trace, ...], ...]:
        """How the slots of each claim were found, in the order of the claims."""
        prover = gate.Prover(self.report, self.report.lang or "")
        return tuple(gate.standing(prover, claim) for claim in self.claims)


def read(
    paths: Sequence[str],
    *,
    stdin: BinaryIO | None = None,
    options: ReadOptions | None = None,
    ledger: Ledger | None = None,
) -> Iterator[Reading | Failure]:
    """Read everything that `paths` stand for, in order; what cannot be read is a `Failure` in its place.

    What `ledger` holds already is told as `known`, so that a run which was broken off is quickly where it was. Raises `UsageError` when an option cannot be meant.
    """
    # 1. Reading: bytes to text.
    for found in reading.read(paths, stdin=stdin, options=options):
        yield found if isinstance(found, Failure) else reading_of(found, ledger)


def reading_of(source: Source, ledger: Ledger | None = None) -> Reading | Failure:
    """What is drawn from one source, or why nothing could be; nothing is drawn anew from what `ledger` holds."""
    if ledger and (known := ledger.already(_edition(source), source.sha256, **_versions())):
        return Reading(source=source, claims=(), refusals=(), notes=(), known=known)
    try:
        proved, refused, told = draw(source.report)
    except ExtractionError as error:
        return Failure(source.path, source.report.id, str(error))
    return Reading(
        source=source, claims=proved, refusals=refused, notes=told.notes, statements=told.statements
    )


@uncollected()
def draw(report: Report) -> tuple[tuple[Claim, ...], tuple[Refusal, ...], Extraction]:
    """The claims that a report's words prove, those that they do not, and all drawn. Raises `ExtractionError`."""
    # 2. Extraction: text to claims.
    extracted = extraction.extract(report)
    # 3. Gate: the proof of each claim from the text alone.
    proved, refused = gate.settle(report, extracted.claims)
    return proved, refused, extracted


def record(reading: Reading, ledger: Ledger) -> Recorded:
    """Record one reading, all or nothing. Raises `LedgerError` where it cannot be written."""
    # 4. Ledger: the original bytes, the report, its claims and refusals, as entries.
    source = reading.source
    return reading.known or ledger.record(
        _edition(source),
        original=source.original,
        media_type=source.media_type,
        claims=reading.claims,
        refusals=reading.refusals,
        **_versions(),
    )


def _edition(source: Source) -> Edition:
    return Edition(report=source.report, updated=source.updated, retrieval=source.retrieval)


def _versions() -> dict[str, str]:
    return {
        "engine_version": extraction.ENGINE_VERSION,
        "rules_version": languages.rules_version(),
    }


def told(
    ledger: Ledger, *, start: str, end: str, as_known_on: str | None = None
) -> list[StoredClaim]:
    """The claims that touch the days `start` to `end`, at the moment, but for those that people rejected."""
    return ledger.told_of(start=start, end=end, standing=TOLD, as_known_on=as_known_on)


def brief(
    ledger: Ledger,
    *,
    start: str,
    end: str,
    as_known_on: str | None = None,
    findings: Sequence[Finding] = (),
    chosen: Sequence[StoredClaim] | None = None,
) -> briefing.Brief:
    """The brief of the days `start` to `end` (ISO dates, inclusive), of `chosen` claims or of all told at the moment."""
    if chosen is None:
        chosen = told(ledger, start=start, end=end, as_known_on=as_known_on)
    # 5. Incidents: which claims speak of one thing, and why.
    decided = ledger.regroupings(as_known_on=as_known_on)
    held = grouping.of_days(chosen, days=[(start, end)], decisions=decided).incidents
    # 6. Brief: what people see.
    return briefing.brief(chosen, start=start, end=end, incidents=held, findings=findings)
