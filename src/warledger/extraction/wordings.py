"""The wordings found in a passage, ready to be asked what stands where.

Enters: found terms of `statements.toml`. Leaves: the same, by place and type. Does not belong here: their meaning.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from operator import attrgetter

from warledger.extraction.scan import Found

_LONGEST = 8
"""No wording is longer than this many tokens."""


class Wordings:
    """Found wordings in the order of the text."""

    def __init__(self, rows: Sequence[Found]) -> None:
        self._rows = rows
        self._by_type: dict[str, list[Found]] = {}
        for row in rows:
            self._by_type.setdefault(row.term.type, []).append(row)

    def within(self, first: int, last: int) -> list[Found]:
        """Those that start within the tokens `first` to `last` (exclusive)."""
        return list(_between(self._rows, first, last))

    def of(self, kind: str) -> Sequence[Found]:
        """Those of the type."""
        return self._by_type.get(kind, ())

    def at(self, token: int, kind: str) -> Found | None:
        """The one of the type that starts at the token."""
        return next(_between(self.of(kind), token, token + 1), None)

    def before(self, token: int, reach: int, *kinds: str) -> Found | None:
        """The last of the types that ends at most `reach` tokens before the token."""
        rows = [
            row
            for kind in kinds
            for row in _between(self.of(kind), token - reach - _LONGEST, token)
            if token - reach <= row.end <= token
        ]
        return max(rows, key=attrgetter("start"), default=None)

    def after(self, token: int, reach: int, *kinds: str) -> Found | None:
        """The first of the types that starts at most `reach` tokens behind the token."""
        rows = [next(_between(self.of(kind), token, token + reach + 1), None) for kind in kinds]
        return min((row for row in rows if row), key=attrgetter("start"), default=None)

    def nearest(self, kind: str, start: int, end: int, reach: int) -> Found | None:
        """The nearest of the type on either side of the tokens `start` to `end`, within `reach` tokens."""
        near = _between(self.of(kind), start - reach - _LONGEST, end + reach + 1)
        rows = [(max(row.start - end, start - row.end, 0), row) for row in near]
        rows = [row for row in rows if row[0] <= reach]
        return min(rows, key=lambda row: row[0])[1] if rows else None


def _between(rows: Sequence[Found], first: int, last: int) -> Iterator[Found]:
    low = bisect_left(rows, first, key=attrgetter("start"))
    for index in range(low, len(rows)):
        if rows[index].start >= last:
            return
        yield rows[index]
