"""Checking: where readings, the ledger, copies of one story and the checks meet.

Enters: readings, a ledger. Leaves: findings, and where they stand. Does not belong here: what a check finds (`checks`).
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

import msgspec

from warledger import checks, extraction, incidents
from warledger.errors import ExtractionError
from warledger.ledger import Ledger
from warledger.model import (
    TABLE_ROW,
    Claim,
    Extraction,
    Finding,
    Incident,
    Report,
    Statement,
    StoredClaim,
    StoredReport,
)
from warledger.pipeline import TOLD, Reading

by_claim = checks.by_claim
FEWEST = 2
"""Figures that a report must give for its figures to be held against one another."""
AT_ONCE = 200
"""Reports checked between two notes of progress."""


class Found(msgspec.Struct, frozen=True):
    """A finding, the report of its first words, and the days (ISO, inclusive) of the figures that it rests on."""

    finding: Finding
    report: Report
    start: str | None
    end: str | None


class Surveyed(msgspec.Struct, frozen=True):
    """A stretch of a survey: how many reports of how many are done, and what was found in the stretch."""

    done: int
    total: int
    found: tuple[Found, ...]


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which findings are asked for: of these checks and results, of the rows of a table, of figures of the span of days."""

    checks: tuple[str, ...] = ()
    results: tuple[str, ...] = ()
    table: str | None = None
    start: str | None = None
    end: str | None = None

    def allows(self, found: Found) -> bool:
        """Whether a finding is asked for; one of no known day is not where days are asked for."""
        return (
            (not self.checks or found.finding.check in self.checks)
            and (not self.results or found.finding.result in self.results)
            and (self.table is None or found.report.id.startswith(f"{TABLE_ROW}{self.table}/"))
            and (self.start is None or (found.end or "") >= self.start)
            and (self.end is None or (found.start or "9999") <= self.end)
        )


WHOLE = 200_000
"""Up to so many claims the series are made of all that the ledger holds; above, of the claims that settle each."""


def series(ledger: Ledger) -> checks.Record:
    """What the ledger holds, as the series that comparisons are checked against.

    Above `WHOLE` claims they are made of the fullest figure of each day and month; pages cited are then not known.
    """
    if ledger.browse.size() > WHOLE:
        return checks.build(ledger.browse.series(checks.DAILY))
    return checks.build(ledger.claims(standing=TOLD))


def check(reading: Reading, record: checks.Record | None = None) -> tuple[Finding, ...]:
    """What the checks find in one reading, alone and (with a record) against the ledger."""
    return _of_report(reading.report, reading.claims, reading.statements, record)


def of_days(
    ledger: Ledger, *, start: str, end: str, as_known_on: str | None = None
) -> tuple[Finding, ...]:
    """What the checks find that concerns claims told of the days, as the ledger knew them at a moment or knows them.

    Reports with a claim of the days are checked whole; running totals and other tellings are held against all that
    the ledger holds.
    """
    told = ledger.told_of(start=start, end=end, standing=TOLD, as_known_on=as_known_on)
    return _concerning(ledger, {c.id for c in told}, as_known_on)


def of_incident(
    ledger: Ledger, incident: Incident, *, as_known_on: str | None = None
) -> tuple[Finding, ...]:
    """What the checks find that concerns the claims of an incident."""
    return _concerning(ledger, set(incident.claims), as_known_on)


def of_claims(
    claims: Iterable[StoredClaim], record: checks.Record | None = None
) -> tuple[Finding, ...]:
    """What the checks find in recorded reports: each alone and against the record, across them, and in copies.

    The statements of a report are read again from its text; a report in no known language has none.
    """
    rows = list(claims)
    return (*_within(_by_version(rows).values(), record), *across(rows))


def across(
    claims: Sequence[StoredClaim], copied: Mapping[str, StoredReport] | None = None
) -> tuple[Finding, ...]:
    """What the checks find across recorded reports, and in copies of one story among them (or those of `copied`)."""
    reports = copied if copied is not None else {c.source.version: c.source for c in claims}
    stories = incidents.copies(reports.values())
    return (*checks.across(claims), *checks.of_copies(stories, claims))


def concerning(
    wanted: Collection[str],
    claims: Sequence[StoredClaim],
    record: checks.Record | None = None,
    *,
    texts: int,
) -> tuple[tuple[Finding, ...], int]:
    """What the checks find of the `wanted` claims (ids) among `claims`, and how many texts were not read for it.

    Wordings that are no claims are read again from the texts of so many reports with a wanted claim; of the others
    the figures alone are checked. Copies are left to `incidents.copies`.
    """
    groups = [g for g in _by_version(claims).values() if any(c.id in wanted for c in g)]
    found = list(_within(groups[:texts], record))
    for group in groups[texts:]:
        if len(group) < FEWEST:
            continue
        drawn = tuple(row.claim for row in group)
        found += checks.check(checks.Checked(group[0].source.report, drawn, ()), record)
    kept = [f for f in (*found, *checks.across(claims)) if any(c in wanted for c in f.claims)]
    return tuple(kept), sum(_is_text(g[0].source.report) for g in groups[texts:])


def survey(ledger: Ledger, *, skip: int = 0) -> Iterator[Surveyed]:
    """Every finding of a ledger: report by report in the order of recording, the first `skip` left out, then across.

    The order stays while reports are added, so that a survey that was broken off is taken up with `skip`. The last
    stretch holds what was found across reports and in copies of one story.
    """
    claims = ledger.claims(standing=TOLD)
    record = checks.build(claims)
    known = {c.id: c for c in claims}
    reports = {c.source.report.id: c.source.report for c in claims}
    groups = list(_by_version(claims).values())
    for at in range(skip, len(groups), AT_ONCE):
        part = groups[at : at + AT_ONCE]
        found = _placed(_within(part, record), known, reports)
        yield Surveyed(at + len(part), len(groups), found)
    yield Surveyed(len(groups), len(groups), _placed(across(claims), known, reports))


def _concerning(ledger: Ledger, wanted: set[str], as_known_on: str | None) -> tuple[Finding, ...]:
    """The findings on the wanted claims, and those on the statements of their reports that no claim stands for.

    What was known at a moment is read whole; of what is known now, no more than may be held against these claims.
    """
    if as_known_on is None:
        claims = ledger.browse.concerned(wanted, incidents.AROUND)
    else:
        claims = ledger.claims(standing=TOLD, as_known_on=as_known_on)
    groups = [g for g in _by_version(claims).values() if any(c.id in wanted for c in g)]
    record = checks.build(claims) if as_known_on else _compared_with(ledger, groups)
    found = [f for f in _within(groups, record) if not f.claims or not wanted.isdisjoint(f.claims)]
    near = _published_near({g[0].source.version: g[0].source for g in groups}, claims)
    return (*found, *(f for f in across(claims, near) if not wanted.isdisjoint(f.claims)))


def _compared_with(ledger: Ledger, groups: Iterable[Sequence[StoredClaim]]) -> checks.Record:
    """The series; of a very large ledger only where the words of one of the reports compare."""
    if ledger.browse.size() <= WHOLE or any(
        statement.sort == "comparison"
        for group in groups
        for statement in _statements(group[0].source.report)
    ):
        return series(ledger)
    return checks.Record()


def _published_near(
    reports: Mapping[str, StoredReport], claims: Iterable[StoredClaim]
) -> dict[str, StoredReport]:
    """These reports and those published within the days in which one story is carried."""
    days = sorted(r.report.published[:10] for r in reports.values() if r.report.published)
    if not days:
        return dict(reports)
    first, last = incidents.around(days[0], days[-1])
    return {
        c.source.version: c.source
        for c in claims
        if c.source.version in reports or first <= (c.source.report.published or "")[:10] <= last
    }


def _within(
    groups: Iterable[Sequence[StoredClaim]], record: checks.Record | None
) -> Iterator[Finding]:
    for group in groups:
        report = group[0].source.report
        drawn = tuple(row.claim for row in group)
        yield from _of_report(report, drawn, _statements(report), record)


def _by_version(claims: Iterable[StoredClaim]) -> dict[str, list[StoredClaim]]:
    groups: dict[str, list[StoredClaim]] = {}
    for row in claims:
        groups.setdefault(row.source.version, []).append(row)
    return groups


def _of_report(
    report: Report,
    claims: tuple[Claim, ...],
    statements: tuple[Statement, ...],
    record: checks.Record | None,
) -> tuple[Finding, ...]:
    return checks.check(checks.Checked(report, claims, statements, _titled(report)), record)


def _statements(report: Report) -> tuple[Statement, ...]:
    return _drawn(report).statements if _is_text(report) else ()


def _titled(report: Report) -> tuple[Claim, ...]:
    """The claims of a title that stands apart from the text."""
    title = " ".join((report.title or "").split())
    if (
        not title
        or not _is_text(report)
        or title in " ".join(report.text[: 2 * len(title)].split())
    ):
        return ()
    return _drawn(msgspec.structs.replace(report, text=str(report.title), title=None)).claims


def _is_text(report: Report) -> bool:
    return bool(report.lang) and not report.id.startswith(TABLE_ROW)


@functools.lru_cache(maxsize=1_000)
def _drawn(report: Report) -> Extraction:
    try:
        return extraction.extract(report)
    except ExtractionError:
        return Extraction(())


def _placed(
    findings: Iterable[Finding], known: dict[str, StoredClaim], reports: dict[str, Report]
) -> tuple[Found, ...]:
    return tuple(_place(f, known, reports[f.passages[0].report]) for f in findings)


def _place(finding: Finding, known: dict[str, StoredClaim], report: Report) -> Found:
    times = [known[c].claim.time for c in finding.claims if c in known]
    days = [(t.start, t.end) for t in times if t is not None]
    if not days and report.published:
        days = [(report.published[:10], report.published[:10])]
    return Found(
        finding,
        report,
        min((a for a, _ in days), default=None),
        max((b for _, b in days), default=None),
    )
