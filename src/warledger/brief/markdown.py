"""A brief as Markdown.

Enters: a `Brief`. Leaves: text. Does not belong here: what the brief says.
"""

from __future__ import annotations

import re

from warledger.brief import words
from warledger.brief.records import Brief, Cell, Citation, Table

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def to_markdown(made: Brief) -> str:
    """The brief as Markdown: a table for each group of figures, numbered citations at the end."""
    lines = [f"# {title(made)}", "", *(_plain(line) for line in made.coverage), ""]
    for section in made.sections:
        lines += [f"## {section.title}", ""]
        if not section.tables:
            lines += ["Nothing reported.", ""]
        for table in section.tables:
            lines += [*_table(table), ""]
    if made.citations:
        lines += ["## Citations", "", *(_citation(c) for c in made.citations), ""]
    return "\n".join(lines)


def title(made: Brief) -> str:
    """The brief's heading."""
    if made.start == made.end:
        return f"Brief of {words.day(made.start)}"
    return f"Brief of {words.day(made.start)} to {words.day(made.end)}"


def _plain(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _cell(cell: Cell) -> str:
    marks = "".join(f"[^{n}]" for n in cell.citations)
    return f"{_plain(cell.text)}{' ' if marks else ''}{marks}"


def _table(table: Table) -> list[str]:
    keep = _filled(table)
    columns = [table.columns[i] for i in keep]
    lines = [
        f"**{_plain(table.caption)}**",
        "",
        f"| {' | '.join(columns)} |",
        "|" + " --- |" * len(columns),
    ]
    lines += [f"| {' | '.join(_cell(row[i]) for i in keep)} |" for row in table.rows]
    if table.note:
        lines += ["", f"*{_plain(table.note)}*"]
    return lines


def _filled(table: Table) -> list[int]:
    """The columns that hold anything."""
    return [i for i in range(len(table.columns)) if any(row[i].text != "—" for row in table.rows)]


def _citation(citation: Citation) -> str:
    source = ", ".join(
        _plain(p) for p in (citation.publisher, citation.title, citation.published) if p
    )
    where = (
        f" <{citation.url}>"
        if citation.url and re.fullmatch(r"https?://[^\s<>]+", citation.url)
        else ""
    )
    passage = (
        f"{_plain(citation.before)} **{_plain(citation.quote)}** {_plain(citation.after)}".strip()
    )
    return (
        f"[^{citation.number}]: {passage} — said by {_plain(citation.speaker)}. {source}{where}, "
        f"report `{citation.report_id.replace('`', '')}`, characters {citation.start}–{citation.end}, claim {citation.claim_id}"
    )
