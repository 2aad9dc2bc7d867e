"""The hand-made tables: tab-separated files whose comments name their columns.

Enters: a file name under `sources/`. Leaves: its rows. Does not belong here: what the rows mean.
"""

from __future__ import annotations

import functools
import re
from pathlib import Path

SOURCES = Path(__file__).parent.parent / "sources"


def rows(name: str, width: int) -> list[list[str]]:
    """The rows of `sources/name`, each padded to `width` cells; blank lines and `#` comments are left out.

    Raises ValueError for a row with more cells than `width`.
    """
    found = []
    for line in (SOURCES / name).read_text("utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > width:
            raise ValueError(f"{name}: more than {width} cells in {line!r}")
        found.append(cells + [""] * (width - len(cells)))
    return found


def parts(cell: str) -> list[str]:
    """The variants of one cell, parted by semicolons."""
    return [part.strip() for part in cell.split(";") if part.strip()]


@functools.cache
def rewrites(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The ordered spelling rules of `sources/name`: pattern and replacement."""
    return tuple((re.compile(a), b) for a, b in rows(name, 2))


def words(name: str) -> frozenset[str]:
    """A list of words, one a line."""
    path = SOURCES / name
    if not path.exists():
        return frozenset()
    return frozenset(cells[0] for cells in rows(name, 1))
