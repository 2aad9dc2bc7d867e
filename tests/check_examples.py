"""Examples of the checks: blocks of reports as `docs/checks.md` holds them, run as the pipeline runs a report."""

from __future__ import annotations

import re

from warledger import checking, checks, extraction
from warledger.model import Finding, Report, StoredClaim, StoredReport

_OPENS = re.compile(r"^\[(\S+) (\w\w)(?: (\S+))?(?: (\S+))?\]$")


def reports_of(block: str) -> list[Report]:
    """The reports of a block: `[published language publisher address]`, then the text."""
    reports: list[Report] = []
    for line in block.splitlines():
        if match := _OPENS.match(line):
            published, lang, publisher, url = match.groups()
            name = f"r{len(reports) + 1}"
            reports.append(
                Report(
                    id=name, text="", published=published, lang=lang, publisher=publisher, url=url
                )
            )
        elif not line.startswith("→"):
            last = reports[-1]
            text = f"{last.text}\n{line}" if last.text else line
            reports[-1] = Report(
                id=last.id, text=text, published=last.published, lang=last.lang,
                publisher=last.publisher, url=last.url,
            )  # fmt: skip
    return reports


def stored(reports: list[Report]) -> list[StoredClaim]:
    """The claims of reports as a ledger gives them."""
    return [
        StoredClaim(
            c.id, c, StoredReport(r, r.id, "0" * 64, f"{(r.published or '')[:10]}T12:00:00Z")
        )
        for r in reports
        for c in extraction.extract(r).claims
    ]


def checked(report: Report, record: checks.Record | None = None) -> tuple[Finding, ...]:
    """The findings of one report."""
    drawn = extraction.extract(report)
    return checks.check(checks.Checked(report, drawn.claims, drawn.statements), record)


def findings_of(block: str, check: str) -> list[Finding]:
    """The findings of one check in a block: of its last report against the others, and across all."""
    *earlier, last = reports_of(block)
    found = [
        *checked(last, checks.build(stored(earlier))),
        *checking.across(stored([*earlier, last])),
    ]
    return [f for f in found if f.check == check]
