"""CSV, plain or with a second line of HXL tags, which humanitarian tools read.

Enters: stored claims. Leaves: bytes. Does not belong here: which columns there are (`columns`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from warledger.exports.columns import COLUMNS, HXL, row
from warledger.model import StoredClaim

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def plain(claims: Sequence[StoredClaim]) -> bytes:
    """A line of names, then a line a claim (RFC 4180, UTF-8)."""
    return table([COLUMNS], [list(row(stored).values()) for stored in claims])


def tagged(claims: Sequence[StoredClaim]) -> bytes:
    """A line of names, a line of HXL tags, then a line a claim."""
    heads = [COLUMNS, tuple(HXL.values())]
    return table(heads, [list(row(stored).values()) for stored in claims])


def table(heads: Sequence[Sequence[str]], rows: Sequence[Sequence[Any]]) -> bytes:
    """Lines as CSV; a cell that a spreadsheet would run as a formula is led by an apostrophe."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerows(heads)
    for line in rows:
        writer.writerow(["" if value is None else _cell(value) for value in line])
    return made.getvalue().encode()


def _cell(value: Any) -> Any:
    return "'" + value if isinstance(value, str) and value.startswith(_FORMULA) else value
