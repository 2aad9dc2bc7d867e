"""What the checks find, for pages: of some days, of an incident, of a pasted text.

Enters: claims, a ledger. Leaves: findings, those that do not hold first. Does not belong here: the checks (`checking`).
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterable, Sequence

import msgspec

from warledger import checking, checks
from warledger.errors import WarledgerError
from warledger.ledger import Ledger
from warledger.model import Finding, StoredClaim

AT_ONCE = 5_000
"""Up to so many claims the record is built while a page waits; above, beside it."""
AGAIN = 600.0
"""Seconds for which the record of more than `checking.WHOLE` claims is used before it is built anew."""
_ORDER = {"inconsistent": 0, "cannot_tell": 1, "consistent": 2}
_log = logging.getLogger(__name__)


class Known(msgspec.Struct, frozen=True):
    """The record as series, or None where there is none (yet), and the last entry that it holds."""

    record: checks.Record | None
    head: int


class Series:
    """The record that comparisons are held against, built anew when the ledger has grown."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known = Known(None, -1)
        self._building = threading.Lock()
        self._built = float("-inf")

    def known(self) -> Known:
        """The newest record there is; a later one is on its way where the ledger has grown."""
        if self._known.head != self._ledger.browse.head():
            claims = self._ledger.browse.size()
            if claims <= AT_ONCE:
                self.build()
            elif not self._building.locked() and (
                claims <= checking.WHOLE or time.monotonic() - self._built > AGAIN
            ):
                threading.Thread(target=self.build, daemon=True).start()
        return self._known

    def build(self) -> None:
        """Builds the record; where another call is at it, waits for that one."""
        with self._building:
            head = self._ledger.browse.head()
            if head == self._known.head:
                return
            try:
                self._known = Known(checking.series(self._ledger), head)
                self._built = time.monotonic()
            except WarledgerError as error:
                _log.warning("%s", error)


TEXTS = 20
"""Reports whose texts are read again for wordings that are no claims while a page waits; each report's own page reads its."""


FEW_TEXTS = 0
"""The same where days are so busy that reading texts would take longer than the rest of the page."""


def of(
    claims: Sequence[StoredClaim],
    wanted: Iterable[str],
    record: checks.Record | None,
    *,
    texts: int = TEXTS,
) -> tuple[tuple[Finding, ...], int]:
    """What is found of the `wanted` claims (ids) among `claims`, which hold all that may concern them.

    The number is that of texts which were left to their own pages.
    """
    found, left = checking.concerning(frozenset(wanted), claims, record, texts=texts)
    return sort(found), left


def sort(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once: those that do not hold first, then the open ones, then those that hold."""
    once = {finding.id: finding for finding in found}
    return tuple(sorted(once.values(), key=lambda f: _ORDER[f.result]))
