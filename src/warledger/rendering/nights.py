"""The nightly table and the comparison with an imported one: terminal, CSV, Markdown.

Enters: the fields of rows as words. Leaves: text. Does not belong here: what the figures are.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from warledger.model import Figure, Quantity, Speaker
from warledger.rendering import words
from warledger.rendering.incidents import who


def figures(latest: Figure | None, beside: Sequence[Figure]) -> str:
    """A cell: the latest figure, then the others after a slash, each once."""
    told = [quantity(f.quantity) for f in ((latest, *beside) if latest else beside)]
    return " / ".join(dict.fromkeys(t for t in told if t))


def quantity(told: Quantity | None) -> str:
    """A quantity in words, empty for none."""
    return words.figure(told) if told else ""


def speaker(told: Speaker) -> str:
    """Who says it."""
    return who(told)


def to_csv(columns: Sequence[str], rows: Sequence[Sequence[str]], *, headed: bool = True) -> str:
    """A table as CSV. A cell that a spreadsheet would take for a formula is led by an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if headed:
        writer.writerow(columns)
    writer.writerows(
        [["'" + c if c[:1] in ("=", "+", "-", "@") else c for c in row] for row in rows]
    )
    return out.getvalue()


def to_markdown(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table as Markdown."""
    lines = [f"| {' | '.join(columns)} |", "|" + " --- |" * len(columns)]
    lines += [
        "| " + " | ".join(" ".join(c.split()).replace("|", "\\|") for c in row) + " |"
        for row in rows
    ]
    return "\n".join(lines) + "\n"


def show(columns: Sequence[str], rows: Sequence[Sequence[str]], console: Console) -> None:
    """A table on the terminal, without the columns that hold nothing."""
    kept = [n for n in range(len(columns)) if any(row[n] for row in rows)]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for n in kept:
        table.add_column(columns[n], overflow="fold")
    for row in rows:
        table.add_row(*(row[n] for n in kept))
    console.print(table)
