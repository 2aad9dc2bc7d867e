"""Tables of others: rows in, reports and claims out, by mappings that are data.

Enters: a CSV, TSV, Excel or Parquet file. Leaves: rows ready to be recorded, and those that cannot be, with reasons.
Does not belong here: the ledger; texts in a natural language.
"""

from __future__ import annotations

import msgspec

from warledger.errors import TableError
from warledger.tables.cells import load
from warledger.tables.mapping import Mapping, fitting, known
from warledger.tables.rows import BadRow, TableRow, read

ENGINE_VERSION = "import/2"
"""Readings of rows are never drawn anew by the engine that reads texts: the name says so to the ledger."""


class Imported(msgspec.Struct, frozen=True):
    """A table as read: its mapping, its rows in order (each once), the rows that cannot be recorded, repeats left out."""

    mapping: Mapping
    rows: tuple[TableRow, ...]
    bad: tuple[BadRow, ...]
    repeated: int


def read_table(path: str, *, mapping: str | None = None) -> Imported:
    """Read and check a whole table. Raises TableError where it cannot be read, or gives no claims."""
    sheet = load(path)
    chosen = fitting(sheet.columns, mapping)
    if chosen.refused:
        raise TableError(f"{path} ({chosen.name}) gives no claims: {chosen.refused}")
    rows: dict[str, TableRow] = {}
    bad = [BadRow(line, reason) for line, reason in sheet.broken]
    good = 0
    for row in sheet.rows:
        found = read(row, chosen)
        if isinstance(found, BadRow):
            bad.append(found)
        else:
            good += 1
            rows.setdefault(found.report.id, found)
    bad.sort(key=lambda b: b.line)
    return Imported(chosen, tuple(rows.values()), tuple(bad), good - len(rows))


__all__ = ["ENGINE_VERSION", "BadRow", "Imported", "Mapping", "TableRow", "known", "read_table"]
