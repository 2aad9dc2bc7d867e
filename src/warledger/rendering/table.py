"""A reading as a table in the terminal: claims by subject, each with its words in their sentence.

Enters: a sheet and a rich console. Leaves: nothing; the console is written to.
Does not belong here: colours decided elsewhere than by the console (a pipe and NO_COLOR have none).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from warledger.model import Claim, Evidence, Refusal, Report, Trace
from warledger.rendering import Sheet, words
from warledger.rendering.passage import sentence

_COLUMNS = (("how many", 3, "bold"), ("what", 5, ""), ("who says", 5, ""), ("when, where", 5, ""))
_MARK = "bold underline"


def show(sheet: Sheet, console: Console, *, explain: bool = False) -> None:
    """Write one report's claims; with `explain` also the rules, the refused claims and the trace."""
    console.print(_heading(sheet.report))
    by_subject: dict[str, list[Claim]] = {}
    for claim in sheet.claims:
        by_subject.setdefault(words.subject(claim), []).append(claim)
    if not sheet.claims:
        console.print("  No claims found.")
    for subject in words.SUBJECTS:
        if subject in by_subject:
            _group(subject, by_subject[subject], sheet, console, explain)
    _refused(sheet.refusals, sheet.report.text, console, explain)
    if explain:
        _trace(sheet.notes, console)
    console.print()


def _heading(report: Report) -> Text:
    title = Text(report.title or report.id, style="bold")
    known = (report.publisher, report.published, report.url)
    for part in filter(None, (*known, report.id if report.title else None)):
        title.append(f" · {part}", style="not bold dim")
    return title


def _group(
    subject: str, claims: Sequence[Claim], sheet: Sheet, console: Console, explain: bool
) -> None:
    console.print()
    console.print(Rule(Text(f"{subject} ({len(claims)})", style="bold"), align="left", style="dim"))
    header = [Text(name, style="dim") for name, _, _ in _COLUMNS]
    console.print(_row(header))
    for claim in claims:
        console.print(_row(_cells(claim)))
        console.print(Padding(_quote(claim.evidence, sheet.report.text, console), (0, 1, 0, 4)))
        if explain:
            console.print(Padding(Text(f"rule {claim.rule}", style="dim"), (0, 1, 0, 4)))
            for found in sheet.found_of(claim):
                console.print(Padding(_found(found), (0, 1, 0, 4)))


def _found(trace: Trace) -> Text:
    """How a slot was found: the words and where they stand."""
    words_ = f"“{_flat(trace.quote)}” " if trace.quote else ""
    return Text(f"{words_}{trace.note}", style="dim")


def _row(cells: Iterable[Text]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    for _, ratio, style in _COLUMNS:
        table.add_column(ratio=ratio, style=style, overflow="fold")
    table.add_row(*cells)
    return table


def _cells(claim: Claim) -> tuple[Text, ...]:
    scene = "\n".join(filter(None, (words.when(claim.time), words.where(claim))))
    return (
        Text(words.figure(claim.quantity) or "–"),
        Text(words.what(claim)),
        Text(words.who(claim.speaker)),
        Text(scene or "–"),
    )


def _quote(evidence: Sequence[Evidence], text: str, console: Console) -> Text:
    """The first quote in its sentence, marked: by style on a terminal, by brackets elsewhere."""
    start, end = sentence(text, evidence[0])
    styled = console.is_terminal and not console.no_color
    line = Text("“")
    at = start
    for span in sorted(evidence, key=lambda span: span.start):
        if span.start < at or span.end > end:
            continue
        line.append(_flat(text[at : span.start]))
        marked = _flat(text[span.start : span.end])
        line.append(marked if styled else f"[{marked}]", style=_MARK if styled else "")
        at = span.end
    line.append(_flat(text[at:end]).rstrip() + "”")
    others = sum(not start <= span.start < end for span in evidence)
    if others:
        line.append(f" (and {others} more)", style="dim")
    return line


def _flat(words_: str) -> str:
    """One line: whatever white space or control sign stands in the text becomes a space."""
    return "".join(" " if sign.isspace() or not sign.isprintable() else sign for sign in words_)


def _refused(refusals: Sequence[Refusal], text: str, console: Console, explain: bool) -> None:
    if not refusals:
        return
    console.print()
    head = f"Refused ({len(refusals)}): the words do not prove the claim"
    console.print(Rule(Text(head, style="bold"), align="left", style="dim"))
    if not explain:
        console.print("  --explain shows them with their reasons.")
        return
    for refusal in refusals:
        console.print(_row(_cells(refusal.claim)))
        console.print(Padding(_quote(refusal.claim.evidence, text, console), (0, 1, 0, 4)))
        reason = f"{refusal.slot}: {refusal.reason} (rule {refusal.claim.rule})"
        console.print(Padding(Text(reason, style="dim"), (0, 1, 0, 4)))


def _trace(notes: Sequence[Trace], console: Console) -> None:
    if not notes:
        return
    console.print()
    console.print(Rule(Text("Trace", style="bold"), align="left", style="dim"))
    for note in notes:
        line = Text(f"  {note.start:>6} ", style="dim")
        line.append(_flat(note.quote), style="bold")
        line.append(f"  {note.note}", style="not bold")
        console.print(line)
