"""A brief in the terminal: its tables as rows that wrap, citations as numbers, the passages at the end.

Enters: a brief and a rich console. Leaves: nothing; the console is written to. Does not belong here: what it says.
"""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from warledger.brief.markdown import title
from warledger.brief.records import Brief, Cell, Citation, Table

_NAME = "dim"


def show(made: Brief, console: Console) -> None:
    """Write a brief so that it reads at 80 columns: a fact a block, its parts named."""
    console.print(Text(title(made), style="bold"))
    for line in made.coverage:
        console.print(line)
    for section in made.sections:
        console.print()
        console.print(Rule(Text(section.title, style="bold"), align="left", style="dim"))
        if not section.tables:
            console.print(Text("  Nothing reported.", style="dim"))
        for table in section.tables:
            _table(table, console)
    if made.citations:
        console.print()
        console.print(Rule(Text("Citations", style="bold"), align="left", style="dim"))
        for citation in made.citations:
            console.print(_citation(citation))


def _table(table: Table, console: Console) -> None:
    console.print()
    console.print(Text(table.caption, style="bold"))
    for row in table.rows:
        first, *rest = row
        console.print(Padding(_joined(first), (0, 0, 0, 2)))
        line = Text()
        for name, cell in zip(table.columns[1:], rest, strict=True):
            if cell.text == "—":
                continue
            if line:
                line.append(" · ", style=_NAME)
            line.append(f"{name.lower()} ", style=_NAME)
            line.append_text(_joined(cell))
        console.print(Padding(line, (0, 0, 0, 6)))
    if table.note:
        console.print(Padding(Text(table.note, style="dim italic"), (0, 0, 0, 2)))


def _joined(cell: Cell) -> Text:
    text = Text(cell.text)
    if cell.citations:
        text.append(" [" + ",".join(str(n) for n in cell.citations) + "]", style="dim cyan")
    return text


def _citation(citation: Citation) -> Text:
    text = Text(f"[{citation.number}] ", style="dim cyan")
    text.append(citation.before)
    text.append(citation.quote, style="bold underline")
    text.append(citation.after)
    source = ", ".join(p for p in (citation.publisher, citation.published) if p)
    text.append(f" — {citation.speaker}; {source}; {citation.report_id}", style="dim")
    return text
