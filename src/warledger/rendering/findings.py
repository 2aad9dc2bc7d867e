"""Findings of one report: for the terminal, as Markdown, as one HTML page, and as schema.org ClaimReview.

Enters: a report and its findings. Leaves: text, or the console is written to. Does not belong here: the checks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import msgspec
from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from warledger.model import Finding, Report

NAMES = {"consistent": "consistent", "inconsistent": "inconsistent", "cannot_tell": "cannot tell"}
_STYLES = {"consistent": "bold", "inconsistent": "bold reverse", "cannot_tell": "bold dim"}
_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
_STYLE = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}"
    "article{border-inline-start:4px solid;padding-inline-start:1rem;margin-block:1.5rem}"
    ".result{font-weight:700}.inconsistent{border-inline-start-style:double}"
    ".cannot_tell{border-inline-start-style:dotted}blockquote{margin:0;font-style:italic}code{font-size:.85em}"
)
_RATINGS = {"consistent": 5, "cannot_tell": 3, "inconsistent": 1}
COLUMNS = (
    "finding", "check", "result", "from", "to", "sentence", "working", "reports", "claims",
)  # fmt: skip
ABOUT = "A finding says whether figures can hold together or with the record; it never says who is right."


def show(report: Report, findings: Sequence[Finding], console: Console) -> None:
    """Write each finding with its working and the words that it rests on."""
    console.print(Text(report.title or report.id, style="bold"))
    if not findings:
        console.print(Text("  Nothing here can be checked.", style="dim"))
    for finding in findings:
        show_one(finding, console)


def show_one(finding: Finding, console: Console) -> None:
    """Write one finding with its working and the words that it rests on."""
    line = Text(NAMES[finding.result], style=_STYLES[finding.result])
    line.append(f"  {finding.check}", style="not bold not reverse dim")
    console.print(Padding(line, (1, 0, 0, 0)))
    console.print(Padding(Text(finding.sentence), (0, 0, 0, 2)))
    for step in finding.working:
        console.print(Padding(Text(step.text, style="dim"), (0, 0, 0, 4)))
    console.print(
        Padding(Text(f"{_quotes(finding)}  [{finding.id}]", style="dim italic"), (0, 0, 0, 4))
    )


def row(finding: Finding, start: str | None, end: str | None) -> list[str]:
    """A finding as a row under `COLUMNS`; `start` and `end` are the days of its figures."""
    return [
        finding.id, finding.check, finding.result, start or "", end or "", finding.sentence,
        "; ".join(step.text for step in finding.working),
        ", ".join(dict.fromkeys(p.report for p in finding.passages)), ", ".join(finding.claims),
    ]  # fmt: skip


def _quotes(finding: Finding) -> str:
    return " · ".join(
        f"“{' '.join(p.evidence.quote.split())}” {p.evidence.start}–{p.evidence.end}"
        for p in finding.passages[:4]
    )


def to_markdown(pairs: Sequence[tuple[Report, Sequence[Finding]]]) -> str:
    """The findings of reports as Markdown."""
    lines: list[str] = []
    for report, findings in pairs:
        lines += [f"# Checks of {_plain(report.title or report.id)}", "", ABOUT, ""]
        if not findings:
            lines += ["Nothing here can be checked.", ""]
        lines += [line for finding in findings for line in markdown(finding)]
    return "\n".join(lines)


def markdown(finding: Finding) -> list[str]:
    """One finding as lines of Markdown."""
    return [
        f"**{NAMES[finding.result]}** · `{finding.check}` · {_plain(finding.sentence)}",
        "",
        *(f"- {_plain(step.text)}" for step in finding.working),
        f"- {_plain(_quotes(finding))}, finding `{finding.id}`",
        "",
    ]


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def to_html(pairs: Sequence[tuple[Report, Sequence[Finding]]]) -> str:
    """The findings of reports as one self-contained page."""
    body = "".join(_section(report, findings) for report, findings in pairs)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f"<title>Checks · warledger</title><style>{_STYLE}</style></head>\n"
        f"<body><header><h1>Checks</h1><p>{escape(ABOUT)}</p></header>\n<main>{body}</main></body></html>\n"
    )


def _section(report: Report, findings: Sequence[Finding]) -> str:
    rows = "".join(_article(f) for f in findings) or "<p>Nothing here can be checked.</p>"
    return f"<section><h2>{escape(report.title or report.id)}</h2>\n{rows}</section>\n"


def _article(finding: Finding) -> str:
    working = "".join(f"<li>{escape(step.text)}</li>" for step in finding.working)
    quotes = "".join(
        f"<blockquote>“{escape(' '.join(p.evidence.quote.split()))}” "
        f"<code>{escape(p.report)} {p.evidence.start}–{p.evidence.end}</code></blockquote>"
        for p in finding.passages
    )
    return (
        f'<article class="{finding.result}" id="{finding.id}"><p><span class="result">{NAMES[finding.result]}</span> '
        f"<code>{finding.check}</code></p><p>{escape(finding.sentence)}</p><ul>{working}</ul>{quotes}</article>\n"
    )


class Signature(msgspec.Struct, frozen=True):
    """Who has signed a finding off, and the day (ISO) on which the last of them did."""

    by: tuple[str, ...]
    on: str


def claim_reviews(
    report: Report, findings: Sequence[Finding], signed: Mapping[str, Signature]
) -> list[dict[str, Any]]:
    """The findings that people have signed off, as schema.org ClaimReview; `signed` has them by the finding's id."""
    return [_review(report, f, signed[f.id]) for f in findings if f.id in signed]


def _review(report: Report, finding: Finding, signature: Signature) -> dict[str, Any]:
    first = finding.passages[0]
    appearance = {"@type": "CreativeWork", "name": report.title or report.id}
    if report.url:
        appearance["url"] = report.url
    if report.published:
        appearance["datePublished"] = report.published
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "identifier": finding.id,
        "claimReviewed": " ".join(first.evidence.quote.split()),
        "reviewBody": " ".join([finding.sentence, *(step.text + "." for step in finding.working)]),
        "datePublished": signature.on,
        "author": [{"@type": "Person", "name": name} for name in signature.by],
        "itemReviewed": {
            "@type": "Claim",
            "appearance": appearance,
            "author": {"@type": "Organization", "name": report.publisher or "not given"},
        },
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": _RATINGS[finding.result],
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": NAMES[finding.result],
        },
    }
