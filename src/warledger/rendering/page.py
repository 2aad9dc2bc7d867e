"""Readings as one self-contained HTML page: each text with its claims marked, and the list beside it.

Enters: sheets. Leaves: the page as text; it asks for nothing from outside and runs no script.
Does not belong here: colours for sides; every claim is marked alike, whoever makes it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape
from importlib.resources import files

from warledger.model import Claim, Evidence, Refusal, Report, Trace
from warledger.rendering import Sheet, words
from warledger.rendering.passage import Piece, cut

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'"
_PAIRED = 1500
"""Above this many claims on a page the hover pairing is left out: a rule a claim slows browsers."""

_GAP = re.compile(r"\n[ \t\r]*\n\s*")


def page(sheets: Sequence[Sheet], *, explain: bool = False) -> str:
    """One page for all sheets, with a table of contents when there are several.

    With `explain` each report also shows its trace: the numbers that became no claim, and why.
    """
    title = _title(sheets[0].report) if len(sheets) == 1 else f"{len(sheets)} reports"
    several = len(sheets) > 1
    articles = "\n".join(
        _article(number, sheet, "h2" if several else "h1", explain)
        for number, sheet in enumerate(sheets, 1)
    )
    heading = f"<h1>{escape(title)}</h1>\n" if several else ""
    contents = _contents(sheets) if several else ""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<title>{escape(title)} · warledger</title>
<style>
{_style(sheets)}</style>
</head>
<body>
<header>
{heading}<p class="about">Every marked passage is a claim: what a report says, in its own words, and who says it.
The numbers lead from the text to the list and back. Nothing here says who is right.</p>
{contents}</header>
<main>
{articles}
</main>
</body>
</html>
"""


def _style(sheets: Sequence[Sheet]) -> str:
    css = files("warledger.rendering").joinpath("page.css").read_text(encoding="utf-8")
    if sum(len(sheet.claims) for sheet in sheets) > _PAIRED:
        return css
    pairs = (
        _pair(f"{number}-{index}")
        for number, sheet in enumerate(sheets, 1)
        for index in range(1, len(sheet.claims) + 1)
    )
    return css + "".join(pairs)


def _pair(key: str) -> str:
    """The rule that lights a claim's words and its entry together, under the pointer or the focus."""
    words_, entry = f".q{key}", f"#c{key}"
    return (
        f"article:has({entry}:hover,{entry}:focus-within) {words_},"
        f"article:has({words_}:hover) {entry}{{background:var(--lit)}}\n"
    )


def _contents(sheets: Sequence[Sheet]) -> str:
    entries = "\n".join(
        f'<li><a href="#r{number}"{_lang(sheet.report)}>{escape(_title(sheet.report))}</a>'
        f' <span class="note">{_count(len(sheet.claims))}</span></li>'
        for number, sheet in enumerate(sheets, 1)
    )
    return f'<nav aria-label="Reports">\n<ol>\n{entries}\n</ol>\n</nav>\n'


def _article(number: int, sheet: Sheet, heading: str, explain: bool) -> str:
    report, claims = sheet.report, sheet.claims
    lang = _lang(report)
    entries = "\n".join(
        _entry(f"{number}-{index}", index, claim, sheet.found_of(claim))
        for index, claim in enumerate(claims, 1)
    )
    return f"""<article id="r{number}" aria-labelledby="t{number}">
<{heading} id="t{number}"{lang}>{escape(_title(report))}</{heading}>
<p class="about">{_about(report)}</p>
<div class="sides">
<section class="text" aria-label="The report's text"{lang}>
{_text(number, sheet)}
</section>
<section class="list" aria-label="Claims" tabindex="0">
<h3>{_count(len(claims))}</h3>
<ol class="claims">
{entries}
</ol>
{_refused(sheet.refusals)}{_trace(sheet.notes) if explain else ""}</section>
</div>
</article>"""


def _lang(report: Report) -> str:
    return f' lang="{escape(report.lang)}"' if report.lang else ""


def _title(report: Report) -> str:
    return report.title or report.id


def _count(claims: int) -> str:
    return "1 claim" if claims == 1 else f"{claims or 'No'} claims"


def _about(report: Report) -> str:
    parts = [escape(part) for part in (report.publisher, report.published) if part]
    if report.url and report.url.lower().startswith(("https://", "http://")):
        parts.append(f'<a href="{escape(report.url)}" rel="noreferrer">{escape(report.url)}</a>')
    if report.title:
        parts.append(escape(report.id))
    return " · ".join(parts)


def _text(number: int, sheet: Sheet) -> str:
    """The report's text as paragraphs, cut where claims and paragraphs begin and end."""
    gaps = [gap.end() for gap in _GAP.finditer(sheet.report.text)]
    paragraphs, current, at = [], [], 0
    ends = set(gaps)
    for piece in cut(sheet.report.text, sheet.claims, gaps):
        current.append(_piece(number, piece))
        at += len(piece.text)
        if at in ends:
            paragraphs.append("".join(current))
            current = []
    paragraphs.append("".join(current))
    return "\n".join(f"<p>{part.strip()}</p>" for part in paragraphs if part.strip())


def _piece(number: int, piece: Piece) -> str:
    body = escape(piece.text, quote=False)
    if piece.covers:
        classes = " ".join(f"q{number}-{index + 1}" for index in piece.covers)
        deep = " deep" if len(piece.covers) > 1 else ""
        body = f'<mark class="{classes}{deep}">{body}</mark>'
    anchors = "".join(f'<span id="q{number}-{index + 1}"></span>' for index in piece.opens)
    keys = "".join(
        f'<a class="key q{number}-{index + 1}" href="#c{number}-{index + 1}"'
        f' aria-label="Claim {index + 1}">{index + 1}</a>'
        for index in piece.ends
    )
    return anchors + body + keys


def _entry(key: str, index: int, claim: Claim, found: Sequence[Trace]) -> str:
    figure = words.figure(claim.quantity)
    strong = f"<strong>{escape(figure)}</strong> " if figure else ""
    return f"""<li id="c{key}">
<p class="subject">{escape(words.subject(claim))}</p>
<p class="head"><a class="no" href="#q{key}" aria-label="To the words of claim {index}">{index}</a>\
{strong}{escape(words.what(claim))}</p>
<dl>{"".join(_facts(claim))}</dl>
{_quotes(claim.evidence)}
<p class="rule">rule {escape(claim.rule)}</p>{_found(found)}
</li>"""


def _found(found: Sequence[Trace]) -> str:
    """How a claim's slots were found, a line each."""
    rows = (
        (f"<q>{escape(trace.quote)}</q> " if trace.quote else "") + escape(trace.note)
        for trace in found
    )
    return "".join(f'\n<p class="rule">{row}</p>' for row in rows)


def _facts(claim: Claim) -> Iterator[str]:
    facts = (
        ("says", words.who(claim.speaker)),
        ("when", words.when(claim.time)),
        ("where", words.where(claim)),
        ("done by", claim.actor.name if claim.actor else ""),
    )
    for name, value in facts:
        if value:
            yield f"<dt>{name}</dt><dd>{escape(value)}</dd>"


def _quotes(evidence: Sequence[Evidence]) -> str:
    return "".join(f"<blockquote>{escape(span.quote)}</blockquote>" for span in evidence)


def _refused(refusals: Sequence[Refusal]) -> str:
    if not refusals:
        return ""
    entries = "\n".join(
        f"<li><strong>{escape(words.figure(refusal.claim.quantity))}</strong>"
        f" {escape(words.what(refusal.claim))}: {escape(refusal.slot)}, {escape(refusal.reason)}"
        f"{_quotes(refusal.claim.evidence)}</li>"
        for refusal in refusals
    )
    summary = f"{len(refusals)} refused: the words do not prove them"
    return f"<details>\n<summary>{summary}</summary>\n<ul>\n{entries}\n</ul>\n</details>\n"


def _trace(notes: Sequence[Trace]) -> str:
    if not notes:
        return ""
    entries = "\n".join(
        f"<li><q>{escape(note.quote)}</q> at {note.start}: {escape(note.note)}</li>"
        for note in notes
    )
    return f"<details>\n<summary>Trace</summary>\n<ul>\n{entries}\n</ul>\n</details>\n"
