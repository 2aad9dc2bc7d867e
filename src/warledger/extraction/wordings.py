"""The wordings found in a passage, ready to be asked what stands where.

Enters: found terms of `statements.toml`. Leaves: the same, by place and type. Does not belong here: their meaning.
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from warledger.extraction.scan import Found

_LONGEST = 8
"""No wording is longer than this many tokens."""


class Wordings:
    """The found wordings of one passage, few enough to be looked through, in the order of the text."""

    def __init__(self, rows: Sequence[Found]) -> None:
        self._by_type: dict[str, list[Found]] = {}
        for row in rows:
            self._by_type.setdefault(row.term.type, []).append(row)
        self.types = self._by_type.keys()

    def of(self, kind: str) -> Sequence[Found]:
        """Those of the type."""
        return self._by_type.get(kind, ())

    def at(self, token: int, kind: str) -> Found | None:
        """The one of the type that starts at the token."""
        for row in self._by_type.get(kind, ()):
            if row.start == token:
                return row
        return None

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
        rows = [row for kind in kinds for row in _between(self.of(kind), token, token + reach + 1)]
        return min(rows, key=attrgetter("start"), default=None)

    def nearest(self, kind: str, start: int, end: int, reach: int) -> Found | None:
        """The nearest of the type on either side of the tokens `start` to `end`, within `reach` tokens."""
        near = _between(self.of(kind), start - reach - _LONGEST, end + reach + 1)
        rows = [(max(row.start - end, start - row.end, 0), row) for row in near]
        rows = [row for row in rows if row[0] <= reach]
        return min(rows, key=lambda row: row[0])[1] if rows else None


def _between(rows: Sequence[Found], first: int, last: int) -> list[Found]:
    return [row for row in rows if first <= row.start < last]
